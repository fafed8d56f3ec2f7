"""Validity: from when to when something holds, and what that means on a given day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

#: The civil time zone of the city: dates change at midnight there, wherever the server stands.
CIVIL_ZONE = ZoneInfo("Asia/Shanghai")

Status = Literal["current", "upcoming", "expired", "undated"]


@dataclass(frozen=True)
class Validity:
    """A period in whole days, both ends included; either end may be open."""

    start: dt.date | None = None
    until: dt.date | None = None

    def status(self, on: dt.date) -> Status:
        """What the period means on the day `on`."""
        if self.start is None and self.until is None:
            return "undated"
        if self.until is not None and on > self.until:
            return "expired"
        if self.start is not None and on < self.start:
            return "upcoming"
        return "current"

    def as_dict(self, on: dt.date) -> dict[str, str | None]:
        """The contract's `valid` object: ISO dates or null, and the status on the day `on`."""
        return {
            "from": self.start.isoformat() if self.start else None,
            "until": self.until.isoformat() if self.until else None,
            "status": self.status(on),
        }


def civil_today(pretend: str = "") -> dt.date:
    """Today in the city; `pretend` (an ISO date) overrides the clock."""
    if pretend:
        return dt.date.fromisoformat(pretend)
    return dt.datetime.now(CIVIL_ZONE).date()


def chinese_date(day: dt.date) -> str:
    """2026-03-06 as residents read it: 2026年3月6日."""
    return f"{day.year}年{day.month}月{day.day}日"
