"""Subjects of events, messages, decisions and evidence have codes that outlive models."""

import ast

import pytest
from django.apps import apps

from documents.models import Version
from foundation import keys, links, subjects
from foundation.models import TenantModel
from tests.foundation.test_source import APPS, sources
from tests.sources import nodes


def test_every_subject_that_somebody_speaks_for_is_a_model_with_that_code() -> None:
    known = set(subjects.models())
    # Messages are about events, but no event is about an event.
    assert known == links.known_types() | {"event"}
    assert {code for code in known if links.found_singly(code)} <= known


def test_a_subject_s_code_is_one_word_for_one_model(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(code.isidentifier() and code == code.lower() for code in subjects.models())
    monkeypatch.setattr(Version, "subject_code", "decision")
    with pytest.raises(ValueError, match="are both decision"):
        subjects.models()


def test_a_model_that_nobody_named_is_not_spoken_of() -> None:
    unnamed = [
        model
        for model in apps.get_models()
        if issubclass(model, TenantModel) and not model.subject_code
    ]
    assert len(unnamed) > 10
    for model in unnamed:
        with pytest.raises(LookupError):
            subjects.code_of(model)


def test_addresses_call_a_row_as_events_do() -> None:
    for code, model in subjects.models().items():
        assert keys.kind_of(model) == code


def spoken(source: str) -> set[str]:
    """The subject codes that are spelled out in the source."""
    found = set()
    for node in nodes(source):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Evidence":
            found |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
        if isinstance(node, ast.Call):
            found |= {
                each.value.value
                for each in node.keywords
                if each.arg in {"subject_type", "origin_type"}
                and isinstance(each.value, ast.Constant)
            }
    return {each for each in found if isinstance(each, str) and each != ""}


def test_the_source_speaks_of_subjects_that_there_are() -> None:
    found = {code for path in sources(*APPS) for code in spoken(path.read_text())}
    assert len(found) > 5
    assert found - set(subjects.models()) == set()


def test_a_subject_that_there_is_not_is_found() -> None:
    planted = 'rows.filter(subject_type="groups.group")\nEvidence("meating", 1)\n'
    assert spoken(planted) == {"groups.group", "meating"}
