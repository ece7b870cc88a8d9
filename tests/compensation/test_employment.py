"""How people are paid is decided, and on record, before a plan is in force."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.actions import enter_member, found_agency, make_user
from accounts.models import Member
from compensation.employment import actions, rules
from compensation.employment.models import EmploymentDecision, EmploymentKind
from compensation.employment.reading import holding
from compensation.plan import actions as planning
from compensation.plan import rules as plan_rules
from compensation.plan.models import PlanVersion
from devtools import ratified
from devtools.established import establish
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from tests.conftest import Login

DAY = timedelta(days=1)
GIVEN = {"kind": "contractor", "decided_by": "The board", "advice": "Our accountant’s"}


def decide(by: Member, on: date, **given: str) -> EmploymentDecision:
    return actions.decide(decided_on=on, by=by, **{**GIVEN, **given})


def draft(by: Member) -> PlanVersion:
    return planning.draft(
        text="We pay people for their time.",
        hourly_rate=Decimal(20),
        daily_cap=None,
        due_days=14,
        by=by,
    )


@pytest.fixture
def ada(db: None) -> Iterator[Member]:
    """The administrator of an agency that has decided nothing yet."""
    _, member = found_agency(
        slug="new",
        name="New Center",
        timezone="America/New_York",
        administrator="Ada New",
        email="ada@new.example",
        sandbox=True,
    )
    with tenancy.entering(member.agency):
        yield member


def refused(sql: str, *values: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_no_plan_is_in_force_before_it_is_decided(ada: Member) -> None:
    today, version = ada.agency.today(), draft(ada)
    for refusal in (
        plan_rules.putting_in_force(version, ada, on=today, in_force=None),
        rules.decided(ada, today),
    ):
        assert refusal is not None
        assert refusal.href == at(ada.agency, "compensation:decide_employment")
    establish(ada.agency)
    with pytest.raises(Refused):
        planning.adopt(ratified.ratify(version, by=ada), on=today, by=ada)
    decide(ada, today)
    assert planning.adopt(version, on=today, by=ada).since == today


def test_a_paper_is_not_confirmed_while_it_is_undecided(ada: Member) -> None:
    """It may have waited for its second person since before decisions were recorded."""
    today = ada.agency.today()
    paul = enter_member(by=ada, name="Paul", display_name="Paul", since=today)
    paper = {"paper_on": today, "paper_text": "Agreed.", "put_on": today}
    rows = PlanVersion.objects.within(ada.agency).filter(pk=draft(ada).pk)
    rows.update(put_by=ada, asked=paul, **paper)
    refusal = plan_rules.attesting(rows.get(), paul, on=today, in_force=None)
    assert refusal is not None
    assert not refusal.href, "whoever can't record it is led nowhere"
    with pytest.raises(Refused):
        planning.attest(rows.get(), by=paul)
    decide(ada, today)
    assert planning.attest(rows.get(), by=paul).since == today


def test_by_sql_no_plan_begins_before_it_is_decided(ada: Member) -> None:
    establish(ada.agency)
    today, version = ada.agency.today(), ratified.ratify(draft(ada), by=ada)
    begin = "UPDATE compensation_planversion SET since = %s WHERE id = %s"
    refused(begin, today, version.pk)
    copied = "agency_id, text, hourly_rate, drafted_by_id, drafted_at"
    refused(
        f"INSERT INTO compensation_planversion ({copied}, number, since) "  # noqa: S608
        f"SELECT {copied}, 2, %s FROM compensation_planversion",
        today,
    )
    decide(ada, today)
    with connection.cursor() as cursor:
        cursor.execute(begin, [today, version.pk])


def test_by_sql_a_plan_is_not_older_than_the_decision(ada: Member) -> None:
    establish(ada.agency)
    today, version = ada.agency.today(), draft(ada)
    decide(ada, today)
    refused("UPDATE compensation_planversion SET since = %s WHERE id = %s", today - DAY, version.pk)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'employee'",
        "words = 'x', kind = 'other'",
        "decided_by = 'Me'",
        "advice = 'None'",
        "decided_on = decided_on - 1",
        "until = decided_on - 1",
        "recorded_by_id = NULL",
    ],
)
def test_by_sql_a_decision_stays_as_it_was(ada: Member, change: str) -> None:
    found = decide(ada, ada.agency.today())
    refused(f"UPDATE compensation_employmentdecision SET {change} WHERE id = %s", found.pk)  # noqa: S608
    refused("DELETE FROM compensation_employmentdecision WHERE id = %s", found.pk)


def test_a_later_decision_ends_the_one_before_and_both_stay(ada: Member) -> None:
    today = ada.agency.today()
    first = decide(ada, today - 30 * DAY)
    second = decide(ada, today, kind="employee", advice="A labor lawyer")
    rows = EmploymentDecision.objects.within(ada.agency).order_by("pk")
    assert [(row.pk, row.until) for row in rows] == [(first.pk, today), (second.pk, None)]
    assert holding(ada.agency, today - DAY) == first
    assert holding(ada.agency, today) == second
    corrected = decide(ada, today)
    assert holding(ada.agency, today) == corrected
    told = Event.objects.within(ada.agency).filter(name="employment.decided").order_by("pk")
    assert [each.data for each in told] == [{"kind": row.kind} for row in rows.all()]
    refused("UPDATE compensation_employmentdecision SET until = NULL WHERE id = %s", first.pk)


@pytest.mark.parametrize(
    ("given", "days", "field"),
    [
        ({"kind": "friend"}, 0, "kind"),
        ({"kind": "other", "words": " "}, 0, "words"),
        ({"decided_by": " "}, 0, "decided_by"),
        ({"advice": ""}, 0, "advice"),
        ({}, 1, "decided_on"),
        ({}, -31, "decided_on"),
    ],
)
def test_what_is_missing_or_cannot_be_is_told(
    ada: Member, given: dict[str, str], days: int, field: str
) -> None:
    today = ada.agency.today()
    decide(ada, today - 30 * DAY)
    with pytest.raises(ValidationError) as raised:
        decide(ada, today + days * DAY, **given)
    assert list(raised.value.message_dict) == [field]


def test_words_belong_to_another_way_only(ada: Member) -> None:
    today = ada.agency.today()
    assert decide(ada, today, words="Vouchers").words == ""
    other = decide(ada, today, kind=EmploymentKind.OTHER, words="By a peer-run partner")
    assert other.meaning == "By a peer-run partner"


@pytest.mark.parametrize("person", ["consumer", "approver", "payer", "manager", "outsider"])
def test_only_administrators_of_the_agency_record_and_read_it(
    person: str, agency: Agency, login: Login, request: pytest.FixtureRequest
) -> None:
    member: Member = request.getfixturevalue(person)
    client = login(member)
    for name in ("employment", "decide_employment"):
        assert client.get(at(agency, f"compensation:{name}")).status_code in {403, 404}
    if member.agency_id == agency.pk:
        with pytest.raises(Refused):
            decide(member, agency.today())


def test_by_pages_it_comes_before_the_plan_and_stands_on_it(ada: Member, login: Login) -> None:
    agency, client = ada.agency, login(ada)
    url = at(agency, "compensation:decide_employment")
    plan = at(agency, "compensation:plan")
    assert url in client.get(plan).content.decode()
    empty = client.post(url, {"submission": str(uuid4())})
    assert (empty.status_code, "Error:" in empty.content.decode()) == (422, True)
    sent = {"submission": str(uuid4()), **GIVEN, "decided_on": str(agency.today())}
    assert client.post(url, sent).headers["Location"] == plan
    page = client.get(at(agency, "compensation:employment")).content.decode()
    assert "Our accountant’s" in page
    version = draft(ada)
    begun = at(agency, "compensation:plan_version", pk=version.pk)
    assert f'href="{begun}"' in client.get(plan).content.decode().split("All versions")[0]
    shown = client.get(begun).content.decode()
    assert "Usually, no taxes are taken out." in shown


def test_only_our_own_words_keep_their_column_wide(ada: Member, login: Login) -> None:
    """“As contractors” is read whole; somebody's own words may be one long word."""
    for given in ({}, {"kind": "other", "words": "x" * 90}):
        decide(ada, ada.agency.today(), **given)
    page = login(ada).get(at(ada.agency, "compensation:employment")).text
    assert re.findall(r'app-table__whole"[^>]*><span>(.*?)</span>', page) == ["As contractors"]


