"""People are always named with what tells them apart: `shown_name` or `full_name`."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from accounts.models import Member
from tests.foundation.test_source import APPS, ROOT, sources
from tests.sources import nodes

# Where a name is recorded, changed or compared, or somebody is greeted by it.
WRITTEN = {
    "accounts/actions/erasure.py",
    "accounts/actions/invitations.py",
    "accounts/actions/lists.py",
    "accounts/actions/naming.py",
    "accounts/actions/people.py",
    "accounts/forgetting.py",
    "accounts/forms.py",
    "accounts/lists/planning.py",
    "accounts/management/commands/found_agency.py",
    "accounts/models.py",
    "accounts/personal_data.py",
    "accounts/views/invitation.py",
    "accounts/views/people.py",
    "accounts/views/profile.py",
    # The owner of a measure is a group.
    "measures/overview/views.py",
    "notifications/waiting.py",
    "oversight/recognizable.py",
    "templates/accounts/agree.html",
    "templates/accounts/welcome.html",
    "templates/cqi_portal/home.html",
}


def people_fields() -> set[str]:
    """The names of fields that lead to a person, in any model."""
    fields = {
        field.name
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.related_model is Member and not model.__name__.startswith("Historical")
    }
    # A no-contact order's; elsewhere it is another measure, or another dialogue.
    return fields - {"other"}


def pattern() -> re.Pattern[str]:
    people = "|".join(sorted(people_fields()))
    return re.compile(
        rf"\bdisplay_name\b|__display_name\b|(?<![a-z])(?<![a-z]_)(?:{people})(?:\.|__)name\b(?!\.lower)"
    )


def raw_names(path: Path) -> list[str]:
    """Where a file names people by a name that somebody else may have, too."""
    text = path.read_text()
    if path.suffix == ".py":
        # Docstrings may say anything.
        for node in nodes(text):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                text = text.replace(str(node.value.value), "")
    return [each.group() for each in pattern().finditer(text)]


def listed() -> list[Path]:
    return [*sources(*APPS), *sorted((ROOT / "templates").rglob("*.html"))]


def test_people_are_named_with_what_tells_them_apart() -> None:
    found = {
        str(path.relative_to(ROOT)): raw
        for path in listed()
        if str(path.relative_to(ROOT)) not in WRITTEN and (raw := raw_names(path))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("planted.py", 'people.order_by("pk").values("display_name")'),
        ("planted.py", "def label(obj): return obj.display_name"),
        ("planted.py", 'claims.values("member__name")'),
        ("planted.py", "label = claim.member.name"),
        ("planted.html", "{{ claim.member.name }}"),
        ("planted.html", "{{ step.co_owner.display_name }}"),
    ],
)
def test_a_name_that_another_may_have_is_found(tmp_path: Path, name: str, source: str) -> None:
    path = tmp_path / name
    path.write_text(source)
    assert raw_names(path)
