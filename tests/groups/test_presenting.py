"""What the pages of groups show, from their parts alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Member
from foundation.models import Agency
from groups.models import (
    AgendaItem,
    Decision,
    EarlierWording,
    Group,
    Meeting,
    Position,
    Question,
    Seat,
)
from groups.presenting.decisions import DecisionParts, DecisionRights, decision_page
from groups.presenting.lists import group_shown, groups_page
from groups.presenting.meetings import ItemOnAgenda, MeetingRights, meeting_page
from groups.presenting.people import Moves, PeopleParts, SeatRights, people_page

TODAY = date(2026, 5, 4)
AGENCY = Agency(pk=1, slug="harbor", name="Harbor")
COUNCIL = Group(pk=5, agency=AGENCY, name="Council", kind="council", opened=TODAY)
NORA, SAM = (
    Member(pk=key, agency=AGENCY, shown_name=name) for key, name in ((1, "Nora"), (2, "Sam"))
)
INSIDE = DecisionRights(inside=True, see_positions=True)


def a_decision(**given: object) -> Decision:
    proposal = {"title": "Tea", "text": "We buy tea", "status": "open", "round": 1}
    return Decision(pk=7, agency=AGENCY, group=COUNCIL, proposed_by=NORA, **{**proposal, **given})


def a_view(
    member: Member, choice: str = "agree", *, number: int = 1, old: bool = False
) -> Position:
    replaced = datetime(2026, 5, 4, tzinfo=UTC) if old else None
    return Position(agency=AGENCY, member=member, choice=choice, round=number, replaced_at=replaced)


def parts(*positions: Position, asked: bool = False, **given: object) -> DecisionParts:
    return DecisionParts(
        decision=a_decision(**given),
        positions=positions,
        voters=frozenset({NORA.pk}),
        questions=[],
        wordings=[],
        paper=None,
        asked=asked,
    )


def test_an_open_decision_tells_its_round_and_a_closed_one_its_state() -> None:
    first = decision_page(parts(), INSIDE, NORA)
    assert (first.round, first.state) == ("", "")
    assert decision_page(parts(round=2), INSIDE, NORA).round
    closed = decision_page(parts(round=2, status="adopted", decided_on=TODAY), INSIDE, NORA)
    assert (closed.round, bool(closed.state), closed.tone) == ("", True, "good")
    not_agreed = parts(status="not_adopted", decided_on=TODAY)
    assert decision_page(not_agreed, INSIDE, NORA).tone == "quiet"


def test_who_answered_is_asked_whether_they_change_their_mind() -> None:
    new = decision_page(parts(asked=True), INSIDE, NORA).view
    again = decision_page(parts(a_view(NORA), asked=True), INSIDE, NORA).view
    assert new is not None
    assert again is not None
    assert (new.kind, again.kind) == ("", "secondary")
    assert "I agree" in again.words
    assert decision_page(parts(a_view(NORA)), INSIDE, NORA).view is None
    caucus = decision_page(parts(asked=True, caucus=True), INSIDE, NORA).view
    assert caucus is not None
    assert caucus.words != new.words


def test_views_of_those_who_do_not_vote_stand_apart() -> None:
    said = decision_page(parts(a_view(NORA), a_view(SAM)), INSIDE, NORA).positions
    assert said is not None
    assert [each.member for each in said.current] == [NORA]
    assert [each.member for each in said.left] == [SAM]
    hidden = replace(INSIDE, see_positions=False)
    assert decision_page(parts(a_view(NORA)), hidden, NORA).positions is None


def test_before_one_has_answered_one_reads_of_earlier_rounds_only_what_was_objected_to() -> None:
    wording = EarlierWording(agency=AGENCY, round=1, title="Coffee", text="We buy coffee")
    views = [a_view(NORA, old=True, number=2), a_view(NORA), a_view(SAM, "object")]
    read = replace(parts(*views, round=2), wordings=[wording])
    earlier = decision_page(read, INSIDE, NORA).earlier
    assert [(each.number, len(each.positions)) for each in earlier] == [(2, 1), (1, 2)]
    assert [each.wording for each in earlier] == [None, wording]
    (first,) = decision_page(read, replace(INSIDE, see_positions=False), NORA).earlier
    assert [each.choice for each in first.positions] == ["object"]
    assert decision_page(read, DecisionRights(see_positions=True), NORA).earlier == []


def test_a_question_is_answered_once_and_by_who_may() -> None:
    rows = [
        Question(pk=1, agency=AGENCY, asked_by=SAM, text="Which?"),
        Question(pk=2, agency=AGENCY, asked_by=SAM, text="Where?", answer="There"),
    ]
    read = replace(parts(), questions=rows)
    shown = decision_page(read, replace(INSIDE, answer=True, ask=True), NORA).questions
    assert shown is not None
    assert [len(row.answering) for row in shown.rows] == [1, 0]
    assert len(shown.asking) == 1
    silent = decision_page(read, INSIDE, NORA).questions
    assert silent is not None
    assert [len(row.answering) for row in silent.rows] == [0, 0]
    assert silent.asking == []
    assert decision_page(parts(), INSIDE, NORA).questions is None


def test_that_too_few_took_part_is_said_only_to_who_may_be_told() -> None:
    read = parts(status="adopted", decided_on=TODAY, without_quorum=True, review_on=TODAY)
    notes = [each.note for each in decision_page(read, INSIDE, NORA).passages]
    assert "May 4, 2026" in notes[0]
    assert notes[1] == ""
    told = decision_page(read, replace(INSIDE, told_of_quorum=True), NORA).passages
    assert told[1].note


def a_seat(member: Member, **given: object) -> Seat:
    held = {"voting": True, "standing": "provider", "since": TODAY}
    return Seat(pk=member.pk + 10, agency=AGENCY, group=COUNCIL, member=member, **{**held, **given})


def people(*seats: Seat, moves: Moves | None = None, seated: bool = True) -> PeopleParts:
    return PeopleParts(
        group=COUNCIL,
        seats=seats,
        told=frozenset({NORA.pk}),
        offices={11: "Chair"},
        moves=moves,
        offers=[],
        own_seat=11 if seated else None,
        seated=seated,
        past=False,
        everybody="?standings=1",
    )


def test_of_a_seat_the_reader_knows_what_was_told_them() -> None:
    seats = [a_seat(NORA), a_seat(SAM, voting=False, until=TODAY + timedelta(days=9))]
    nora, sam = people_page(people(*seats), SeatRights(), shown=seats, reader=NORA.pk).seats
    assert (nora.you, bool(nora.standing), nora.hint.startswith("Chair. Since")) == (
        True,
        True,
        True,
    )
    assert (sam.you, sam.standing) == (False, "")
    assert sam.hint.endswith("until May 13, 2026")


@pytest.mark.parametrize(
    ("may", "moves", "ways"),
    [
        (SeatRights(), None, [0, 0]),
        (SeatRights(change=True), None, [1, 0]),
        (SeatRights(change=True, change_all=True), None, [1, 1]),
        (SeatRights(), Moves(False, True, False, False), [0, 1]),
        (SeatRights(change=True), Moves(False, True, False, False), [1, 1]),
    ],
)
def test_a_seat_is_changed_by_who_may_or_by_a_proposal_and_never_one_s_own(
    may: SeatRights, moves: Moves | None, ways: list[int]
) -> None:
    seats = [a_seat(NORA), a_seat(SAM)]
    page = people_page(people(*seats, moves=moves), may, shown=seats, reader=NORA.pk)
    assert [len(each.ways) for each in page.seats] == ways


def test_the_first_seat_of_a_group_is_written_down_from_paper_or_offered() -> None:
    def first(may: SeatRights, moves: Moves | None = None) -> str:
        page = people_page(people(moves=moves, seated=False), may, shown=[], reader=NORA.pk)
        assert (page.offer, page.propose, page.decides) == (None, None, False)
        return page.first.href.rsplit("/", 2)[-2] if page.first else ""

    assert first(SeatRights()) == ""
    assert first(SeatRights(change=True, change_all=True)) == "add"
    assert first(SeatRights(), Moves(True, True, False, True)) == "paper"


def test_one_s_own_seat_is_left_today_and_not_on_a_day_of_the_past() -> None:
    seats = [a_seat(NORA)]
    may = SeatRights(see_all=True, be_named=True)
    now = people_page(people(*seats), may, shown=seats, reader=NORA.pk)
    assert len(now.links) == 4
    past = replace(people(*seats), past=True)
    assert len(people_page(past, may, shown=seats, reader=NORA.pk).links) == 2
    named = people_page(past, SeatRights(be_named=True), shown=seats, reader=NORA.pk)
    assert named.links == []


def a_meeting(status: str, **given: object) -> Meeting:
    at = datetime(2026, 5, 4, 20, tzinfo=UTC)
    return Meeting(
        pk=3, agency=AGENCY, group=COUNCIL, starts_at=at, on=TODAY, status=status, **given
    )


EVERYTHING = replace(MeetingRights(*[True] * 5), write_minutes=True)


@pytest.mark.parametrize(
    ("status", "records", "links"),
    [("planned", True, 7), ("held", False, 8), ("cancelled", False, 6)],
)
def test_what_can_be_done_with_a_meeting_goes_with_its_state(
    status: str, records: bool, links: int
) -> None:
    page = meeting_page(a_meeting(status), EVERYTHING, items=[], came=[])
    assert (page.record is not None, len(page.links)) == (records, links)
    assert (page.held is not None, bool(page.cancelled)) == (
        status == "held",
        status == "cancelled",
    )
    assert [link.download for link in page.links].count(True) == (status == "planned")


@pytest.mark.parametrize(
    ("minutes", "words"), [(45, "45 minutes"), (60, "1 hour"), (90, "1 h 30 min"), (120, "2 hours")]
)
def test_how_long_a_meeting_lasts_is_said_as_people_say_it(minutes: int, words: str) -> None:
    meeting = a_meeting("planned", minutes_planned=minutes, place="")
    assert meeting_page(meeting, MeetingRights(), items=[], came=[]).length == words


def test_who_may_do_nothing_takes_only_the_file_for_a_calendar() -> None:
    (link,) = meeting_page(a_meeting("planned"), MeetingRights(), items=[], came=[]).links
    assert link.download


def test_a_meeting_written_down_late_says_by_whom_and_why() -> None:
    late = a_meeting(
        "held", recorded_on=TODAY + timedelta(days=3), recorded_by=NORA, late_reason="I was ill."
    )
    page = meeting_page(late, MeetingRights(), items=[], came=[])
    assert page.late == "Nora recorded it on May 7, 2026. I was ill."
    on_time = a_meeting("held", recorded_on=TODAY, recorded_by=NORA)
    assert meeting_page(on_time, MeetingRights(), items=[], came=[]).late == ""


def test_an_item_is_from_whom_it_was_written_down_for() -> None:
    item = AgendaItem(pk=4, agency=AGENCY, text="Tea", raised_by=NORA, on_behalf_of=SAM)
    (shown,) = meeting_page(
        a_meeting("planned"), MeetingRights(), items=[ItemOnAgenda(item, False)], came=[]
    ).items
    assert shown.by.endswith("Sam")
    assert shown.taking_off is None


@pytest.mark.parametrize(
    ("there", "may_add", "icon", "leads_on"),
    [(True, True, "", True), (False, True, "users", True), (False, False, "users", False)],
)
def test_an_empty_list_of_groups_says_whether_a_name_or_a_group_is_missing(
    there: bool, may_add: bool, icon: str, leads_on: bool
) -> None:
    page = groups_page(AGENCY, [], [], with_shares=False, there=there, may_add=may_add)
    assert page.empty is not None
    assert (page.empty.icon, bool(page.empty.href)) == (icon, leads_on)
    assert bool(page.adding) == (there and may_add)
    own = group_shown(COUNCIL, TODAY)
    found = groups_page(AGENCY, [own], [], with_shares=False, there=True, may_add=False)
    assert found.empty is None


def test_a_group_that_is_still_to_start_says_so() -> None:
    assert group_shown(COUNCIL, TODAY).starts == ""
    assert "May 4, 2026" in group_shown(COUNCIL, TODAY - timedelta(days=1)).starts
