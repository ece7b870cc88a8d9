from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member, StandingKind
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.actions import plan_meeting, record_attendance, seat
from groups.models import Group
from notifications.models import Message
from notifications.waiting import waiting
from satisfaction import actions, rules
from satisfaction.models import Audience, Side, SurveyInvitation, SurveyRound
from satisfaction.tasks import attend_to_round
from tests.satisfaction.conftest import Answering, code_of, invitation_of


def test_a_round_invites_every_consumer_who_took_part_and_nobody_else(
    round_: SurveyRound, consumers: list[Member], consumer: Member, provider: Member
) -> None:
    invited = set(round_.invitations.values_list("member_id", flat=True))
    assert invited == {member.pk for member in consumers}


def test_everyone_can_be_asked_in_two_classes(
    agency: Agency, consumers: list[Member], staff: Member, facilitator: Member, today: date
) -> None:
    round_ = actions.open_round(
        agency,
        by=facilitator,
        since=today - timedelta(days=180),
        until=today,
        closes=today + timedelta(days=14),
        audience=Audience.EVERYONE,
    )
    assert invitation_of(round_, staff).side == Side.OTHER
    assert round_.invitations.filter(side=Side.CONSUMER).count() == 7


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
    round_ = _open(agency, facilitator, today)
    assert round_.invitations.filter(member=consumer, side=Side.CONSUMER).exists()


def test_a_seat_that_begins_after_the_time_asked_about_does_not_count(
    agency: Agency,
    council: Group,
    consumers: list[Member],
    consumer: Member,
    administrator: Member,
    facilitator: Member,
    today: date,
) -> None:
    seat(council, consumer, since=today - timedelta(days=10), by=administrator)
    round_ = _open(agency, facilitator, today, until=today - timedelta(days=10))
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
    round_ = _open(agency, facilitator, today)
    members = list(round_.invitations.order_by("pk").values_list("member_id", flat=True))
    assert members != sorted(members)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": 1}, "until"),
        ({"since": -10}, "since"),
        ({"closes": 0}, "closes"),
        ({"closes": 91}, "closes"),
    ],
)
def test_dates_that_do_not_fit_are_errors_of_their_field(
    agency: Agency,
    consumers: list[Member],
    facilitator: Member,
    today: date,
    changes: dict[str, int],
    field: str,
) -> None:
    days = {"since": -180, "until": 0, "closes": 14, **changes}
    dates = {name: today + timedelta(days=number) for name, number in days.items()}
    with pytest.raises(ValidationError) as error:
        actions.open_round(agency, by=facilitator, **dates)  # type: ignore[arg-type]
    assert field in error.value.message_dict


def test_a_time_in_which_no_consumer_took_part_can_not_be_asked_about(
    agency: Agency, staff: Member, facilitator: Member, today: date
) -> None:
    with pytest.raises(ValidationError, match="took part"):
        _open(agency, facilitator, today)


def test_one_round_is_open_at_a_time(
    agency: Agency, round_: SurveyRound, facilitator: Member, today: date
) -> None:
    with pytest.raises(Refused, match="open now"):
        _open(agency, facilitator, today)
    with pytest.raises(IntegrityError, match="round_one_open"), transaction.atomic():
        SurveyRound.objects.within(agency).create(
            number=9,
            since=today - timedelta(days=90),
            until=today,
            opens=today,
            closes=today + timedelta(days=9),
            opened_by=facilitator,
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
def test_only_those_who_run_surveys_open_close_remind_print_and_enter(
    request: pytest.FixtureRequest, round_: SurveyRound, today: date, who: str, may: bool
) -> None:
    member: Member = request.getfixturevalue(who)
    later = today + timedelta(days=6)
    refusals = [
        rules.opening(member, other_open=False),
        rules.closing(round_, member, today),
        rules.reminding(round_, member, later),
        rules.printing(round_, member, today),
        rules.entering_for_someone(round_, member, today),
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


def test_the_survey_waits_for_those_asked_until_they_have_answered(
    round_: SurveyRound, consumers: list[Member], provider: Member, answer: Answering, today: date
) -> None:
    mine = [each for each in waiting(consumers[0], today) if "take part" in each.title]
    assert [each.due for each in mine] == [round_.closes - timedelta(days=1)]
    assert not [each for each in waiting(provider, today) if "take part" in each.title]
    answer(round_, consumers[0])
    assert not [each for each in waiting(consumers[0], today) if "take part" in each.title]


def test_everyone_asked_has_a_message_and_a_reminder_goes_to_the_rest_only(
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
    assert actions.remind(round_, by=facilitator) == 6
    reminded = messages.filter(code="satisfaction.reminder")
    assert consumers[0].pk not in reminded.values_list("member_id", flat=True)


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


def test_closing_counts_and_tells_it_with_numbers_only(
    round_: SurveyRound, consumers: list[Member], answer: Answering, facilitator: Member
) -> None:
    for member in consumers[:5]:
        answer(round_, member)
    closed = actions.close_round(round_, by=facilitator)
    assert (closed.invited, closed.answered) == (7, 5)
    assert (closed.consumers_invited, closed.consumers_answered) == (7, 5)
    event = Event.objects.within(round_.agency).get(name="survey.closed")
    assert event.data == {"number": 1, "invited": 7, "answered": 5}
    with pytest.raises(Refused, match="closed already"):
        actions.close_round(round_, by=facilitator)


def test_a_closed_round_must_be_counted(round_: SurveyRound, today: date) -> None:
    with (
        pytest.raises(IntegrityError, match="round_counted_when_closed"),
        transaction.atomic(),
    ):
        SurveyRound.objects.within(round_.agency).filter(pk=round_.pk).update(closed_on=today)


def test_what_is_typed_from_paper_names_who_typed_and_nothing_of_the_answers(
    round_: SurveyRound, consumers: list[Member], facilitator: Member, provider: Member
) -> None:
    digest = invitation_of(round_, consumers[0]).digest
    with pytest.raises(Refused):
        actions.enter_for_someone(round_, digest, by=provider)
    actions.enter_for_someone(round_, digest, by=facilitator)
    invitation = invitation_of(round_, consumers[0])
    assert invitation.entered_by == facilitator
    assert not invitation.spent
    with pytest.raises(ValidationError, match="know this code"):
        actions.enter_for_someone(round_, "0" * 64, by=facilitator)


def test_a_code_is_kept_nowhere_and_is_the_same_each_time(
    round_: SurveyRound, consumers: list[Member]
) -> None:
    code = code_of(round_, consumers[0])
    assert len(code) == 12
    assert code == code_of(round_, consumers[0])
    rows = SurveyInvitation.objects.within(round_.agency).values_list("digest", flat=True)
    assert all(code not in digest for digest in rows)
    assert len(set(rows)) == 7


def _open(agency: Agency, by: Member, today: date, *, until: date | None = None) -> SurveyRound:
    return actions.open_round(
        agency,
        by=by,
        since=today - timedelta(days=180),
        until=until or today,
        closes=today + timedelta(days=14),
    )


def _again(round_: SurveyRound) -> SurveyRound:
    return SurveyRound.objects.within(round_.agency).get(pk=round_.pk)
