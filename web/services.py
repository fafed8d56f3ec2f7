"""Services: what the routes work with, made once for a web process."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from anyio import to_thread
from starlette.requests import Request

from assistant.knowledge import Knowledge
from assistant.service import Assistant
from assistant.settings import ROOT, Settings
from web.chat import Chat
from web.embedding import parse_sites
from web.follower import Follower
from web.health import Health
from web.limits import Limits
from web.metrics import Metrics
from web.rasa import Rasa
from web.store import Store
from web.tokens import Tokens, read_secret


@dataclass(frozen=True)
class Services:
    """Everything that lives as long as the process. Routes get it with `services_of(request)`."""

    settings: Settings
    assistant: Assistant
    follower: Follower
    store: Store
    tokens: Tokens
    limits: Limits
    metrics: Metrics
    health: Health
    chat: Chat
    client: httpx.AsyncClient
    #: Sites that may embed the chat.
    sites: tuple[str, ...]

    @classmethod
    def make(cls, settings: Settings, assistant: Assistant) -> Services:
        """Connects to nothing yet. Raises ValueError for a bad secret file, bad proxy addresses or bad sites."""
        metrics = Metrics()
        follower = Follower(assistant)
        store = Store(settings.store_url, metrics.store_failures.inc, metrics.store_lost.inc)
        tokens = Tokens(read_secret(ROOT / settings.secret_file))
        # Rasa is on this machine: no proxy of the environment stands between.
        client = httpx.AsyncClient(
            trust_env=False,
            timeout=None,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=64, keepalive_expiry=60),
        )
        rasa = Rasa(client, settings.rasa_url, settings.rasa_timeout)
        return cls(
            settings=settings,
            assistant=assistant,
            follower=follower,
            store=store,
            tokens=tokens,
            limits=Limits(
                settings.rate_limit, settings.trusted_proxies, lambda purpose: metrics.limited.labels(purpose).inc()
            ),
            metrics=metrics,
            health=Health(
                client, rasa, settings.rasa_url, settings.actions_url, store, lambda: follower.knowledge.digest
            ),
            chat=Chat(assistant, rasa, tokens, store, metrics),
            client=client,
            sites=parse_sites(settings.embed_sites),
        )

    @property
    def knowledge(self) -> Knowledge:
        """The current knowledge. Unlike `assistant.knowledge` it never takes time."""
        return self.follower.knowledge

    def suggestions(self) -> list[dict[str, str]]:
        """One question of each topic, to begin with."""
        firsts = [topic.entries[0] for topic in self.knowledge.topics]
        return [{"label": entry.title, "message": entry.questions[0]} for entry in firsts]

    async def start(self) -> None:
        self.follower.start()
        await to_thread.run_sync(self.store.start)

    async def stop(self) -> None:
        """Close connections and write what is queued."""
        self.follower.stop()
        await self.client.aclose()
        await to_thread.run_sync(self.store.stop)


def services_of(request: Request) -> Services:
    """The services of the process that answers `request`."""
    services = request.app.state.services
    assert isinstance(services, Services)
    return services
