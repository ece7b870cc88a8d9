"""What each kind of work is paid: rules of a version, and what taking part earns by them."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Member, StandingKind
from compensation.claims.models import Claim, ClaimStatus
from compensation.claims.words import cut, done
from compensation.offers.actions import offer_for_line
from compensation.plan import actions, rules
from compensation.plan.models import PlanVersion, RateBasis, RateRule, WorkKind
from devtools import ratified
from devtools.seating import seat
from devtools.states import state
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import open_group, plan_meeting, record_attendance, void_attendance
from groups.models import Attendance, Group, GroupKind, Meeting, Office
from tests.conftest import Enter, Login

HOUR, SESSION, DAY = RateBasis.HOUR, RateBasis.SESSION, RateBasis.DAY
RATES = {
    WorkKind.DIALOGUE: (Decimal(30), SESSION),
    WorkKind.CO_FACILITATION: (Decimal(40), HOUR),
}
type Given = Mapping[WorkKind, actions.RateGiven]


def written(
    by: Member, rates: Given = RATES, *, cap: Decimal | None = None, text: str = "We pay."
) -> PlanVersion:
    return actions.draft(
        text=text,
        hourly_rate=Decimal(20),
        daily_cap=cap,
        due_days=14,
        rates=rates,
        by=by,
    )


def in_force(by: Member, rates: Given = RATES, *, cap: Decimal | None = None) -> PlanVersion:
    return ratified.adopt(written(by, rates, cap=cap), on=by.agency.today(), by=by)


@state
def dialogue(established: None, agency: Agency, administrator: Member) -> Group:
    return open_group(
        agency, kind=GroupKind.DIALOGUE, name="Talk", by=administrator, on=agency.today()
    )


@state
def session(dialogue: Group, administrator: Member) -> Meeting:
    return plan_meeting(dialogue, starts_at=timezone.now(), by=administrator)


def came(meeting: Meeting, by: Member, hours: str, *members: Member) -> list[Attendance]:
    return record_attendance(meeting, present=dict.fromkeys(members, Decimal(hours)), by=by)


def line(member: Member) -> Claim:
    claims = Claim.objects.within(member.agency).select_related("rule", "plan")
    return claims.get(member=member)


def sql(text: str, *values: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


def test_a_session_pays_who_takes_part_and_who_facilitates_by_their_own_rules(
    session: Meeting, dialogue: Group, administrator: Member, provider: Member, enter: Enter
) -> None:
    in_force(administrator)
    rosa = enter("Rosa", StandingKind.PRIMARY_CONSUMER)
    luis = enter("Luis", StandingKind.PRIMARY_CONSUMER)
    today = administrator.agency.today()
    seat(dialogue, luis, office=Office.CO_FACILITATOR, since=today, by=administrator)
    came(session, administrator, "1.50", rosa, luis, provider)
    assert (line(rosa).amount, line(luis).amount) == (Decimal(30), Decimal(60))
    assert not Claim.objects.within(administrator.agency).filter(member=provider).exists()
    assert "dialogue session" in done(line(rosa))
    assert "1.50 hours" in done(line(luis))


def test_without_a_rule_a_session_is_paid_like_a_meeting(
    session: Meeting, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, {})
    came(session, administrator, "1.50", consumer)
    assert (line(consumer).amount, line(consumer).rule) == (Decimal(30), None)


def test_a_correction_and_a_void_follow_the_rule_of_the_line(
    session: Meeting, administrator: Member, consumer: Member
) -> None:
    in_force(administrator)
    (attendance,) = came(session, administrator, "1", consumer)
    came(session, administrator, "3", consumer)
    assert (line(consumer).hours, line(consumer).amount) == (Decimal(3), Decimal(30))
    void_attendance(attendance, reason="Wrong box", by=administrator)
    assert line(consumer).status == ClaimStatus.NOTHING


def test_by_the_day_a_second_session_of_the_day_pays_nothing_until_the_first_is_voided(
    session: Meeting, dialogue: Group, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, {WorkKind.DIALOGUE: (Decimal(25), DAY)})
    (first,) = came(session, administrator, "1", consumer)
    again = plan_meeting(dialogue, starts_at=timezone.now(), by=administrator)
    (second,) = came(again, administrator, "1", consumer)
    claims = Claim.objects.within(administrator.agency)
    assert claims.get(attendance=second).amount == 0
    void_attendance(first, reason="Wrong box", by=administrator)
    assert claims.get(attendance=second).amount == Decimal(25)


def test_what_the_cap_cut_is_said(
    session: Meeting, administrator: Member, consumer: Member
) -> None:
    in_force(administrator, cap=Decimal(20))
    came(session, administrator, "1", consumer)
    assert "$20.00 a day" in cut(line(consumer))
    assert "$30.00" in cut(line(consumer))


def test_rules_stay_as_people_decide_on_them_also_by_sql(administrator: Member) -> None:
    draft = written(administrator)
    # As a draft it may still change.
    sql("UPDATE compensation_raterule SET amount = 31 WHERE work = 'dialogue'")
    ratified.ratify(draft, by=administrator)
    for attack in (
        "UPDATE compensation_raterule SET amount = 1",
        "UPDATE compensation_raterule SET amount = NULL",
        "UPDATE compensation_raterule SET basis = 'day'",
        "UPDATE compensation_raterule SET work = 'meeting'",
        "DELETE FROM compensation_raterule",
    ):
        with pytest.raises(DatabaseError):
            sql(attack)
    with pytest.raises(DatabaseError), transaction.atomic():
        RateRule.objects.within(administrator.agency).create(
            plan=draft, work="other", basis=HOUR, amount=1
        )
    with pytest.raises(Refused):
        actions.edit(
            draft,
            text="",
            hourly_rate=Decimal(1),
            daily_cap=None,
            due_days=1,
            seen=1,
            by=administrator,
        )


def test_what_the_committee_read_stays_even_unlinked_from_its_decision(
    administrator: Member,
) -> None:
    draft = ratified.ratify(written(administrator), by=administrator)
    with pytest.raises(DatabaseError):
        sql("UPDATE compensation_planversion SET ratification_id = NULL WHERE id = %s", draft.pk)
    undecided = written(administrator, text="Other.")
    decision = ratified.ratify(written(administrator), by=administrator).ratification
    assert decision is not None
    sql("UPDATE groups_decision SET subject_id = %s WHERE id = %s", undecided.pk, decision.pk)
    with pytest.raises(DatabaseError):
        sql("UPDATE compensation_raterule SET amount = 1 WHERE plan_id = %s", undecided.pk)
    assert rules.editing_plan(undecided, administrator) is not None


@pytest.mark.parametrize(
    ("rates", "less"),
    [
        (RATES, False),
        ({**RATES, WorkKind.DIALOGUE: (Decimal(31), SESSION)}, False),
        ({**RATES, WorkKind.DIALOGUE: (Decimal(29), SESSION)}, True),
        # By the hour it may be more or less.
        ({**RATES, WorkKind.DIALOGUE: (Decimal(90), HOUR)}, True),
        ({WorkKind.DIALOGUE: RATES[WorkKind.DIALOGUE]}, True),
        ({}, True),
    ],
)
def test_a_version_pays_less_if_any_kind_of_work_does_here_and_in_the_database(
    administrator: Member, rates: Given, less: bool
) -> None:
    before, after = written(administrator), written(administrator, rates)
    assert rules.pays_less(after, before) is less
    with connection.cursor() as cursor:
        cursor.execute("SELECT compensation_rates_are_less(%s, %s)", [after.pk, before.pk])
        assert cursor.fetchone() == (less,)


def test_a_line_is_at_the_amount_of_its_rule_also_by_sql(
    session: Meeting, administrator: Member, consumer: Member
) -> None:
    in_force(administrator)
    came(session, administrator, "1", consumer)
    for attack in ("amount = 31", "rate = 31", "rule_id = NULL"):
        with pytest.raises(DatabaseError):
            sql(f"UPDATE compensation_claim SET {attack}")  # noqa: S608


def test_the_draft_is_written_in_one_table_and_told_with_its_differences(
    established: None, agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    in_force(administrator, {})
    client = login(administrator)
    page = client.get(at(agency, "compensation:draft"))
    form = {
        "text": "We pay more.",
        "hourly_rate": "20",
        "daily_cap": "",
        "due_days": "14",
        "version": "1",
        "pays_dialogue": "30",
        "basis_dialogue": "session",
        "pays_co_facilitation": "",
        "basis_co_facilitation": "hour",
        "submission": page.context["form"]["submission"].value(),
    }
    answer = client.post(at(agency, "compensation:draft"), form, follow=True)
    assert "Dialogue sessions: $30.00 each time (before: Paid like meetings)." in answer.text
    version = PlanVersion.objects.within(agency).get(text="We pay more.")
    rule = RateRule.objects.within(agency).get(plan=version)
    assert (rule.work, rule.amount, rule.basis) == ("dialogue", Decimal(30), "session")
    edit = at(agency, "compensation:edit", pk=version.pk)
    page = client.get(edit)
    assert page.context["form"]["pays_dialogue"].value() == "30.00"
    form |= {"pays_dialogue": "", "submission": page.context["form"]["submission"].value()}
    client.post(edit, form)
    rule.refresh_from_db()
    assert rule.amount is None
    assert "Paid like meetings" in client.get(at(agency, "compensation:plan")).text


def test_whoever_is_offered_pay_reads_all_rates(
    established: None, administrator: Member, consumer: Member, login: Login
) -> None:
    in_force(administrator)
    offer_for_line(consumer, on=administrator.agency.today())
    text = login(consumer).get(at(consumer.agency, "compensation:choose")).text
    assert "Dialogue sessions: $30.00 each time" in text
