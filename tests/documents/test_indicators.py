from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member, StandingKind
from documents import actions
from documents.models import DocumentKind, Rating, Version
from foundation.models import Agency
from indicators.registry import Criterion, Indicator, Outcome, Verdict, find
from notifications.waiting import waiting
from tests.documents.conftest import Adopt, Put, Rate

DAY = timedelta(days=1)


def indicator(code: str) -> Indicator:
    found = find(code)
    assert found is not None
    return found


def judged(
    agency: Agency, code: str, on: date | None = None, indicator_code: str = "mission"
) -> Outcome:
    found = indicator(indicator_code)
    settings = {agency.pk: found.defaults()}
    return found.criterion(code).evaluate([agency.pk], on or agency.today(), settings)[agency.pk]


def says(agency: Agency, code: str, indicator_code: str = "mission") -> tuple[Verdict, str]:
    outcome = judged(agency, code, indicator_code=indicator_code)
    return outcome.verdict, outcome.message


def test_from_nothing_to_adopted(
    agency: Agency, put: Put, adopt: Adopt, administrator: Member
) -> None:
    assert says(agency, "adopted") == (Verdict.NO_DATA, "nothing")
    version = put()
    assert says(agency, "adopted") == (Verdict.FAIL, "not_adopted")
    adopt(version)
    assert says(agency, "adopted") == (Verdict.PASS, "adopted")
    # A newer draft takes nothing away.
    actions.draft(DocumentKind.MISSION, text="Newer.", by=administrator)
    assert says(agency, "adopted") == (Verdict.PASS, "adopted")


@pytest.mark.parametrize(
    ("raters", "verdict"),
    [
        ((), Verdict.FAIL),
        (("consumer",), Verdict.FAIL),
        (("provider",), Verdict.FAIL),
        (("provider", "manager"), Verdict.FAIL),
        (("consumer", "provider"), Verdict.PASS),
        (("consumer", "manager"), Verdict.PASS),
        (("consumer", "payer"), Verdict.FAIL),
    ],
)
def test_a_consumer_and_a_staff_member_must_both_have_rated_it(
    raters: tuple[str, ...],
    verdict: Verdict,
    put: Put,
    adopt: Adopt,
    rate: Rate,
    request: pytest.FixtureRequest,
) -> None:
    version = adopt(put())
    for name in raters:
        rate(version, request.getfixturevalue(name))
    assert judged(version.agency, "rated").verdict == verdict


def test_an_item_is_there_if_most_consumers_and_a_staff_member_say_so(
    put: Put,
    adopt: Adopt,
    rate: Rate,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    enter: Callable[..., Member],
    agency: Agency,
) -> None:
    version = adopt(put())
    assert says(agency, "everything_found") == (Verdict.NO_DATA, "not_rated")
    rate(version, provider)
    assert says(agency, "everything_found") == (Verdict.NO_DATA, "not_rated")
    rate(version, consumer)
    assert says(agency, "everything_found") == (Verdict.PASS, "found")
    # One of two is no majority.
    rate(version, second_consumer, without="hope")
    assert says(agency, "everything_found") == (Verdict.FAIL, "some_missing")
    rate(version, enter("Cleo", StandingKind.PRIMARY_CONSUMER))
    assert says(agency, "everything_found") == (Verdict.PASS, "found")
    rate(version, provider, without="respect")
    assert says(agency, "everything_found") == (Verdict.FAIL, "some_missing")


def test_how_many_things_were_found_is_told_of_enough_raters_only(
    put: Put,
    adopt: Adopt,
    rate: Rate,
    consumer: Member,
    provider: Member,
    enter: Callable[..., Member],
    agency: Agency,
) -> None:
    version = adopt(put())
    rate(version, provider)
    rate(version, consumer, without="hope")
    told = []
    for number in range(8):
        rate(version, enter(f"Person {number}", StandingKind.PRIMARY_CONSUMER), without="hope")
        outcome = judged(agency, "everything_found")
        told.append((outcome.message, outcome.value))
    assert told == [("some_missing", None)] * 2 + [("not_found", 7)] * 6


def test_employed_peers_rate_as_staff(
    put: Put,
    adopt: Adopt,
    rate: Rate,
    consumer: Member,
    enter: Callable[..., Member],
    agency: Agency,
) -> None:
    version = adopt(put())
    peer = enter("Pia", StandingKind.PRIMARY_CONSUMER)
    peer.standings.update(employed_peer=True)
    rate(version, peer)
    assert says(agency, "everything_found") == (Verdict.NO_DATA, "not_rated")
    rate(version, consumer)
    assert says(agency, "rated") == (Verdict.PASS, "rated")


def test_a_newer_mission_opens_the_rating_of_the_process_again(
    put: Put,
    adopt: Adopt,
    rate: Rate,
    consumer: Member,
    provider: Member,
    facilitator: Member,
    agency: Agency,
) -> None:
    process = adopt(put(DocumentKind.PROCESS))
    assert says(agency, "rated", "process") == (Verdict.FAIL, "no_mission")
    adopt(put())
    assert says(agency, "rated", "process") == (Verdict.FAIL, "not_both")
    for member in (consumer, provider):
        rate(process, member)
    assert says(agency, "rated", "process") == (Verdict.PASS, "rated")
    assert says(agency, "everything_found", "process") == (Verdict.PASS, "found")
    adopt(put(text="A newer mission."))
    assert says(agency, "rated", "process") == (Verdict.FAIL, "reopened")
    assert says(agency, "everything_found", "process") == (Verdict.NO_DATA, "not_rated")
    for member in (consumer, provider):
        rate(process, member)
    assert says(agency, "rated", "process") == (Verdict.PASS, "rated")