def test_everyone_reads_how_they_are_paid_but_not_who_advised(
    plan: PlanVersion, consumer: Member, login: Login
) -> None:
    page = login(consumer).get(at(consumer.agency, "compensation:plan")).content.decode()
    assert "Usually, no taxes are taken out." in page
    assert "Our accountant’s" not in page


def test_the_starter_text_knows_how_people_are_paid(ada: Member, login: Login) -> None:
    decide(ada, ada.agency.today())
    page = login(ada).get(at(ada.agency, "compensation:starter")).content.decode()
    assert "as independent contractors" in page


def test_a_draft_says_that_a_second_person_is_missing_and_where_to_invite_one(
    ada: Member, login: Login
) -> None:
    agency, today = ada.agency, ada.agency.today()
    decide(ada, today)
    version = draft(ada)
    url = at(agency, "compensation:plan_version", pk=version.pk)
    alone = login(ada).get(url).content.decode()
    assert f'href="{at(agency, "accounts:people")}">Go to people' in alone
    assert at(agency, "compensation:put_in_force", pk=version.pk) not in alone
    paul = enter_member(by=ada, name="Paul", display_name="Paul", since=today)
    paul.user = make_user(email="paul@new.example")
    paul.save(update_fields=["user"])
    together = login(ada).get(url).content.decode()
    assert at(agency, "compensation:put_in_force", pk=version.pk) in together
