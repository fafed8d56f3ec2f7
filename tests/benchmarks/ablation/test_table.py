"""Table: what a row says, and that it is a row of a Markdown table."""

from __future__ import annotations

from benchmarks.ablation.table import Effect, Row, table
from benchmarks.quality.figures import share
from tests.docs import pages


def effect(kept: int, without: int, count: int = 100) -> Effect:
    hits = [[True] * right + [False] * (count - right) for right in (kept, without)]
    return Effect(share("content checks", hits[0]), share("content checks", hits[1]))


def test_an_effect_tells_both_values_and_what_is_gained() -> None:
    assert str(effect(91, 89)) == "content checks 0.910, without 0.890: +0.020 of 100"


def test_a_loss_is_told_as_such() -> None:
    assert str(effect(80, 81)) == "content checks 0.800, without 0.810: -0.010 of 100"


def test_what_chance_does_not_explain_is_bold_whichever_way_it_goes() -> None:
    assert "**+0.500**" in str(effect(90, 40))
    assert "**-0.500**" in str(effect(40, 90))


def test_a_component_has_one_row_with_all_its_effects_and_what_it_costs() -> None:
    first = Row("QueryRewriter", [effect(91, 89), effect(90, 40)], 1.234, 4.86)
    lines = table([first, Row("choice of the loss")])
    assert lines[0].startswith("| component |")
    rewriter, loss = pages.rows("\n".join(lines))
    assert rewriter == ["QueryRewriter", f"{effect(91, 89)}<br>{effect(90, 40)}", "1.23", "4.86"]
    assert loss == ["choice of the loss", "–", "–", "–"]
