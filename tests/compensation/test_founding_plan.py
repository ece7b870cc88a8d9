"""A provisional plan of the founding: two people put it in force, and it ends with the founding."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Member
from compensation.claims.models import Claim
from compensation.offers.models import Offer
from compensation.plan import actions, rules
from compensation.plan.models import PlanVersion
from compensation.plan.reading import end_of, in_force
from compensation.plan.waiting import _ends, _lapsed, _papers
from devtools import ratified
from devtools.seating import seat
from foundation import founding
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import (
    close_decision,
    open_group,
    plan_meeting,
    record_attendance,
    take_position,
)
from groups.models import Choice, Group, GroupKind, Office
from indicators.actions import change_policy
from tests.conftest import Login
from tests.days import days_on

DAY = timedelta(days=1)
SPAN = 120


def draft(by: Member, rate: str = "20.00", cap: str | None = "100.00") -> PlanVersion:
    return actions.draft(
        text="We pay people for the time they give.",
        hourly_rate=Decimal(rate),
        daily_cap=None if cap is None else Decimal(cap),
        due_days=14,
        by=by,
    )


def put(version: PlanVersion, by: Member, asked: Member) -> PlanVersion:
    return actions.put_in_force(
        version, on=by.agency.today(), text="The board agreed.", asked=asked, by=by
    )


def founded(by: Member, asked: Member, rate: str = "20.00") -> PlanVersion:
    return actions.attest(put(draft(by, rate), by, asked), by=asked)


def on_day(number: int) -> time_machine.travel:
    """The day of the founding, counted from 1 (agencies of tests begin now)."""
    return time_machine.travel(days_on(number - 1))


@pytest.fixture
def committee(agency: Agency, administrator: Member, committee_chair: Member) -> Group:
    today = agency.today()
    group = open_group(
        agency, kind=GroupKind.COMMITTEE, name="Committee", by=administrator, on=today
    )
    seat(group, committee_chair, office=Office.CHAIR, since=today, by=administrator)
    return group


def ratify(version: PlanVersion, by: Member, consumer: Member) -> PlanVersion:
    decision = actions.seek_ratification(version, by=by)
    take_position(decision, member=consumer, choice=Choice.AGREE)
    close_decision(decision, by=consumer, outcome="Fair.", review_on=None)
    version.refresh_from_db()
    return version


def test_it_is_in_force_once_a_second_person_confirms_it_and_ends_with_the_founding(
    agency: Agency, administrator: Member, provider: Member
) -> None:
    version = put(draft(administrator), administrator, provider)
    assert version.waiting
    assert in_force(agency, agency.today()) is None
    version = actions.attest(version, by=provider)
    assert in_force(agency, agency.today()) == version
    last = founding.last_day(agency)
    assert last == agency.today() + (SPAN - 1) * DAY
    assert version.holds(last)
    assert not version.holds(last + DAY)


@pytest.mark.parametrize(
    ("who", "may_put", "may_attest"),
    [
        ("administrator", True, False),
        ("provider", False, True),
        ("consumer", False, False),
        ("facilitator", False, False),
        ("committee_chair", False, False),
        ("manager", False, False),
    ],
)
def test_who_puts_it_in_force_and_who_confirms_it(
    request: pytest.FixtureRequest,
    agency: Agency,
    administrator: Member,
    provider: Member,
    who: str,
    may_put: bool,
    may_attest: bool,
) -> None:
    member: Member = request.getfixturevalue(who)
    version, today = draft(administrator), agency.today()
    putting = rules.putting_in_force(version, member, on=today, in_force=None)
    assert (putting is None) == may_put
    version = put(version, administrator, provider)
    assert (rules.attesting(version, member, on=today, in_force=None) is None) == may_attest
    assert (rules.answering_paper(version, member) is None) == may_attest


def test_nobody_confirms_their_own_paper(administrator: Member) -> None:
    with pytest.raises(ValidationError):
        put(draft(administrator), administrator, administrator)


def test_an_administrator_alone_adopts_nothing_during_the_founding(
    agency: Agency, administrator: Member, committee: Group, committee_chair: Member
) -> None:
    version = draft(administrator)
    with pytest.raises(Refused):
        actions.adopt(version, on=agency.today(), by=administrator)
    version = ratify(version, administrator, committee_chair)
    assert actions.adopt(version, on=agency.today(), by=administrator).until is None


@pytest.mark.parametrize(("day", "allowed"), [(1, True), (SPAN, True), (SPAN + 1, False)])
def test_there_is_none_after_the_founding(
    administrator: Member, provider: Member, day: int, allowed: bool
) -> None:
    waiting = put(draft(administrator), administrator, provider)
    with on_day(day):
        if allowed:
            actions.attest(waiting, by=provider)
        else:
            with pytest.raises(Refused):
                actions.attest(waiting, by=provider)
            with pytest.raises(Refused):
                put(draft(administrator), administrator, provider)


def test_who_says_no_leaves_a_draft(
    agency: Agency, administrator: Member, provider: Member
) -> None:
    version = actions.deny(put(draft(administrator), administrator, provider), by=provider)
    assert not version.waiting
    with pytest.raises(Refused):
        actions.attest(version, by=provider)
    assert rules.editing_plan(version, administrator) is None


@pytest.mark.parametrize(
    ("rate", "cap", "allowed"),
    [
        ("20.00", "100.00", True),
        ("25.00", "120.00", True),
        ("25.00", None, True),
        ("19.99", "100.00", False),
        ("30.00", "99.00", False),
    ],
)
def test_it_is_raised_and_never_cut(
    agency: Agency,
    administrator: Member,
    provider: Member,
    rate: str,
    cap: str | None,
    allowed: bool,
) -> None:
    first = founded(administrator, provider)
    version = draft(administrator, rate, cap)
    if not allowed:
        with pytest.raises(Refused):
            put(version, administrator, provider)
        return
    actions.attest(put(version, administrator, provider), by=provider)
    first.refresh_from_db()
    assert first.until == agency.today()


def test_a_plan_that_was_ratified_is_followed_by_a_ratified_one_only(
    administrator: Member, provider: Member, committee: Group, committee_chair: Member
) -> None:
    ratify(founded(administrator, provider), administrator, committee_chair)
    with pytest.raises(Refused):
        put(draft(administrator, "30.00"), administrator, provider)


def test_the_consumers_of_the_committee_make_it_last(
    agency: Agency,
    administrator: Member,
    provider: Member,
    committee: Group,
    committee_chair: Member,
) -> None:
    version = founded(administrator, provider)
    assert end_of(version, agency.today()) is not None
    version = ratify(version, administrator, committee_chair)
    assert version.until is None
    assert end_of(version, agency.today()) is None
    assert version.holds(agency.today() + 400 * DAY)


def test_service_given_before_it_ended_is_paid_at_its_rate(
    agency: Agency, administrator: Member, provider: Member, consumer: Member
) -> None:
    council = open_group(
        agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=agency.today()
    )
    seat(council, consumer, since=agency.today(), by=administrator)
    founded(administrator, provider)
    assert Offer.objects.within(agency).filter(member=consumer).exists()
    with on_day(SPAN):
        evening = timezone.now()
    with on_day(SPAN + 3):
        late = plan_meeting(council, starts_at=evening, by=administrator)
        record_attendance(late, present={consumer: Decimal(2)}, by=administrator)
        after = plan_meeting(council, starts_at=timezone.now(), by=administrator)
        record_attendance(after, present={consumer: Decimal(2)}, by=administrator)
    (claim,) = Claim.objects.within(agency).filter(member=consumer)
    assert (claim.amount, claim.rate) == (Decimal("40.00"), Decimal("20.00"))


def test_a_lower_rate_never_begins_on_the_day_itself(
    agency: Agency,
    administrator: Member,
    provider: Member,
    committee: Group,
    committee_chair: Member,
) -> None:
    founded(administrator, provider)
    lower = ratify(draft(administrator, "15.00"), administrator, committee_chair)
    with pytest.raises(ValidationError):
        actions.adopt(lower, on=agency.today(), by=administrator)
    actions.adopt(lower, on=agency.today() + DAY, by=administrator)


@pytest.mark.parametrize(("day", "soon"), [(89, False), (90, True), (SPAN, True)])
def test_from_day_90_on_whoever_can_do_something_is_told(
    agency: Agency,
    administrator: Member,
    provider: Member,
    committee: Group,
    committee_chair: Member,
    day: int,
    soon: bool,
) -> None:
    version = founded(administrator, provider)
    with on_day(day):
        today = agency.today()
        end = end_of(version, today)
        assert end is not None
        assert end.soon is soon
        assert _waits(_ends, administrator, today) is soon
        assert _waits(_ends, committee_chair, today) is False
        actions.seek_ratification(version, by=administrator)
        assert _waits(_ends, administrator, today) is False


@pytest.mark.parametrize(("day", "told"), [(SPAN, False), (SPAN + 1, True)])
def test_once_it_ended_administrators_are_told_that_no_plan_is_in_force(
    agency: Agency,
    administrator: Member,
    provider: Member,
    login: Login,
    day: int,
    told: bool,
) -> None:
    founded(administrator, provider)
    founded(administrator, provider, "30.00")
    with on_day(day):
        rows = _lapsed(administrator, agency.today())
        assert rows is not None
        assert rows.queryset.count() == int(told)
        assert _waits(_lapsed, provider, agency.today()) is False
        page = login(provider).get(at(agency, "compensation:plan")).text
        assert ("No payment plan is in force" in page) is told
        if told:
            later = draft(administrator)
            ratified.adopt(later, on=agency.today(), by=administrator)
            assert _waits(_lapsed, administrator, agency.today()) is False


def _waits(rows: Callable[..., object], member: Member, on: date) -> bool:
    found = rows(member, on)
    return found is not None and found.queryset.exists()  # type: ignore[attr-defined]


def test_the_second_person_has_a_waiting_item_until_they_answer(
    agency: Agency, administrator: Member, provider: Member
) -> None:
    version, today = put(draft(administrator), administrator, provider), agency.today()
    assert _waits(_papers, provider, today)
    actions.attest(version, by=provider)
    assert not _waits(_papers, provider, today)


def test_a_setting_that_is_changed_later_makes_the_founding_no_longer(
    agency: Agency, administrator: Member
) -> None:
    before = founding.last_day(agency)
    with on_day(5):
        change_policy(
            "groups.founding", value=60, since=agency.today(), reason="Shorter.", by=administrator
        )
        assert founding.last_day(agency) == before


@pytest.mark.parametrize(
    "sent", [{}, {"on": "2999-01-01"}, {"asked": "0"}, {"text": "   "}], ids=str
)
def test_bad_input_is_told_and_asks_nobody(
    agency: Agency,
    administrator: Member,
    provider: Member,
    login: Login,
    sent: dict[str, str],
) -> None:
    version = draft(administrator)
    good = {"on": str(agency.today()), "text": "The board agreed.", "asked": str(provider.pk)}
    data = {"submission": str(uuid4()), **(good if sent else {}), **sent}
    answer = login(administrator).post(at(agency, "compensation:put_in_force", pk=version.pk), data)
    assert answer.status_code == 422
    version.refresh_from_db()
    assert not version.waiting


def test_the_last_day_on_the_page_is_the_last_day_it_is_in_force(
    agency: Agency, administrator: Member, provider: Member
) -> None:
    version = founded(administrator, provider)
    assert version.last_day == founding.last_day(agency)
    actions.attest(put(draft(administrator, "30.00"), administrator, provider), by=provider)
    version.refresh_from_db()
    assert version.last_day == version.since


# Attacks by the serving login, past rules and actions.


def refused(sql: str, *values: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


PUT = "UPDATE compensation_planversion SET "


def test_by_sql_nothing_is_in_force_without_a_paper_of_two_people(
    agency: Agency, administrator: Member, provider: Member
) -> None:
    version, today = draft(administrator), agency.today()
    whole = "paper_on = %s, paper_text = 'x', put_by_id = %s, put_on = %s, asked_id = %s"
    paper = (today, administrator.pk, today, provider.pk)
    last = founding.last_day(agency) + DAY
    for sql, values in [
        ("since = %s", (today,)),
        ("since = %s, until = %s", (today, last)),
        ("since = %s, until = %s, attested_on = %s", (today, last, today)),
        # Entered and confirmed in one stroke.
        (f"{whole}, since = %s, until = %s, attested_on = %s", (*paper, today, last, today)),
        # One person for both.
        (whole, (today, administrator.pk, today, administrator.pk)),
        ("ratified_on = %s", (today,)),
    ]:
        refused(f"{PUT}{sql} WHERE id = %s", *values, version.pk)


@pytest.mark.parametrize(
    ("since", "until"),
    [(-3, SPAN), (0, SPAN + 1), (0, None), (SPAN, SPAN + 30)],
    ids=["backdated", "longer", "for ever", "after the founding"],
)
def test_by_sql_it_is_neither_backdated_nor_longer_than_the_founding(
    agency: Agency, administrator: Member, provider: Member, since: int, until: int | None
) -> None:
    version, today = put(draft(administrator), administrator, provider), agency.today()
    begins = today + since * DAY
    refused(
        f"{PUT}since = %s, attested_on = %s, until = %s WHERE id = %s",
        begins,
        begins,
        None if until is None else today + until * DAY,
        version.pk,
    )


@pytest.mark.parametrize(
    "change",
    [
        "hourly_rate = 1",
        "daily_cap = 1",
        "due_days = 90",
        "text = 'Other.'",
        "since = since - 1",
        "until = since - 1",
        "until = until + 1",
        "until = NULL",
        "until = NULL, ratified_on = since",
        "attested_on = NULL, paper_on = NULL, paper_text = '', put_by_id = NULL, put_on = NULL,"
        " asked_id = NULL",
    ],
)
def test_by_sql_a_plan_in_force_is_neither_cut_nor_stretched(
    administrator: Member, provider: Member, change: str
) -> None:
    version = founded(administrator, provider)
    refused(f"{PUT}{change} WHERE id = %s", version.pk)
    refused("DELETE FROM compensation_planversion WHERE id = %s", version.pk)


def test_by_sql_a_second_one_neither_runs_beside_it_nor_pays_less(
    agency: Agency, administrator: Member, provider: Member
) -> None:
    first = founded(administrator, provider)
    second = put(draft(administrator, "20.00"), administrator, provider)
    today = agency.today()
    begin = f"{PUT}since = %s, attested_on = %s, until = %s WHERE id = %s"
    refused(begin, today, today, first.until, second.pk)
    # After the first was made to end today, it may still not pay less.
    with connection.cursor() as cursor:
        cursor.execute(f"{PUT}hourly_rate = 5 WHERE id = %s", [second.pk])
        cursor.execute(f"{PUT}until = %s WHERE id = %s", [today, first.pk])
    refused(begin, today, today, first.until, second.pk)


def test_by_sql_an_agency_does_not_begin_later(agency: Agency) -> None:
    refused(
        "UPDATE foundation_agency SET opened = opened + interval '90 days' WHERE id = %s",
        agency.pk,
    )


def test_the_guards_numbers_are_those_of_the_policy(db: None) -> None:
    """The longest founding stands in the database too, as a last wall."""
    assert founding.FOUNDING.bounds[1] == SPAN
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [FUNCTION])
        ((source,),) = cursor.fetchall()
    assert f"least({SPAN}," in source


FUNCTION = "compensation_plan_keeps_its_word"
