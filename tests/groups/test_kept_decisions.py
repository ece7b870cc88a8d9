"""What pages of decisions and meetings read: the same by kept queries as built anew."""

from functools import partial
from typing import Any

from accounts.anybody import kept_row
from accounts.models import Member
from foundation.models import Agency
from groups.finding import _decision, _meeting
from groups.models import Decision, Group, Meeting
from groups.tally import day_of, voters
from groups.views.decisions import _of, _positions, _questions, _reviews
from tests.keeping import WITH_DEMO, Both, columns

pytestmark = WITH_DEMO


def test_the_row_of_each_page_is_the_same_for_everybody(inside: Agency, both: Both) -> None:
    today, seen = inside.today(), set[tuple[int, int]]()
    decisions = list(Decision.objects.within(inside).values_list("pk", flat=True))
    meetings = list(Meeting.objects.within(inside).order_by("-pk").values_list("pk", flat=True))

    def row(build: Any, person: Member, pk: int) -> Any:
        found = kept_row(build, person, today, pk)
        return found and (columns(found), columns(found.group))

    people = list(Member.objects.within(inside).on(today).with_roles(today))
    for person in people:
        person.agency = inside

    def rows() -> list[tuple[list[Any], list[Any]]]:
        return [
            (
                [row(_decision, person, pk) for pk in decisions[:12]],
                [row(_meeting, person, pk) for pk in meetings[:6]],
            )
            for person in people
        ]

    for decided, met in both(rows):
        seen.add((len([*filter(None, decided)]), len([*filter(None, met)])))
    assert max(seen) == (12, 6)


def test_what_a_decision_has_is_the_same(inside: Agency, both: Both) -> None:
    counts = [0, 0, 0, 0]
    today = inside.today()

    def rows(decision: Decision, build: Any) -> Any:
        return [columns(each) for each in _of(decision, build)]

    def seats(decision: Decision) -> Any:
        found = voters(decision, day_of(decision, today))
        return {key: columns(seat) for key, seat in found.items()}

    for decision in Decision.objects.within(inside):
        for place, build in enumerate((_positions, _questions, _reviews)):
            counts[place] += len(both(partial(rows, decision, build)))
        counts[3] += len(both(partial(seats, decision)))
    assert all(counts[:2] + counts[3:])


def test_a_hidden_group_is_known_to_those_who_sit_in_it(
    seated: Group, meeting: Meeting, consumer: Member, manager: Member
) -> None:
    Group.objects.within(seated.agency).filter(pk=seated.pk).update(hidden=True)
    today = seated.agency.today()
    for _turn in range(2):
        assert kept_row(_meeting, consumer, today, meeting.pk) == meeting
        assert kept_row(_meeting, manager, today, meeting.pk) is None
