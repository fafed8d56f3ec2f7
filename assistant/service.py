"""Service: the assistant as a process holds it: knowledge that follows its files, search, thresholds, wording."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from assistant.answering import Context, Outcome, Turn, respond
from assistant.composing import Composer
from assistant.examples import read_examples, read_intents
from assistant.interview import Interview
from assistant.knowledge import Entry, Knowledge, KnowledgeError, digest_of
from assistant.lookalike import Alarm, Lookalikes
from assistant.reply import Reply
from assistant.search import Hit, Search
from assistant.settings import ROOT, Settings
from assistant.splitting import questions_in
from assistant.thresholds import Thresholds
from assistant.triage import Triage
from assistant.understanding import FALLBACK_INTENT, Understanding
from assistant.validation import load_knowledge
from assistant.validity import civil_today
from assistant.wording import Wording

logger = logging.getLogger(__name__)

#: The knowledge files are looked at for changes at most this often, in seconds.
_LOOK_INTERVAL = 1.0


@dataclass(frozen=True)
class _State:
    """One state of the knowledge with its index: swapped as a whole."""

    knowledge: Knowledge
    search: Search


class Assistant:
    """Answers questions. Safe to use from several threads."""

    def __init__(
        self, settings: Settings, thresholds: Thresholds, triage: Triage, wording: Wording, state: _State
    ) -> None:
        self._settings = settings
        self._thresholds = thresholds
        self._triage = triage
        self.wording = wording
        self._state = state
        self._seen = state.knowledge.digest
        self._looked = time.monotonic()
        self._reloading = threading.Lock()

    @classmethod
    def load(cls, settings: Settings) -> Assistant:
        """Read everything under the data folder. Raises KnowledgeError with every problem of the knowledge."""
        folder = settings.data_folder
        return cls(
            settings,
            Thresholds.load(folder / "thresholds.yml"),
            Triage.load(folder / "urgent.yml"),
            Wording.load(ROOT / "domain.yml"),
            _load_state(settings),
        )

    @property
    def knowledge(self) -> Knowledge:
        """The current knowledge: follows its files within two seconds, keeps the last good state if they are bad."""
        return self._current().knowledge

    def today(self) -> dt.date:
        """The date in the city."""
        return civil_today(self._settings.today)

    def search(self, query: str, region: str | None = None, topic: str | None = None, limit: int = 10) -> list[Hit]:
        """The entries nearest to `query`, best first."""
        return self._current().search.find(query, region, topic, limit)

    def reply_for(self, entry: Entry, region: str | None = None) -> Reply:
        """The entry as a reply, as for a question about `region`."""
        return self._composer(self._current()).answer(entry, places=(region,) if region else ())

    def respond(self, understanding: Understanding, context: Context) -> Outcome:
        """Replies to an understood message."""
        return respond(self.turn(understanding, context))

    def turn(self, understanding: Understanding, context: Context) -> Turn:
        """An understood message with all that answering it needs."""
        state = self._current()
        return Turn(
            understanding=understanding,
            context=context,
            composer=self._composer(state),
            search=state.search,
            thresholds=self._thresholds,
            triage=self._triage,
            places=state.knowledge.regions.mentioned(understanding.text),
        )

    def answer_by_search(self, message: str, context: Context) -> list[Reply]:
        """Replies without the trained model: the same steps, with nothing understood but by search."""
        parts = tuple(Understanding(part, FALLBACK_INTENT) for part in questions_in(message))
        return list(self.respond(Understanding(message, FALLBACK_INTENT, parts=parts), context).replies)

    def lookalikes(self, entry: Entry) -> list[Alarm]:
        """The questions that a new or edited `entry` would win and lose once published, the most dangerous first."""
        return Lookalikes(self._current().search).alarms([entry])

    def interview(self) -> Interview:
        """The eligibility form's questions and verdict, on the current knowledge."""
        return Interview(self._composer(self._current()))

    def form_reply(self, understanding: Understanding) -> Reply | None:
        """What the form that the understood intent opens replies first; None if it opens none and the steps answer."""
        entry = self.knowledge.get(understanding.intent)
        return self.interview().opening(understanding.text) if entry and entry.form else None

    def refused_intents(self) -> dict[str, str]:
        """The intent of each example of what is not covered."""
        intents = read_intents(self._settings.data_folder / "nlu" / "not_covered.yml")
        return {example: intent for intent, examples in intents.items() for example in examples}

    def _composer(self, state: _State) -> Composer:
        return Composer(state.knowledge, self.wording, self.today())

    def _current(self) -> _State:
        now = time.monotonic()
        if now - self._looked >= _LOOK_INTERVAL and self._reloading.acquire(blocking=False):
            try:
                self._looked = now
                self._reload_if_changed()
            finally:
                self._reloading.release()
        return self._state

    def _reload_if_changed(self) -> None:
        folder = self._settings.data_folder
        digest = digest_of(folder)
        if digest == self._seen:
            return
        self._seen = digest
        try:
            self._state = _load_state(self._settings)
            logger.info("knowledge %s is now in use", digest)
        except KnowledgeError as error:
            logger.error("the changed knowledge was refused; %s stays in use:\n%s", self._state.knowledge.digest, error)


def index_file(settings: Settings) -> Path:
    """Where the search keeps its index between starts."""
    return settings.var_folder / "index.npz"


def search_over(knowledge: Knowledge, settings: Settings) -> Search:
    """The search over `knowledge`: a second or two with a kept index, else some 5 ms for each question."""
    refused = read_examples(settings.data_folder / "nlu" / "not_covered.yml")
    return Search(knowledge, refused, cache=index_file(settings))


def _load_state(settings: Settings) -> _State:
    knowledge = load_knowledge(settings.data_folder)
    return _State(knowledge, search_over(knowledge, settings))
