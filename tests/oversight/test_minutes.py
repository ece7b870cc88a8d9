"""Minutes of the committee: approved by its decision, then fixed, and corrected by addenda."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.utils.timezone import now

from accounts.actions import grant_role
from accounts.models import Member
from accounts.permissions import Role
from devtools import committee as decides
from devtools.states import state
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.actions import (
    close_decision,
    plan_meeting,
    record_attendance,
    record_meeting,
    record_minutes,
    take_position,
    undo_record,
)
from groups.models import Choice, Group, Meeting
from indicators.actions import change_policy
from oversight.actions import add_to_minutes, prepare_minutes
from oversight.minutes_readers import (
    UnapprovedDays,
    overdue,
    readable,
    rights_of,
    to_prepare,
    unapproved_days,
)
from oversight.models import (
    ApprovedMinutes,
    Committee,
    CommitteeStep,
    MinutesAddendum,
    StepState,
)
from oversight.policies import MINUTES_WARNING, MINUTES_WITHIN, OPEN_MEETINGS
from oversight.recognizable import names_and_parts, passages, without_names
from tests.documents.conftest import Adopt, adopt, board, committee
from tests.oversight.test_out_of_charter import Adopted, adopted
from tests.owner import owner

__all__ = ["Adopt", "Adopted", "adopt", "adopted", "board", "committee"]

DAY = timedelta(days=1)
WHOLE = "We met in the small room.\n\nRosa told why the bus is late. Chidi will ask the city."
OPEN = "We met in the small room.\n\nA member told why the bus is late."


def run(sql: str, *values: int | str | date | None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@state
def meeting(committee: Group, committee_chair: Member, consumer: Member) -> Meeting:
    """A meeting of five days ago, with minutes."""
    held = plan_meeting(committee, starts_at=now() - 5 * DAY, by=committee_chair)
    present = {committee_chair: decides.AN_HOUR, consumer: decides.AN_HOUR}
    record_attendance(held, present=present, by=committee_chair)
    return record_minutes(held, minutes=WHOLE, by=committee_chair)


def prepare(meeting: Meeting, by: Member, **changed: Any) -> CommitteeStep:
    content = {"open_text": OPEN, "left_out": "", "read_again": True, **changed}
    return prepare_minutes(meeting, by=by, **content)


@state
def approved(meeting: Meeting, committee_chair: Member) -> ApprovedMinutes:
    decides.agree(prepare(meeting, committee_chair), by=committee_chair)
    return ApprovedMinutes.objects.within(meeting.agency).get(meeting=meeting)


def again(meeting: Meeting) -> Meeting:
    found = Meeting.objects.within(meeting.agency).select_related("group").get(pk=meeting.pk)
    found.agency = found.group.agency = meeting.agency
    return found


@pytest.mark.promise("judging")
def test_minutes_are_approved_once_the_committee_agrees_and_fixed_from_then_on(
    meeting: Meeting, committee_chair: Member, consumer: Member, provider: Member, agency: Agency
) -> None:
    step = prepare(meeting, committee_chair)
    decision = step.decision
    assert decision is not None
    assert WHOLE in decision.text
    assert OPEN in decision.text
    assert decision.kept_inside, "names stand in it, so only the committee reads it"
    for member in (committee_chair, consumer, provider):
        assert again(meeting).minutes_approved_on is None
        take_position(decision, member=member, choice=Choice.AGREE)
    close_decision(decision, by=committee_chair)
    made = ApprovedMinutes.objects.within(agency).get()
    assert (made.meeting_id, made.open_text, made.approved_on) == (
        meeting.pk,
        OPEN,
        agency.today(),
    )
    found = again(meeting)
    assert (found.minutes, found.minutes_approved_on) == (WHOLE, agency.today())
    with pytest.raises(Refused, match="can’t be changed") as refused:
        record_minutes(found, minutes="Nothing happened.", by=committee_chair)
    assert "addendum" in str(refused.value.refusal.instead)
    with pytest.raises(Refused):
        prepare(found, committee_chair)
    assert Event.objects.within(agency).get(name="minutes.approved").subject_id == made.pk


def test_a_record_with_approved_minutes_is_not_undone(
    committee: Group, committee_chair: Member, consumer: Member
) -> None:
    held = plan_meeting(committee, starts_at=now() - DAY, by=committee_chair)
    record_meeting(held, present={consumer: decides.AN_HOUR}, by=committee_chair)
    held = record_minutes(again(held), minutes=WHOLE, by=committee_chair)
    decides.agree(prepare(held, committee_chair), by=committee_chair)
    with pytest.raises(Refused, match="approved these minutes"):
        undo_record(again(held), by=committee_chair)


def test_minutes_that_changed_meanwhile_are_not_approved(
    meeting: Meeting, committee_chair: Member, agency: Agency
) -> None:
    step = prepare(meeting, committee_chair)
    record_minutes(again(meeting), minutes=WHOLE + " It rained.", by=committee_chair)
    decides.agree(step, by=committee_chair)
    step = CommitteeStep.objects.within(agency).get(pk=step.pk)
    assert step.state == StepState.DROPPED
    assert again(meeting).minutes_approved_on is None
    assert not ApprovedMinutes.objects.within(agency).exists()
    decides.agree(prepare(again(meeting), committee_chair), by=committee_chair)
    assert ApprovedMinutes.objects.within(agency).exists(), "they can be prepared again"


def test_without_a_quorum_nothing_is_approved(
    meeting: Meeting, committee_chair: Member, provider: Member, agency: Agency
) -> None:
    step = prepare(meeting, committee_chair)
    assert step.decision is not None
    for member in (committee_chair, provider):
        take_position(step.decision, member=member, choice=Choice.AGREE)
    close_decision(step.decision, by=committee_chair, waiver="Rosa is ill.")
    assert again(meeting).minutes_approved_on is None
    assert not ApprovedMinutes.objects.within(agency).exists()


@pytest.mark.parametrize("who", ["administrator", "manager", "second_consumer", "managing_voter"])
def test_only_voting_members_who_do_not_manage_prepare_and_add(
    who: str,
    approved: ApprovedMinutes,
    committee: Group,
    committee_chair: Member,
    administrator: Member,
    consumer: Member,
    agency: Agency,
    request: pytest.FixtureRequest,
) -> None:
    later = plan_meeting(committee, starts_at=now() - DAY, by=committee_chair)
    later = record_minutes(later, minutes=WHOLE, by=committee_chair)
    by = consumer if who == "managing_voter" else request.getfixturevalue(who)
    if who == "managing_voter":
        grant_role(by, role=Role.MANAGEMENT, since=agency.today(), by=administrator)
        by = Member.objects.within(agency).get(pk=by.pk)
        by.agency = agency
    with pytest.raises(Refused):
        prepare(again(later), by)
    with pytest.raises(Refused):
        add_to_minutes(approved, text="It was Tuesday.", by=by)
    assert not MinutesAddendum.objects.within(agency).exists()


def test_one_proposal_at_a_time_and_only_of_written_minutes_of_the_committee(
    meeting: Meeting, board: Group, committee: Group, committee_chair: Member, manager: Member
) -> None:
    prepare(meeting, committee_chair)
    with pytest.raises(Refused, match="deciding about this now"):
        prepare(again(meeting), committee_chair)
    unwritten = plan_meeting(committee, starts_at=now() - DAY, by=committee_chair)
    with pytest.raises(Refused, match="no minutes"):
        prepare(unwritten, committee_chair)
    of_the_board = plan_meeting(board, starts_at=now() - DAY, by=manager)
    of_the_board = record_minutes(of_the_board, minutes=WHOLE, by=manager)
    with pytest.raises(Refused, match="only its own"):
        prepare(of_the_board, committee_chair)


def test_names_and_counts_are_read_again(meeting: Meeting, committee_chair: Member) -> None:
    for text in ("Rosa told it.", "Two of the consumers were there."):
        with pytest.raises(ValidationError) as refused:
            prepare(meeting, committee_chair, open_text=text, read_again=False)
        assert list(refused.value.message_dict) == ["read_again"]
    prepare(meeting, committee_chair, open_text="We met. The bus was late.", read_again=False)


def test_every_name_is_taken_out_of_what_is_offered(
    agency: Agency, committee_chair: Member, consumer: Member
) -> None:
    Member.objects.within(agency).filter(pk=consumer.pk).update(
        name="Samuel de la Cruz", display_name="Sam"
    )
    text = "Sam’s bus was late. Mr. Cruz and Samuel de la Cruz waited.\nSamuel left in May."
    names = names_and_parts(agency)
    offered = without_names(text, names)
    assert offered == (
        "A member’s bus was late. Mr. A member and a member waited.\nA member left in May."
    )
    assert passages([text], names) == ["Sam", "Cruz", "Samuel de la Cruz", "Samuel"]
    assert passages([offered], names) == []
    assert without_names("", names) == ""


def test_where_a_law_opens_meetings_the_committee_says_why_passages_are_left_out(
    meeting: Meeting, committee_chair: Member, administrator: Member, agency: Agency
) -> None:
    change_policy(
        OPEN_MEETINGS.code,
        value=True,
        since=agency.today(),
        reason="Our state’s law.",
        by=administrator,
    )
    with pytest.raises(ValidationError) as refused:
        prepare(meeting, committee_chair)
    assert list(refused.value.message_dict) == ["left_out"]
    step = prepare(meeting, committee_chair, left_out="Names of people are left out.")
    decides.agree(step, by=committee_chair)
    assert ApprovedMinutes.objects.within(agency).get().left_out == "Names of people are left out."


def test_the_same_text_leaves_nothing_out(
    meeting: Meeting, committee_chair: Member, administrator: Member, agency: Agency
) -> None:
    change_policy(
        OPEN_MEETINGS.code,
        value=True,
        since=agency.today(),
        reason="Our state’s law.",
        by=administrator,
    )
    step = prepare(meeting, committee_chair, open_text=WHOLE.replace("\n", "\r\n"), left_out="x")
    assert step.left_out == ""


def test_addenda_are_numbered_dated_and_read_again(
    approved: ApprovedMinutes, committee_chair: Member, consumer: Member, agency: Agency
) -> None:
    with pytest.raises(ValidationError, match="Read these passages again"):
        add_to_minutes(approved, text="Rosa came late.", by=consumer)
    with pytest.raises(ValidationError, match="correct or add"):
        add_to_minutes(approved, text="  ", by=consumer)
    add_to_minutes(approved, text="The room was the large one.", by=consumer)
    add_to_minutes(approved, text="It was 15 minutes.", by=committee_chair)
    rows = MinutesAddendum.objects.within(agency).order_by("number")
    assert [(row.number, row.written_by_id, row.written_on) for row in rows] == [
        (1, consumer.pk, agency.today()),
        (2, committee_chair.pk, agency.today()),
    ]


# Who may read what, under each charter.
READERS = ("committee_chair", "administrator", "consumer", "second_consumer", "manager", "payer")
WHO_READS: dict[str, tuple[dict[str, object], str]] = {
    "no charter": ({}, "WWW---"),
    "nobody else": ({"minutes_to_board": False, "minutes_to_program": False}, "WWW---"),
    "the board": ({"minutes_to_board": True, "minutes_to_program": False}, "WWWPP-"),
    "the program": ({"minutes_to_board": False, "minutes_to_program": True}, "WWWPPP"),
    "the public": (
        {"minutes_to_board": False, "minutes_to_program": False, "minutes_to_public": True},
        "WWWPPP",
    ),
}


@pytest.mark.parametrize("charter", WHO_READS)
def test_the_charter_in_force_says_who_reads_them(
    charter: str,
    approved: ApprovedMinutes,
    adopted: Adopted,
    payer: Member,
    request: pytest.FixtureRequest,
) -> None:
    """W: the whole minutes, P: what is published, -: nothing. Two of them sit on the board."""
    terms, expected = WHO_READS[charter]
    if terms:
        adopted(**terms)
    found = ""
    for who in READERS:
        reader = request.getfixturevalue(who)
        rights = rights_of(reader)
        assert readable(reader).exists() == rights.any
        found += "W" if rights.whole else "P" if rights.published else "-"
    assert found == expected


def test_who_has_left_reads_nothing(
    approved: ApprovedMinutes, adopted: Adopted, payer: Member, agency: Agency
) -> None:
    adopted(minutes_to_program=True)
    assert rights_of(payer).any
    payer.until = agency.today()
    assert payer.has_left
    assert not rights_of(payer).any


def test_they_wait_from_the_next_meeting_on_or_before_they_are_overdue(
    meeting: Meeting, committee: Group, committee_chair: Member, agency: Agency
) -> None:
    within = MINUTES_WITHIN.span(agency, agency.today())
    warned = meeting.on + within - MINUTES_WARNING.span(agency, agency.today())

    def waits(on: date) -> tuple[bool, bool]:
        found = to_prepare(agency, on).count(), overdue(agency, on).count()
        rows = Committee.objects.within(agency).annotate(**unapproved_days(agency, on))
        kept: Any = rows.get()  # Its types don't know what is annotated by name.
        days = UnapprovedDays(kept.minutes_all, kept.minutes_followed, kept.minutes_last)
        assert found == (days.to_prepare(agency, on), days.overdue(agency, on))
        return bool(found[0]), bool(found[1])

    assert waits(warned - DAY) == (False, False)
    assert waits(warned) == (True, False)
    assert waits(meeting.on + within) == (True, False)
    assert waits(meeting.on + within + DAY) == (True, True)
    following = plan_meeting(committee, starts_at=now() + DAY, by=committee_chair)
    assert waits(following.on - DAY) == (False, False)
    assert waits(following.on) == (True, False)
    prepare(meeting, committee_chair)
    assert waits(meeting.on + within + DAY) == (False, True), "it is prepared, and still late"


APPROVE = "UPDATE groups_meeting SET minutes_approved_on = \"on\" WHERE minutes <> ''"
PUBLISH = (
    "INSERT INTO oversight_approvedminutes (agency_id, meeting_id, step_id, open_text, left_out,"
    ' approved_on) SELECT t.agency_id, t.meeting_id, t.id, t.open_text, t.left_out, m."on"'
    " FROM oversight_committeestep t JOIN groups_meeting m ON m.id = t.meeting_id"
)
ADOPT = (
    "UPDATE groups_decision SET status = 'adopted', decided_on = opened_on"
    " WHERE subject_type = 'committee_step' AND status = 'open'"
)
ERASING = "SELECT set_config('cqi.erasing', 'on', true)"


@pytest.mark.promise("judging")
@pytest.mark.parametrize("written", [False, True])
def test_nothing_is_approved_or_published_by_sql_without_a_quorum(
    written: bool, meeting: Meeting, committee_chair: Member, agency: Agency
) -> None:
    """Not even once somebody has written that the decision is adopted, or plays erasing."""
    prepare(meeting, committee_chair)
    if written:
        run(ADOPT)
    for sql in (APPROVE, PUBLISH):
        with pytest.raises(Error):
            run(sql)
        with pytest.raises(Error):
            run(f"{ERASING}; {sql}")
    assert again(meeting).minutes_approved_on is None
    assert not ApprovedMinutes.objects.within(agency).exists()


ATTACKS = [
    "UPDATE groups_decision SET kept_inside = false WHERE id = {decision}",
    "UPDATE groups_decision SET text = 'All is well.' WHERE id = {decision}",
    "UPDATE groups_decision SET without_quorum = true WHERE id = {decision}",
    "UPDATE groups_position SET choice = 'object', reason = 'No.' WHERE decision_id = {decision}",
    "UPDATE groups_meeting SET minutes = 'All is well.' WHERE id = {meeting}",
    "UPDATE groups_meeting SET group_id = {board} WHERE id = {meeting}",
    "",
]


@pytest.mark.promise("judging")
@pytest.mark.parametrize("attack", ATTACKS)
def test_only_what_the_committee_agreed_to_as_it_stands_is_approved(
    attack: str,
    meeting: Meeting,
    board: Group,
    committee_chair: Member,
    consumer: Member,
    agency: Agency,
) -> None:
    step = prepare(meeting, committee_chair)
    assert step.decision is not None
    for member in (committee_chair, consumer):
        take_position(step.decision, member=member, choice=Choice.AGREE)
    run(ADOPT)
    if attack:
        run(attack.format(decision=step.decision_id, meeting=meeting.pk, board=board.pk))
        with pytest.raises(Error, match="only the committee approves"):
            run(APPROVE)
        return
    run(APPROVE)
    with pytest.raises(Error, match="only the committee publishes"):
        run(PUBLISH.replace("t.open_text, t.left_out, m", "'x', t.left_out, m"))
    run(PUBLISH)
    assert ApprovedMinutes.objects.within(agency).exists()


FIXED = [
    "UPDATE groups_meeting SET minutes = 'x'",
    "UPDATE groups_meeting SET minutes_approved_on = NULL",
    "UPDATE groups_meeting SET minutes_approved_on = minutes_approved_on + 1",
    "UPDATE groups_meeting SET status = 'planned'",
    'UPDATE groups_meeting SET "on" = "on" - 1',
    "DELETE FROM groups_meeting",
    "UPDATE oversight_approvedminutes SET open_text = 'x'",
    "UPDATE oversight_approvedminutes SET left_out = 'x'",
    "DELETE FROM oversight_approvedminutes",
    "TRUNCATE oversight_approvedminutes CASCADE",
    "UPDATE oversight_minutesaddendum SET text = 'x'",
    "UPDATE oversight_minutesaddendum SET written_on = written_on - 1",
    "DELETE FROM oversight_minutesaddendum",
    "UPDATE oversight_committeestep SET open_text = 'x'",
    "UPDATE oversight_committeestep SET left_out = 'x'",
    "UPDATE oversight_committeestep SET meeting_id = NULL",
]


@pytest.mark.promise("judging")
def test_what_was_approved_is_never_changed(
    approved: ApprovedMinutes, committee_chair: Member
) -> None:
    add_to_minutes(approved, text="The room was the large one.", by=committee_chair)
    for sql in FIXED:
        with pytest.raises(Error):
            run(sql)
    for sql in FIXED[:-3]:
        with pytest.raises(Error):
            run(f"{ERASING}; {sql}")
    run("UPDATE groups_meeting SET guests = 3, version = version + 1")
    assert again(approved.meeting).minutes == WHOLE


ADD = (
    "INSERT INTO oversight_minutesaddendum (agency_id, minutes_id, number, text, written_by_id,"
    " written_on) VALUES (%s, %s, %s, 'x', %s, %s)"
)


@pytest.mark.promise("judging")
def test_addenda_follow_one_another_and_are_written_by_voting_members(
    approved: ApprovedMinutes, committee_chair: Member, payer: Member, agency: Agency
) -> None:
    today = agency.today()
    for number, by, on in (
        (2, committee_chair, today),
        (1, payer, today),
        (1, committee_chair, today - DAY),
    ):
        with pytest.raises(Error):
            run(ADD, agency.pk, approved.pk, number, by.pk, on)
    run(ADD, agency.pk, approved.pk, 1, committee_chair.pk, today)
    with pytest.raises(Error):
        run(ADD, agency.pk, approved.pk, 1, committee_chair.pk, today)


@pytest.mark.promise("judging")
@pytest.mark.django_db(transaction=True)
def test_the_guard_is_what_stops_it(approved: ApprovedMinutes) -> None:
    """With the trigger out of the way, the same statement goes through."""
    trigger = "ALTER TABLE groups_meeting {} TRIGGER approved_minutes_are_fixed"
    with pytest.raises(Error):
        run(FIXED[0])
    with owner() as raw:
        raw.execute(trigger.format("DISABLE").encode())
    try:
        run(FIXED[0])
    finally:
        with owner() as raw:
            raw.execute(trigger.format("ENABLE").encode())
    assert again(approved.meeting).minutes == "x"