def test_a_rating_made_while_no_mission_was_in_force_does_not_count(
    put: Put, adopt: Adopt, rate: Rate, consumer: Member, provider: Member, agency: Agency
) -> None:
    process = adopt(put(DocumentKind.PROCESS))
    for member in (consumer, provider):
        rate(process, member)
    assert Rating.objects.within(agency).filter(mission=None).count() == 2
    adopt(put())
    assert says(agency, "rated", "process") == (Verdict.FAIL, "reopened")


def test_it_is_to_be_looked_at_again_after_a_year(
    put: Put, adopt: Adopt, agency: Agency, today: date
) -> None:
    assert says(agency, "reviewed") == (Verdict.NO_DATA, "nothing")
    adopt(put())
    leap = (today.month, today.day) == (2, 29)
    until = today.replace(year=today.year + 1, day=28 if leap else today.day)
    outcome = judged(agency, "reviewed")
    assert (outcome.verdict, outcome.lapses) == (Verdict.PASS, until)
    assert judged(agency, "reviewed", until - DAY).verdict == Verdict.PASS
    assert judged(agency, "reviewed", until).verdict == Verdict.FAIL
    found = indicator("mission")
    settings = {agency.pk: type(found.defaults())({"mission.months": 24})}
    later = found.criterion("reviewed").evaluate([agency.pk], until, settings)[agency.pk]
    assert later.verdict == Verdict.PASS


def test_nothing_that_happens_today_changes_yesterday(
    put: Put, adopt: Adopt, rate: Rate, consumer: Member, provider: Member, agency: Agency
) -> None:
    yesterday = agency.today() - DAY
    codes = ("adopted", "rated", "everything_found", "reviewed")
    before = [judged(agency, code, yesterday) for code in codes]
    version = adopt(put())
    for member in (consumer, provider):
        rate(version, member)
    assert [judged(agency, code, yesterday) for code in codes] == before
    assert {outcome.verdict for outcome in before} == {Verdict.NO_DATA}


@pytest.mark.parametrize("code", ["mission", "process"])
def test_evaluating_asks_a_fixed_number_of_queries(
    code: str,
    put: Put,
    adopt: Adopt,
    rate: Rate,
    consumer: Member,
    provider: Member,
    second_consumer: Member,
    agency: Agency,
) -> None:
    found = indicator(code)
    settings = {agency.pk: found.defaults()}

    def asked(criterion: Criterion) -> int:
        with CaptureQueriesContext(connection) as queries:
            criterion.evaluate([agency.pk], agency.today(), settings)
        return len(queries)

    adopt(put())
    version = adopt(put(code, text="Another."))
    rate(version, consumer)
    before = [asked(criterion) for criterion in found.criteria]
    adopt(put(code, text="A third."))
    newest = Version.objects.within(agency).of(code).in_force(agency.today()).get()
    for member in (consumer, provider, second_consumer):
        rate(newest, member)
    assert [asked(criterion) for criterion in found.criteria] == before
    assert max(before) <= 6


@pytest.mark.parametrize("code", ["mission", "process"])
def test_every_finding_has_its_words(code: str) -> None:
    numbers = {"number": 1, "since": "today", "found": 1, "all": 2, "by": "today"}
    for criterion in indicator(code).criteria:
        for words in criterion.messages.values():
            assert "%" not in str(words) % numbers


def test_rating_waits_for_the_committee_and_facilitators_until_they_have_done_it(
    put: Put,
    adopt: Adopt,
    rate: Rate,
    committee_chair: Member,
    facilitator: Member,
    consumer: Member,
    today: date,
) -> None:
    def waits(member: Member) -> list[str]:
        return [each.title for each in waiting(member, today) if "/documents/" in each.url]

    version = adopt(put())
    mission, process = "Rate the document: Mission statement", "Rate the document: How"
    assert mission in waits(committee_chair)
    assert mission in waits(facilitator)
    assert mission not in waits(consumer)
    rate(version, committee_chair)
    assert mission not in waits(committee_chair)
    described = adopt(put(DocumentKind.PROCESS))
    rate(described, committee_chair)
    assert not any(title.startswith(process) for title in waits(committee_chair))
    newer = adopt(put(text="A newer mission."))
    assert mission in waits(committee_chair)
    assert any(title.startswith(process) for title in waits(committee_chair))
    rate(newer, committee_chair)
    rate(described, committee_chair)
    assert waits(committee_chair) == []


def test_looking_at_a_document_again_waits_for_the_administrator_until_somebody_begins(
    put: Put, adopt: Adopt, administrator: Member, today: date
) -> None:
    def waits(on: date) -> list[str]:
        return [each.title for each in waiting(administrator, on) if "again" in each.title]

    adopt(put())
    assert waits(today + 300 * DAY) == []
    assert waits(today + 340 * DAY) == ["Look at it again: Mission statement"]
    actions.draft(DocumentKind.MISSION, text="Newer.", by=administrator)
    assert waits(today + 340 * DAY) == []
