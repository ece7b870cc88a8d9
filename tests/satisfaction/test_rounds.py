from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member, StandingKind
from devtools.seating import seat
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.actions import plan_meeting, record_attendance
from groups.models import Group
from notifications.models import Message
from notifications.waiting import waiting
from satisfaction import actions, codes, rules
from satisfaction.doors import code_for
from satisfaction.models import AnswerSide, SurveyCode, SurveyInvitation, SurveyRound
from satisfaction.policies import LEAST_OPEN, MOST_OPEN
from satisfaction.tasks import attend_to_round
from tests.satisfaction.conftest import Answering, Finishing, code_of, digest_of, open_now


def test_a_round_asks_everyone_who_took_part_and_keeps_nobodys_side(
    round_: SurveyRound, consumers: list[Member], consumer: Member, provider: Member
) -> None:
    invited = set(round_.invitations.values_list("member_id", flat=True))
    assert invited == {member.pk for member in consumers}


def test_staff_who_took_part_are_asked_like_everybody_else(
    agency: Agency, consumers: list[Member], staff: Member, facilitator: Member
) -> None:
    round_ = open_now(agency, facilitator)
    assert round_.invitations.filter(member=staff).exists()
    assert (round_.invited, round_.consumers_invited) == (8, 7)
    # Being asked, the code, the waiting item: none depends on the side.
    columns = {field.name for field in SurveyInvitation._meta.get_fields()}
    assert columns == {"id", "agency", "round", "member", "cleared"}
    waits = [
        [each.title for each in waiting(member, agency.today()) if "take part" in each.title]
        for member in (staff, consumers[0])
    ]
    assert waits[0] == waits[1]


def test_whoever_only_came_to_a_meeting_is_asked_too(
    agency: Agency,
    council: Group,
    consumers: list[Member],
    consumer: Member,
    administrator: Member,
    facilitator: Member,
    today: date,
) -> None:
    held = datetime.combine(today - timedelta(days=20), datetime.min.time(), tzinfo=agency.zone)
    meeting = plan_meeting(council, starts_at=held, by=administrator)
    record_attendance(meeting, present={consumer: Decimal(1)}, by=administrator)
    round_ = open_now(agency, facilitator)
    assert round_.invitations.filter(member=consumer).exists()


def test_a_seat_that_begins_on_the_day_of_the_opening_does_not_count(
    agency: Agency,
    council: Group,
    consumers: list[Member],
    consumer: Member,
    administrator: Member,
    facilitator: Member,
    today: date,
) -> None:
    seat(council, consumer, since=today, by=administrator)
    round_ = open_now(agency, facilitator)
    assert not round_.invitations.filter(member=consumer).exists()


def test_invitations_lie_in_no_order(
    agency: Agency,
    council: Group,
    enter: Callable[..., Member],
    administrator: Member,
    facilitator: Member,
    today: date,
) -> None:
    for number in range(12):
        member = enter(f"Person {number}", StandingKind.PRIMARY_CONSUMER)
        seat(council, member, since=today - timedelta(days=100), by=administrator)
    round_ = open_now(agency, facilitator)
    members = list(round_.invitations.order_by("pk").values_list("member_id", flat=True))
    assert members != sorted(members)


@pytest.mark.parametrize("days", [-1, 0, LEAST_OPEN.value - 1, MOST_OPEN.value + 1])
def test_a_closing_day_that_is_too_near_or_too_far_is_an_error(
    agency: Agency, consumers: list[Member], facilitator: Member, days: int
) -> None:
    with pytest.raises(ValidationError) as error:
        open_now(agency, facilitator, days=days)
    assert "closes" in error.value.message_dict


def test_nobody_to_ask_is_said(agency: Agency, facilitator: Member) -> None:
    with pytest.raises(ValidationError, match="taken part"):
        open_now(agency, facilitator)


def test_that_no_consumer_took_part_is_not_said(
    agency: Agency, staff: Member, facilitator: Member
) -> None:
    # Whether it opens would reveal the standing of a single participant.
    assert open_now(agency, facilitator).invited == 1


