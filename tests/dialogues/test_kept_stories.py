"""What the pages of themes read: the same by kept queries as built anew."""

from functools import partial
from typing import Any

import pytest

from accounts.anybody import kept_row
from accounts.models import Member
from cells.overview import story as cells_story
from dialogues.readers import reading as readers
from dialogues.themes.finding import _theme
from dialogues.themes.models import Theme
from dialogues.told_back import story
from foundation.models import Agency
from tests.keeping import WITH_DEMO, Both, columns

pytestmark = WITH_DEMO


@pytest.fixture
def people(inside: Agency) -> list[Member]:
    today = inside.today()
    found = list(Member.objects.within(inside).on(today).with_roles(today))
    for person in found:
        person.agency = inside
    return found


def test_each_theme_is_known_to_the_same_people(
    inside: Agency, people: list[Member], both: Both
) -> None:
    today, known = inside.today(), set[int]()
    keys = list(Theme.objects.within(inside).order_by("pk").values_list("pk", flat=True))

    def row(person: Member, pk: int) -> Any:
        found = kept_row(_theme, person, today, pk)
        return found and (columns(found), columns(found.dialogue.group))

    for found in both(lambda: [[row(person, pk) for pk in keys[:12]] for person in people]):
        known.add(len([*filter(None, found)]))
    assert max(known) == len(keys[:12])


def test_the_steps_of_each_story_are_the_same(
    inside: Agency, people: list[Member], both: Both
) -> None:
    told = set[str]()
    themes = list(Theme.objects.within(inside).select_related("dialogue__group"))
    for theme in themes:
        theme.agency = theme.dialogue.agency = theme.dialogue.group.agency = inside
        record = both(partial(story.records_of, inside, [theme]))[theme.pk]
        assert all(each.theme_id == theme.pk for each in (*record.became, *record.replied))
        for person in people[::8]:
            steps = both(partial(cells_story.steps, Theme.subject_code, theme.pk, person))
            told |= {step.code for step in steps}
    assert told >= {"raised", "ranked", "chosen", "plan", "numbers"}


def test_the_same_people_read_what_is_said_to_the_program(people: list[Member], both: Both) -> None:
    reading = both(lambda: [*map(readers.reads_program, people)])
    assert {*reading} == {True, False}
