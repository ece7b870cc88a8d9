"""Titles of subjects of all types, asked with a query that is built once."""

import pytest

from accounts import titles
from accounts.models import Member
from foundation import links
from foundation.models import Agency, Event
from tests.keeping import WITH_DEMO

pytestmark = WITH_DEMO


@pytest.fixture
def subjects(inside: Agency) -> dict[str, set[int]]:
    """All subjects of events in the demo whose type has titles, and a key that no row has."""
    found: dict[str, set[int]] = {kind: {987654321} for kind in links.named_kinds()}
    for kind, key in Event.objects.within(inside).values_list("subject_type", "subject_id"):
        if kind in found:
            found[kind].add(key)
    return found


def test_they_are_the_same_for_everybody_in_the_demo(
    inside: Agency, subjects: dict[str, set[int]]
) -> None:
    """As when each type is asked for with a query built anew."""
    today, numbers = inside.today(), set[int]()
    asked = {(kind, key) for kind, keys in subjects.items() for key in keys}
    for person in Member.objects.within(inside).on(today).with_roles(today):
        person.agency = inside
        one_by_one = {
            (kind, key): link
            for kind, keys in subjects.items()
            for key, link in links.links(kind, keys, person).items()
        }
        assert titles.named(asked, person) == one_by_one
        numbers.add(len(one_by_one))
    assert len(numbers) > 5
    assert max(numbers) > 500


def test_only_what_is_asked_for_is_found(inside: Agency, subjects: dict[str, set[int]]) -> None:
    today = inside.today()
    for person in Member.objects.within(inside).on(today).with_roles(today)[:3]:
        person.agency = inside
        for kind, keys in subjects.items():
            chosen = {(kind, key) for key in [*keys][:2]}
            assert {*titles.named(chosen, person)} <= chosen
        assert titles.named([], person) == {}
        assert titles.named([("nothing", 1)], person) == {}