def test_one_round_is_open_at_a_time(
    agency: Agency, round_: SurveyRound, facilitator: Member, today: date
) -> None:
    with pytest.raises(Refused, match="open now"):
        open_now(agency, facilitator)
    with pytest.raises(IntegrityError, match="round_one_open"), transaction.atomic():
        SurveyRound.objects.within(agency).create(
            number=9,
            since=today - timedelta(days=90),
            until=today,
            opens=today,
            closes=today + timedelta(days=9),
            opened_by=facilitator,
            invited=1,
            consumers_invited=0,
        )


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("administrator", True),
        ("facilitator", True),
        ("consumer", False),
        ("provider", False),
        ("manager", False),
        ("committee_chair", False),
        ("approver", False),
    ],
)
def test_only_those_who_run_surveys_open_extend_remind_print_and_enter(
    request: pytest.FixtureRequest, round_: SurveyRound, today: date, who: str, may: bool
) -> None:
    member: Member = request.getfixturevalue(who)
    later = today + timedelta(days=6)
    refusals = [
        rules.opening(member, other_open=False),
        rules.extending(round_, member, today),
        rules.reminding(round_, member, later),
        rules.printing(round_, member, today),
        rules.entering_sheets(round_, member, today),
    ]
    assert [refusal is None for refusal in refusals] == [may] * 5


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("facilitator", True),
        ("administrator", True),
        ("committee_chair", True),
        ("consumer", False),
        ("provider", False),
        ("manager", False),
    ],
)
def test_comments_are_read_by_those_who_run_surveys_and_the_committee(
    request: pytest.FixtureRequest, who: str, may: bool
) -> None:
    assert (rules.reading_comments(request.getfixturevalue(who)) is None) == may


def test_the_survey_waits_for_those_asked_until_they_clear_it_whether_they_answered_or_not(
    round_: SurveyRound, consumers: list[Member], provider: Member, answer: Answering, today: date
) -> None:
    def waits(member: Member) -> list[date | None]:
        return [each.due for each in waiting(member, today) if "take part" in each.title]

    last = round_.closes - timedelta(days=1)
    assert not waits(provider)
    answer(round_, consumers[0])
    assert waits(consumers[0]) == waits(consumers[1]) == [last]
    for member in consumers[:2]:
        actions.clear(round_, member)
    assert waits(consumers[0]) == waits(consumers[1]) == []
    assert waits(consumers[2]) == [last]


def test_everyone_asked_has_a_message_and_a_reminder_goes_to_all(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    facilitator: Member,
    later: Callable[[int], None],
    today: date,
) -> None:
    messages = Message.objects.within(round_.agency)
    assert messages.filter(code="satisfaction.asked").count() == 7
    answer(round_, consumers[0])
    with pytest.raises(Refused, match="few days ago"):
        actions.remind(round_, by=facilitator)
    later(6)
    actions.clear(round_, consumers[1])
    assert actions.remind(round_, by=facilitator) == 7
    reminded = messages.filter(code="satisfaction.reminder")
    assert {*reminded.values_list("member_id", flat=True)} == {each.pk for each in consumers}


def test_the_job_reminds_before_the_end_and_closes_after_it(
    agency: Agency, round_: SurveyRound, consumers: list[Member], later: Callable[[int], None]
) -> None:
    attend_to_round(agency.pk, round_.pk)
    assert _again(round_).closed_on is None
    later(7)
    attend_to_round(agency.pk, round_.pk)
    attend_to_round(agency.pk, round_.pk)
    messages = Message.objects.within(agency).filter(code="satisfaction.reminder")
    assert messages.count() == 7
    later(7)
    attend_to_round(agency.pk, round_.pk)
    assert _again(round_).closed_on == round_.closes
    attend_to_round(agency.pk, round_.pk)


def test_closing_counts_by_what_people_said_and_its_event_tells_no_count(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    on_paper: Callable[..., None],
    finish: Finishing,
) -> None:
    for member in consumers[:5]:
        answer(round_, member)
    answer(round_, consumers[5], side=AnswerSide.UNSAID)
    on_paper(round_, 2)
    closed = finish(round_)
    assert (closed.answered, closed.on_paper) == (8, 2)
    assert (closed.consumers_answered, closed.consumers_on_paper) == (7, 2)
    event = Event.objects.within(round_.agency).get(name="survey.closed")
    assert event.data == {"number": 1}
    with pytest.raises(Refused, match="closed already"):
        actions.close_round(closed)


def test_nobody_closes_a_round_before_its_day(
    round_: SurveyRound, consumers: list[Member], answer: Answering, later: Callable[[int], None]
) -> None:
    for member in consumers:
        answer(round_, member)
    with pytest.raises(Refused, match="still to come"):
        actions.close_round(round_)
    later(13)
    with pytest.raises(Refused, match="still to come"):
        actions.close_round(round_)
    assert _again(round_).closed_on is None


