"""Validity: what a period means on a day; both ends are included."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.validity import CIVIL_ZONE, Validity, chinese_date, civil_today

DAY = dt.timedelta(days=1)
days = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 1, 1))


@given(days, st.integers(0, 400))
def test_both_ends_are_included(start: dt.date, length: int) -> None:
    until = start + length * DAY
    period = Validity(start, until)
    assert period.status(start - DAY) == "upcoming"
    assert period.status(start) == "current"
    assert period.status(until) == "current"
    assert period.status(until + DAY) == "expired"


@given(days, days)
def test_an_open_end_never_comes(edge: dt.date, on: dt.date) -> None:
    assert Validity(start=edge).status(on) == ("current" if on >= edge else "upcoming")
    assert Validity(until=edge).status(on) == ("current" if on <= edge else "expired")
    assert Validity().status(on) == "undated"


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Validity(), {"from": None, "until": None, "status": "undated"}),
        (
            Validity(dt.date(2026, 3, 6), dt.date(2026, 12, 31)),
            {"from": "2026-03-06", "until": "2026-12-31", "status": "current"},
        ),
        (Validity(until=dt.date(2026, 3, 6)), {"from": None, "until": "2026-03-06", "status": "expired"}),
        (Validity(start=dt.date(2026, 5, 1)), {"from": "2026-05-01", "until": None, "status": "upcoming"}),
    ],
)
def test_the_public_form_has_iso_dates_and_the_status(period: Validity, expected: dict[str, str | None]) -> None:
    assert period.as_dict(dt.date(2026, 4, 1)) == expected


def test_today_can_be_pretended() -> None:
    assert civil_today("2026-03-06") == dt.date(2026, 3, 6)


def test_today_is_the_citys_day_wherever_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    class Evening(dt.datetime):
        """A quarter past four in the afternoon in Greenwich: a quarter past midnight in the city."""

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime(2026, 3, 5, 16, 15, tzinfo=dt.timezone.utc).astimezone(tz)

    monkeypatch.setattr("assistant.validity.dt.datetime", Evening)
    assert civil_today() == dt.date(2026, 3, 6)
    assert CIVIL_ZONE.key == "Asia/Shanghai"


def test_a_pretended_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="tomorrow"):
        civil_today("tomorrow")


@given(days)
def test_a_date_is_written_as_residents_read_it(day: dt.date) -> None:
    year, month, number = chinese_date(day).replace("年", " ").replace("月", " ").replace("日", "").split()
    assert dt.date(int(year), int(month), int(number)) == day
    assert not month.startswith("0")
