"""Interview: the eligibility form's questions and its verdict, as replies."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ages import Age, read_age
from assistant.composing import Composer
from assistant.eligibility import Record, assess, read_record
from assistant.reply import Reply, Suggestion

#: The entry that the verdict belongs to.
ENTRY = "inspector_eligibility_check"


class Interview:
    """Asks a would-be inspector for age and record, and tells what follows."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._wording = composer.wording

    def opening(self, message: str) -> Reply:
        """What is replied to the `message` that opens the form: what it tells already is not asked for."""
        age, record = read_age(message, self._composer.today, asked=False), read_record(message, asked=False)
        if age is None:
            return self.ask_age(again=False)
        return self.ask_record() if record is None else self.verdict(age, record)

    def ask_age(self, again: bool, ages: Sequence[int] = ()) -> Reply:
        """The question for the age; `ages` are those that fit a zodiac sign just named."""
        name = "ask_eligibility_age_zodiac" if ages else "ask_eligibility_age_again" if again else "ask_eligibility_age"
        choices = [f"{age}岁" for age in ages] or ["不想说"]
        return self._question(name, choices)

    def ask_record(self) -> Reply:
        """The question for credit and criminal records."""
        return self._question("ask_eligibility_record", ["没有", "有", "不想说"])

    def not_understood(self) -> Reply:
        """Said before the question is asked again."""
        return self._question("form_not_understood", [])

    def verdict(self, age: Age, record: Record) -> Reply:
        """Yes, no, or ask the organiser, with every reason; an answer under the entry that asked."""
        assessment = assess(age, record)
        reasons = [self._wording[f"reason_{reason}"].format(age=age) for reason in assessment.reasons]
        lines = [self._wording[f"eligibility_{assessment.verdict}"], *reasons, self._wording["eligibility_contact"]]
        entry = self._composer.knowledge.get(ENTRY)
        if entry is None:
            return Reply("smalltalk", "".join(lines))
        return self._composer.answer(entry, body="".join(lines))

    def _question(self, name: str, choices: Sequence[str]) -> Reply:
        return Reply("form", self._wording[name], suggestions=tuple(Suggestion(text, text) for text in choices))