def test_the_closing_day_is_put_off_and_never_brought_forward(
    round_: SurveyRound, facilitator: Member, provider: Member, finish: Finishing
) -> None:
    longest = round_.opens + MOST_OPEN.span
    for closes in (round_.closes, round_.closes - timedelta(days=1), longest + timedelta(days=1)):
        with pytest.raises(ValidationError) as error:
            actions.extend_round(round_, closes=closes, by=facilitator)
        assert "closes" in error.value.message_dict
    with pytest.raises(Refused):
        actions.extend_round(round_, closes=longest, by=provider)
    assert actions.extend_round(round_, closes=longest, by=facilitator).closes == longest
    with pytest.raises(Refused, match="closed"):
        actions.extend_round(finish(_again(round_)), closes=longest, by=facilitator)


def test_as_many_people_get_a_message_as_were_told_before(
    agency: Agency,
    consumers: list[Member],
    staff: Member,
    facilitator: Member,
    today: date,
) -> None:
    closes = today + timedelta(days=14)
    with pytest.raises(ValidationError, match="8 people by now"):
        actions.open_round(agency, by=facilitator, closes=closes, expected=7)
    assert not SurveyRound.objects.within(agency).exists()
    assert actions.open_round(agency, by=facilitator, closes=closes, expected=8).invited == 8


@pytest.fixture
def many(
    council: Group,
    enter: Callable[..., Member],
    administrator: Member,
    today: date,
) -> list[Member]:
    members = [enter(f"Person {number}", StandingKind.PROVIDER) for number in range(13)]
    for member in members:
        seat(council, member, since=today - timedelta(days=100), by=administrator)
    return members


def test_two_looks_at_an_open_round_differ_by_several_people_or_by_nobody(
    agency: Agency,
    many: list[Member],
    facilitator: Member,
    answer: Answering,
    later: Callable[[int], None],
) -> None:
    round_ = open_now(agency, facilitator)
    seen = []
    for member in many:
        answer(round_, member)
        before = _again(round_).reached
        attend_to_round(agency.pk, round_.pk)
        # Within a day nothing changes, however often one looks.
        assert _again(round_).reached == before
        later(1)
        attend_to_round(agency.pk, round_.pk)
        seen.append(_again(round_).reached)
    assert set(seen) == {0, 5}
    assert seen.index(5) == 4


def test_a_count_of_the_day_is_not_kept_with_a_time(
    agency: Agency, round_: SurveyRound, later: Callable[[int], None]
) -> None:
    kept = SurveyRound.history.model.objects
    before = kept.count()
    later(1)
    attend_to_round(agency.pk, round_.pk)
    assert _again(round_).reached_on == agency.today()
    assert kept.count() == before


def test_a_closed_round_must_be_counted(round_: SurveyRound, today: date) -> None:
    with (
        pytest.raises(IntegrityError, match="round_counted_when_closed"),
        transaction.atomic(),
    ):
        SurveyRound.objects.within(round_.agency).filter(pk=round_.pk).update(closed_on=today)


def test_sheets_lead_to_nobody_and_are_not_more_than_people_asked(
    round_: SurveyRound, facilitator: Member, provider: Member
) -> None:
    with pytest.raises(Refused):
        actions.print_sheets(round_, sheets=1, by=provider)
    drawn = actions.print_sheets(round_, sheets=4, by=facilitator)
    columns = {field.name for field in SurveyCode._meta.get_fields()}
    assert columns == {"id", "agency", "round", "digest", "printed", "spent"}
    own = {code_for(each) for each in round_.invitations.select_related("round")}
    assert not own & set(drawn)
    assert len(set(drawn)) == 4
    with pytest.raises(ValidationError) as error:
        actions.print_sheets(round_, sheets=4, by=facilitator)
    assert "sheets" in error.value.message_dict
    event = Event.objects.within(round_.agency).get(name="survey.sheets_printed")
    assert event.data == {"number": 1, "sheets": 4}


def test_only_codes_of_sheets_are_typed_in_by_staff(
    round_: SurveyRound, consumers: list[Member], facilitator: Member
) -> None:
    (code,) = actions.print_sheets(round_, sheets=1, by=facilitator)
    actions.check_sheet(round_, codes.digest(code))
    for digest in ("0" * 64, digest_of(round_, consumers[0])):
        with pytest.raises(ValidationError, match="know this code"):
            actions.check_sheet(round_, digest)


def test_a_code_is_kept_nowhere_and_is_the_same_each_time(
    round_: SurveyRound, consumers: list[Member]
) -> None:
    code = code_of(round_, consumers[0])
    assert len(code) == 12
    assert code == code_of(round_, consumers[0])
    rows = SurveyCode.objects.within(round_.agency).values_list("digest", flat=True)
    assert all(code not in digest for digest in rows)
    assert len(set(rows)) == 7


def _again(round_: SurveyRound) -> SurveyRound:
    return SurveyRound.objects.within(round_.agency).get(pk=round_.pk)
