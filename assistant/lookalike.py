"""Look-alikes: questions that another entry would win, told before an entry is published.

Somebody asks nearly what a question says, and not quite. That question therefore stands for what will be asked, and is
left out of its own entry: if an example of another entry is clearly nearer to it than the rest of its own entry is, the
other entry is likely to answer. Nearness is the search's: no model needs to be trained to be warned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, vstack

from assistant.knowledge import Entry
from assistant.normalize import bare
from assistant.search import Search, similarity

#: How much nearer the other entry must be. With no margin, every fifth question of the first 177 entries raises an
#: alarm. With this one it is every thirty-sixth, two an entry; a classifier that has not seen these questions gets half
#: of them wrong, and a tenth of all. A dozen of an entry's questions, taken out as an entry of their own, never go
#: unnoticed; one dozen in twelve does with 0.15, and with 0.05 there are three times as many alarms.
MARGIN = 0.1
#: Examples that are compared with everything at once.
_CHUNK = 256


@dataclass(frozen=True)
class Alarm:
    """`example` of `winner` is nearer to `question` of `loser` than all else that the loser is asked by.

    `score` and `own` say how near, each between 0 and 1.
    """

    winner: Entry
    loser: Entry
    question: str
    example: str
    score: float
    own: float

    @property
    def is_doublet(self) -> bool:
        """Whether both entries hold the very same question."""
        return self.example != self.winner.title and bare(self.example) == bare(self.question)

    @property
    def danger(self) -> tuple[bool, bool, float]:
        """Greater is worse: a missed emergency, then a false one, then how clearly the winner wins."""
        return self.loser.urgent, self.winner.urgent, self.score - self.own

    def told_of(self, entry: Entry) -> str:
        """One line for those who write `entry`, the winner or the loser: `path: reason`."""
        won = f"{'标题' if self.example == self.winner.title else '问法'}“{self.example}”"
        if entry.id == self.winner.id:
            reason = f"{won}会抢走 {self.loser.id} 的“{self.question}”"
        else:
            reason = f"问法“{self.question}”会被 {self.winner.id} 的{won}抢走"
        mark = "【紧急】" if self.loser.urgent or self.winner.urgent else ""
        return f"knowledge/{entry.topic}.yml#{entry.id}: {mark}{reason}（{self.score:.2f} 比 {self.own:.2f}）"


class Lookalikes:
    """Compares entries, as they are or as they shall be, with those that a search knows."""

    def __init__(self, search: Search) -> None:
        """Look through a search over at least one entry: a fraction of a second for ten thousand questions."""
        self._index, self._entries = search.index, search.entries
        self._texts = [text for entry in self._entries for text in _examples(entry)]
        self._rows = {text: row for row, text in enumerate(self._texts)}
        sizes = [len(_examples(entry)) for entry in self._entries]
        self._owners = np.repeat(np.arange(len(sizes)), sizes)
        ends = np.cumsum(sizes).tolist()
        spans = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        self._spans = {entry.id: span for entry, span in zip(self._entries, spans, strict=True)}
        # The index holds them first, in the same order.
        self._lexical, self._dense = self._index.lexical[: len(self._texts)], self._index.dense[: len(self._texts)]
        self._columns = self._lexical.T.tocsr()
        self._own = np.concatenate([_nearest_others(self._lexical[span], self._dense[span]) for span in spans])
        # A title typed word for word is answered by its entry, whoever else is near.
        self._own[[span.start for span in spans]] = 1

    def alarms(self, entries: Iterable[Entry]) -> list[Alarm]:
        """What `entries` would win and lose once they are published, the most dangerous first.

        Each takes the place of the entry with its id, if there is one. A question raises one alarm, by its nearest
        winner; a question that another entry has word for word raises none: validation refuses it.
        """
        nearest: dict[tuple[str, str], Alarm] = {}
        for entry in entries:
            for alarm in self._alarms(entry):
                known = nearest.setdefault((alarm.loser.id, alarm.question), alarm)
                if alarm.score > known.score:
                    nearest[alarm.loser.id, alarm.question] = alarm
        found = [alarm for alarm in nearest.values() if not alarm.is_doublet]
        return sorted(found, key=lambda alarm: alarm.danger, reverse=True)

    def _alarms(self, entry: Entry) -> Iterator[Alarm]:
        texts, lexical, dense = self._rows_of(entry)
        own = _nearest_others(lexical, dense)
        own[texts.index(entry.title)] = 1
        lexical = lexical[:, : self._columns.shape[0]]  # Terms that only this entry has count within it alone.
        former = self._spans.get(entry.id, slice(0))
        # For each text of the others: how near this entry comes to it, and by which example.
        reach = np.zeros(len(self._texts), dtype=np.float32)
        reached_by = np.zeros(len(self._texts), dtype=int)
        for start in range(0, len(texts), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            scores = similarity((lexical[chunk] @ self._columns).toarray(), dense[chunk] @ self._dense.T)
            scores[:, former] = 0
            for row in np.flatnonzero(scores.max(axis=1) - own[chunk] > MARGIN):
                rival, question = scores[row].argmax(), start + row
                winner = self._entries[self._owners[rival]]
                score = float(scores[row, rival])
                yield Alarm(winner, entry, texts[question], self._texts[rival], score, float(own[question]))
            nearest, best = scores.argmax(axis=0), scores.max(axis=0)
            nearer = best > reach
            reach[nearer], reached_by[nearer] = best[nearer], nearest[nearer] + start
        for row in np.flatnonzero(reach - self._own > MARGIN):
            loser, example = self._entries[self._owners[row]], texts[reached_by[row]]
            yield Alarm(entry, loser, self._texts[row], example, float(reach[row]), float(self._own[row]))

    def _rows_of(self, entry: Entry) -> tuple[list[str], csr_matrix, np.ndarray]:
        """The entry's title and questions, in any order, with their rows; only what the index lacks is computed."""
        known = [text for text in _examples(entry) if text in self._rows]
        new = [text for text in _examples(entry) if text not in self._rows]
        lexical, dense = self._index.rows([bare(text) for text in new])
        rows = [self._rows[text] for text in known]
        standing = self._lexical[rows]
        standing.resize(len(rows), lexical.shape[1])
        return known + new, vstack([standing, lexical], "csr"), np.vstack([self._dense[rows], dense])


def _examples(entry: Entry) -> tuple[str, ...]:
    """What an entry is found by."""
    return (entry.title, *entry.questions)


def _nearest_others(lexical: csr_matrix, dense: np.ndarray) -> np.ndarray:
    """How near each of an entry's examples is to the nearest of the others: (n,), float32."""
    scores = similarity((lexical @ lexical.T).toarray(), dense @ dense.T)
    np.fill_diagonal(scores, 0)
    return np.asarray(scores.max(axis=1))
