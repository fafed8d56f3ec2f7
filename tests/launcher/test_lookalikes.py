"""Look-alikes: what is printed about entries that are new or changed since the last training."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.validation import load_knowledge
from launcher import lookalikes, model
from launcher.publication import NAME, Publication
from tests.folders import DataFolder

#: A question of `fraud_gifts`, and the same in slightly other words.
QUESTION, LIKE_IT = "我也想要一枚曲别针，去哪儿领", "我也想要一枚曲别针，去哪里领"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index is kept, so that most texts are computed once."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def settings(folder: DataFolder, var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Of a data folder that was published as it is."""
    monkeypatch.setattr(model, "FOLDER", tmp_path)
    settings = folder.settings(var=str(var))
    Publication.of("bingwen-1.tar.gz", load_knowledge(settings.data_folder)).write(tmp_path)
    return settings


def printed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert lookalikes.main(settings) == 0
    heard = capsys.readouterr()
    assert heard.err == ""
    return heard.out.splitlines()


def alarms(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("knowledge/")]


def test_nothing_is_said_of_what_was_published(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(settings, capsys) == []


def test_another_answer_needs_no_comparison(
    folder: DataFolder, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with folder.entry("fraud", "fraud_gifts") as entry:
        entry["answer"] = "反诈小礼品有纸巾和曲别针。"
    assert printed(settings, capsys) == []


def test_a_changed_entry_is_told_what_it_wins_and_loses_and_no_other_entry_is(
    folder: DataFolder, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with folder.entry("wildlife", "wildlife_rescue") as entry:
        entry["questions"].append(LIKE_IT)
    lines = printed(settings, capsys)
    assert lines[0].startswith("==> 上次训练以后，1 个条目")
    path = "knowledge/wildlife.yml#wildlife_rescue: "
    assert all(line.startswith(path) for line in alarms(lines))
    assert any(line.startswith(f"{path}问法“{LIKE_IT}”会抢走 fraud_gifts 的“{QUESTION}”（") for line in lines)
    assert any(line.startswith(f"{path}问法“{LIKE_IT}”会被 fraud_gifts 的问法“{QUESTION}”抢走（") for line in lines)
    assert lines[-1].startswith(f"==> {len(alarms(lines))} 处")
    assert "docs/tasks/add-an-answer.md" in lines[-1]


def test_a_new_entry_that_is_like_no_other_is_fine(
    folder: DataFolder, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with folder.edit("knowledge/wildlife.yml") as document:
        words = (
            "象棋",
            "围棋",
            "跳棋",
            "军棋",
            "五子棋",
            "国际象棋",
            "桥牌",
            "麻将",
            "扑克",
            "飞行棋",
            "斗兽棋",
            "陆战棋",
        )
        questions = [f"老年活动室的{word}能借回家玩吗" for word in words]
        new = {"id": "wildlife_games", "code": "Z99", "title": "老年活动室的棋牌能不能借", "questions": questions}
        document["entries"].append({**document["entries"][0], "related": [], **new})
    lines = printed(settings, capsys)
    assert alarms(lines) == []
    assert lines[-1].startswith("==> 没有")


@pytest.mark.parametrize("content", [None, "{"])
def test_without_a_record_every_entry_counts_and_no_more_is_printed_than_can_be_read(
    settings: Settings, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    record = model.FOLDER / NAME
    record.unlink() if content is None else record.write_text(content)
    lines = printed(settings, capsys)
    assert "没有上次训练的记录" in lines[0]
    assert f"{len(load_knowledge(settings.data_folder))} 个条目" in lines[1]
    shown = alarms(lines)
    assert len(shown) == 20
    assert "【紧急】" in shown[0]
    more = int(lines[-2].removeprefix("还有 ").removesuffix(" 处"))
    assert more > 0
    assert lines[-1].startswith(f"==> {len(shown) + more} 处")


def test_the_long_first_time_is_announced(
    folder: DataFolder, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (folder.path / "knowledge").glob("[!_]*.yml"):
        if file.stem != "hotlines":
            file.unlink()
    with folder.edit("knowledge/hotlines.yml") as document:
        for entry in document["entries"]:
            entry["title"], entry["related"] = f"{entry['title']}呀", []
    first = folder.settings(var=str(tmp_path / "var"))
    assert "一分钟" in printed(first, capsys)[1]
    assert not any("一分钟" in line for line in printed(first, capsys))
