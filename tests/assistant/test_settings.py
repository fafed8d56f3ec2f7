"""Settings: typed, from the environment, with every mistake named."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from assistant.settings import ROOT, SettingError, Settings


def test_without_variables_every_setting_has_its_default() -> None:
    assert Settings.from_environ({}) == Settings()


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_environ({item.metadata["variable"]: "" for item in fields(Settings)}) == Settings()


@pytest.mark.parametrize("item", fields(Settings), ids=lambda item: item.name)
def test_every_setting_is_read_from_its_variable_in_its_type(item: object) -> None:
    kind = type(item.default)  # type: ignore[attr-defined]
    raw = {int: "7", float: "2.5", str: "some text"}[kind]
    settings = Settings.from_environ({item.metadata["variable"]: raw})  # type: ignore[attr-defined]
    value = getattr(settings, item.name)  # type: ignore[attr-defined]
    assert value == kind(raw)
    assert type(value) is kind


def test_every_setting_says_what_it_means_and_has_a_variable_of_its_own() -> None:
    assert all(item.metadata["meaning"] for item in fields(Settings))
    variables = [item.metadata["variable"] for item in fields(Settings)]
    assert len(set(variables)) == len(variables)


def test_every_value_of_a_wrong_type_is_named() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_environ({"PORT": "eight thousand", "BINGWEN_RASA_TIMEOUT": "soon", "HOST": "0.0.0.0"})
    assert "PORT='eight thousand' must be of type int" in str(caught.value)
    assert "BINGWEN_RASA_TIMEOUT='soon' must be of type float" in str(caught.value)
    assert "HOST" not in str(caught.value)


def test_variables_of_others_are_ignored() -> None:
    assert Settings.from_environ({"PATH": "/bin", "BINGWEN_UNHEARD_OF": "1"}) == Settings()


def test_rasa_and_the_actions_are_looked_for_on_this_machine_only() -> None:
    settings = Settings(host="0.0.0.0", rasa_port=1234, actions_port=4321)
    assert settings.rasa_url == "http://127.0.0.1:1234"
    assert settings.actions_url == "http://127.0.0.1:4321"


def test_the_data_folder_is_relative_to_the_project_unless_absolute(tmp_path: Path) -> None:
    assert Settings().data_folder == ROOT / "data"
    assert Settings(data="elsewhere/data").data_folder == ROOT / "elsewhere" / "data"
    assert Settings(data=str(tmp_path)).data_folder == tmp_path


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]
