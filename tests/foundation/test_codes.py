"""Codes that are stored or known outside are listed, and listed ones never vanish."""

from pathlib import Path

import pytest

from devtools import codes
from devtools.codes import Codes, collected, differences, read, written
from foundation import subjects
from groups.models import Meeting
from notifications import notices

Manifest = tuple[Codes, Codes]


@pytest.fixture
def manifest() -> Manifest:
    return read()


def test_the_manifest_lists_all_codes_that_there_are(manifest: Manifest) -> None:
    assert differences(collected(), *manifest) == []


def test_each_kind_of_code_is_found() -> None:
    real = collected()
    assert all(real.values())
    assert real["subjects"]["measure"] == "measures.Measure"
    assert real["subjects"].keys() == subjects.models().keys()
    assert real["addresses"]["/a/<slug:agency>/groups/meetings/<meeting:pk>/"] == "groups:meeting"
    for kind, code in {
        "rows": "driver",
        "events": "cell.opened",
        "waiting": "cells.vote",
        "messages": "decision.asked",
        "tasks": "indicators.sweep",
        "policies": "dialogues.disposition",
        "indicators": "dialogues.answered",
        "permissions": "oversee",
        "roles": "approver",
    }.items():
        assert code in real[kind]


def test_a_new_code_that_nobody_listed_is_found(
    manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(notices._notices, "planted.code", notices.Notice("planted.code", "New"))
    (found,) = differences(collected(), *manifest)
    assert found.startswith("messages: planted.code is not in the manifest")


def test_a_code_that_was_changed_is_found_twice(
    manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once as removed, once as new."""
    monkeypatch.setattr(Meeting, "subject_code", "gathering")
    found = differences(collected(), *manifest)
    assert [each for each in found if each.startswith("subjects:")] == [
        "subjects: gathering is not in the manifest. Run: manage.py codes --write",
        "subjects: meeting is gone. Bring it back, or say what stands in its place.",
    ]


def test_a_model_that_moved_keeps_its_code(manifest: Manifest) -> None:
    """Only the manifest must be written anew."""
    real = collected()
    real["subjects"]["meeting"] = "gatherings.Meeting"
    (found,) = differences(real, *manifest)
    assert found.startswith("subjects: meeting is gatherings.Meeting now")


@pytest.mark.parametrize("kind", list(collected()))
def test_a_code_of_each_kind_that_is_gone_is_found(kind: str, manifest: Manifest) -> None:
    real = collected()
    gone = min(real[kind])
    del real[kind][gone]
    (found,) = differences(real, *manifest)
    assert found.startswith(f"{kind}: {gone} is gone")


def test_what_has_an_alias_may_go_and_its_alias_may_not(manifest: Manifest) -> None:
    real, (listed, _) = collected(), manifest
    listed["events"]["cell.founded"] = ""
    assert differences(real, listed, {"events": {"cell.founded": "cell.opened"}}) == []
    (found,) = differences(real, listed, {"events": {"cell.founded": "cell.dug"}})
    assert "cell.dug, which there is not" in found
    (found,) = differences(real, listed, {"events": {"cell.founded": "cell.opened",
        "cell.closed": "cell.opened"}})  # fmt: skip
    assert "cell.closed is an alias, and there is one" in found


def test_an_address_is_not_aliased_but_leads_on(manifest: Manifest) -> None:
    real, (listed, _) = collected(), manifest
    listed["addresses"]["/a/<slug:agency>/gone/"] = "gone"
    leads = {"addresses": {"/a/<slug:agency>/gone/": "/privacy/"}}
    assert any(
        "Let the address itself lead on" in each for each in differences(real, listed, leads)
    )


def test_writing_keeps_what_is_gone_unless_no_release_has_had_it(
    manifest: Manifest, tmp_path: Path
) -> None:
    real, (listed, aliases) = collected(), manifest
    assert written(real, listed, aliases, unreleased=False) == codes.PATH.read_text("utf-8")
    listed["events"]["cell.founded"] = ""
    aliases = {"events": {"cell.dug": "cell.opened"}}
    path = tmp_path / "codes.toml"
    path.write_text(written(real, listed, aliases, unreleased=False), encoding="utf-8")
    assert read(path) == (listed, aliases)
    path.write_text(written(real, listed, aliases, unreleased=True), encoding="utf-8")
    assert read(path) == (real, aliases)
