"""Regions: the city's counties and districts, how people call them, and places elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Region:
    """One county or district with its names and the fields that an operator fills in."""

    name: str
    aliases: tuple[str, ...] = ()
    fields: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Regions:
    """All places the assistant knows the names of."""

    city: Region
    districts: tuple[Region, ...]
    elsewhere: tuple[str, ...] = ()
    not_regions: tuple[str, ...] = ()
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _canonical: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        canonical = {place: place for place in self.elsewhere}
        for region in (self.city, *self.districts):
            for name in (region.name, *region.aliases):
                canonical[name] = region.name
        # Longest first, and names that merely contain a place's name are consumed without a match.
        alternatives = sorted({*canonical, *self.not_regions}, key=len, reverse=True)
        object.__setattr__(self, "_canonical", canonical)
        object.__setattr__(self, "_pattern", re.compile("|".join(map(re.escape, alternatives))))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Regions:
        """Build from the content of data/regions.yml (already validated)."""

        def region(item: Mapping[str, Any]) -> Region:
            extra = {key: value for key, value in item.items() if key not in ("name", "aliases")}
            return Region(item["name"], tuple(item.get("aliases") or ()), extra)

        return cls(
            city=region(data["city"]),
            districts=tuple(region(item) for item in data["regions"]),
            elsewhere=tuple(data.get("elsewhere") or ()),
            not_regions=tuple(data.get("not_regions") or ()),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the city's counties and districts, in the file's order."""
        return tuple(region.name for region in self.districts)

    def get(self, name: str) -> Region | None:
        """The county or district called `name` (its full name or an alias), or None."""
        name = self._canonical.get(name, name)
        return next((region for region in self.districts if region.name == name), None)

    def mentioned(self, text: str) -> tuple[str, ...]:
        """Names of all places in `text`, in order, each once: counties, the city, places elsewhere."""
        found: dict[str, None] = {}
        for match in self._pattern.finditer(text):
            name = self._canonical.get(match.group())
            if name:
                found[name] = None
        return tuple(found)

    def is_elsewhere(self, name: str) -> bool:
        """Whether `name` is a place outside the city."""
        return name in self.elsewhere

    def covers(self, region: str, place: str) -> bool:
        """Whether something that holds in `region` can be said of `place`."""
        if region == place or place == self.city.name:
            return True
        return region == self.city.name and not self.is_elsewhere(place)
