"""Rules for special cases: decided on advice, read by everybody, kept as they were."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.models import Member
from compensation.special import actions
from compensation.special.models import SpecialCase, SpecialCaseRule
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from tests.accounts.answers import send
from tests.compensation.test_ledger import execute
from tests.conftest import Login, assert_budget

GIVEN = {
    "words": "Call us first.",
    "contact": "Ada, 555-0100",
    "decided_by": "The board",
    "advice": "A lawyer’s",
}


def decide(by: Member, on: date, **given: Any) -> SpecialCaseRule:
    return actions.decide(decided_on=on, by=by, **{"case": "no_number", **GIVEN, **given})


@pytest.mark.parametrize("case", SpecialCase.values)
def test_a_rule_is_written_down_and_everybody_reads_it(
    case: str, administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    page = at(agency, "compensation:special_cases")
    assert "Nothing is decided yet" in login(consumer).get(page).text
    url = at(agency, "compensation:decide_special_case", case=case)
    assert send(login(administrator), url, **GIVEN, decided_on=agency.today()).status_code == 302
    read = login(consumer).get(page).text
    assert "Call us first." in read
    assert "Ada, 555-0100" in read
    assert url not in read
    assert_budget(login(consumer), page)


def test_a_new_rule_ends_the_one_before_it_and_leaves_the_other_cases(
    administrator: Member, agency: Agency
) -> None:
    today = agency.today()
    first = decide(administrator, today - timedelta(days=9))
    other = decide(administrator, today, case="minor")
    decide(administrator, today, words="Another rule.")
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.until, other.until) == (today, None)
    holding = SpecialCaseRule.objects.within(agency).on(today).order_by("pk")
    assert [rule.words for rule in holding] == ["Call us first.", "Another rule."]


@pytest.mark.parametrize("empty", GIVEN)
def test_no_rule_lacks_a_part(empty: str, administrator: Member, agency: Agency) -> None:
    with pytest.raises(ValidationError) as refused:
        decide(administrator, agency.today(), **{empty: " "})
    assert [*refused.value.message_dict] == [empty]


def test_only_administrators_write_rules_down_and_only_of_days_that_came(
    administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    today = agency.today()
    with pytest.raises(Refused):
        decide(consumer, today)
    for case, status in (("no_number", 403), ("nothing", 403)):
        url = at(agency, "compensation:decide_special_case", case=case)
        assert login(consumer).get(url).status_code == status
    url = at(agency, "compensation:decide_special_case", case="nothing")
    assert login(administrator).get(url).status_code == 404
    decide(administrator, today)
    for wrong in (today + timedelta(days=1), today - timedelta(days=1)):
        with pytest.raises(ValidationError):
            decide(administrator, wrong)


def test_rules_stay_as_they_were_decided(administrator: Member, agency: Agency) -> None:
    decide(administrator, agency.today())
    for sql in (
        "UPDATE compensation_specialcaserule SET words = 'None.'",
        "UPDATE compensation_specialcaserule SET words = 'None.', until = since",
        "DELETE FROM compensation_specialcaserule",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            execute(sql)
    execute("UPDATE compensation_specialcaserule SET until = since")
    with pytest.raises(DatabaseError), transaction.atomic():
        execute("UPDATE compensation_specialcaserule SET until = NULL")
