/** Server: the few addresses that the chat asks, with an end to its patience. */

const PATIENCE = 40; // seconds to wait for a reply

export class Server {
  constructor(home) {
    this.home = home;
  }

  /** What there is to begin with: title, counties, questions to try. Rejects if it cannot be had. */
  async start() {
    const response = await this.#fetch("/api/start", {});
    if (!response.ok) throw new Error(`/api/start: ${response.status}`);
    return response.json();
  }

  /** {body} of a good answer, or {status, retryAfter}: 0 when the server was not reached, -1 when it was too slow. */
  async post(path, body) {
    const headers = { "Content-Type": "application/json" };
    try {
      const response = await this.#fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
      if (response.ok) return { body: await response.json() };
      return { status: response.status, retryAfter: response.headers.get("Retry-After") };
    } catch (error) {
      return { status: error.name === "AbortError" ? -1 : 0 };
    }
  }

  async #fetch(path, options) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE * 1000);
    try {
      return await fetch(this.home + path, { ...options, credentials: "omit", signal: abort.signal });
    } finally {
      clearTimeout(timer);
    }
  }
}
