"""An agency's own indicators: tested, published, attested, retired, read by their readers."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from foundation.months import months_later
from foundation.refusals import Refused
from indicators import registry
from indicators.models import IndicatorStatus
from measures.definitions.models import Measure
from measures.local import actions
from measures.local.evaluating import LocalResult, evaluate, seen_by
from measures.local.models import LocalIndicator, LocalReaders, LocalSource, LocalVersion
from measures.local.presenting import local_cards
from measures.numbers.actions import correct_point, record_point
from tests.conftest import Login

Defined = Callable[..., LocalVersion]
WHY = "The committee asked for it."


@pytest.fixture
def numbers(measure: Measure, provider: Member, today: date) -> list[date]:
    """Three months of the measure: 50%, 60%, 80%; the first days of their periods."""
    month, periods = today.replace(day=1), []
    for share in (80, 60, 50):
        month = (month - timedelta(days=1)).replace(day=1)
        record_point(
            measure, period=month, numerator=Decimal(share), denominator=Decimal(100), by=provider
        )
        periods.append(month)
    return periods[::-1]


@pytest.fixture
def from_measure(measure: Measure, administrator: Member) -> Defined:
    def define(**fields: Any) -> LocalVersion:
        given = {
            "name": "Seen soon",
            "definition": "People are seen soon.",
            "source": LocalSource.MEASURE,
            "measure": measure,
            "direction": "at_least",
            "goal": Decimal(70),
            "months": None,
            "readers": LocalReaders.EVERYBODY,
            **fields,
        }
        return actions.define(**given, by=administrator)

    return define


@pytest.fixture
def on_word(from_measure: Defined, today: date) -> Defined:
    """An indicator that is attested, published from today on."""

    def define(**fields: Any) -> LocalVersion:
        version = from_measure(source=LocalSource.ATTESTED, months=6, **fields)
        return published(version)

    return define


def published(version: LocalVersion, **fields: Any) -> LocalVersion:
    by = version.drafted_by
    tested = actions.confirm_test(version, seen=version.version, by=by)
    since = fields.pop("since", by.agency.today())
    return actions.publish(tested, since=since, reason=WHY, by=by)


def result(version: LocalVersion, on: date) -> LocalResult:
    fresh = LocalVersion.objects.within(version.agency).select_related("measure").get(pk=version.pk)
    return evaluate(version.agency, [fresh], on)[version.pk]


def test_the_newest_number_is_held_against_the_goal(
    from_measure: Defined, numbers: list[date], today: date
) -> None:
    found = result(from_measure(), today)
    assert (found.status, found.value) == (IndicatorStatus.MET, Decimal(80))
    assert found.shown == "80%"
    # On the boundary, and past it.
    assert result(from_measure(goal=Decimal(80)), today).status is IndicatorStatus.MET
    assert result(from_measure(goal=Decimal("80.1")), today).status is IndicatorStatus.NOT_MET
    at_most = from_measure(direction="at_most", goal=Decimal(80))
    assert result(at_most, today).status is IndicatorStatus.MET
    at_most = from_measure(direction="at_most", goal=Decimal("79.9"))
    assert result(at_most, today).status is IndicatorStatus.NOT_MET


def test_without_a_number_or_with_an_old_one_there_is_no_data(
    from_measure: Defined, measure: Measure, provider: Member, today: date
) -> None:
    version = from_measure()
    assert result(version, today).status is IndicatorStatus.NO_DATA
    month = (today - timedelta(days=125)).replace(day=1)
    record_point(measure, period=month, numerator=Decimal(9), denominator=Decimal(10), by=provider)
    assert result(version, today).status is IndicatorStatus.NO_DATA


def test_a_number_that_comes_later_changes_no_earlier_day(
    from_measure: Defined, measure: Measure, numbers: list[date], provider: Member, today: date
) -> None:
    version = from_measure()
    yesterday = today - timedelta(days=1)
    assert result(version, yesterday).status is IndicatorStatus.NO_DATA
    with time_machine.travel(today + timedelta(days=40), tick=False):
        later = provider.agency.today()
        record_point(
            measure,
            period=today.replace(day=1),
            numerator=Decimal(1),
            denominator=Decimal(100),
            by=provider,
        )
        assert result(version, later).status is IndicatorStatus.NOT_MET
        assert result(version, today).status is IndicatorStatus.MET


def test_only_what_was_tested_as_it_is_can_be_published(
    from_measure: Defined, numbers: list[date], administrator: Member, today: date
) -> None:
    version = from_measure()
    with pytest.raises(Refused):
        actions.publish(version, since=today, reason=WHY, by=administrator)
    actions.confirm_test(version, seen=1, by=administrator)
    fields = actions.fields_of(version)
    fields["goal"] = Decimal(90)
    changed = actions.edit(version, **fields, by=administrator)
    with pytest.raises(Refused):
        actions.publish(changed, since=today, reason=WHY, by=administrator)
    with pytest.raises(ValidationError, match="Somebody changed this"):
        actions.confirm_test(changed, seen=1, by=administrator)
    done = published(changed)
    assert done.since == today
    with pytest.raises(Refused):
        actions.edit(done, **fields, by=administrator)


def test_publishing_needs_a_reason_and_a_day_that_has_not_passed(
    from_measure: Defined, administrator: Member, today: date
) -> None:
    version = actions.confirm_test(from_measure(), seen=1, by=administrator)
    with pytest.raises(ValidationError):
        actions.publish(version, since=today, reason=" ", by=administrator)
    with pytest.raises(ValidationError):
        actions.publish(version, since=today - timedelta(days=1), reason=WHY, by=administrator)


def test_only_administrators_define(
    from_measure: Defined, facilitator: Member, committee_chair: Member, consumer: Member
) -> None:
    version = from_measure()
    for member in (facilitator, committee_chair, consumer):
        with pytest.raises(Refused):
            actions.confirm_test(version, seen=1, by=member)
        with pytest.raises(Refused):
            actions.retire(version.indicator, reason=WHY, by=member)


def test_a_measure_of_a_hidden_group_is_not_offered(
    from_measure: Defined, measure: Measure, administrator: Member
) -> None:
    measure.owner.hidden = True
    measure.owner.save()
    assert not actions.offered(administrator).exists()
    with pytest.raises(ValidationError):
        from_measure()


def test_a_new_version_counts_from_its_day_and_changes_no_earlier_one(
    from_measure: Defined, numbers: list[date], administrator: Member, today: date
) -> None:
    first = published(from_measure())
    fields = actions.fields_of(first)
    fields["goal"] = Decimal(90)
    stricter = actions.redefine(first.indicator, **fields, by=administrator)
    with pytest.raises(ValidationError, match="There is a draft already"):
        actions.redefine(first.indicator, **fields, by=administrator)
    published(stricter, since=today + timedelta(days=5))
    agency = administrator.agency
    (now,) = seen_by(agency, administrator, today)
    (then,) = seen_by(agency, administrator, today + timedelta(days=5))
    assert (now.version.number, now.status) == (1, IndicatorStatus.MET)
    assert (then.version.number, then.status) == (2, IndicatorStatus.NOT_MET)
    assert seen_by(agency, administrator, today - timedelta(days=1)) == []


def test_what_is_attested_holds_for_its_months(
    on_word: Defined, committee_chair: Member, consumer: Member, today: date
) -> None:
    version = on_word()
    assert result(version, today).status is IndicatorStatus.NO_DATA
    with pytest.raises(Refused):
        actions.attest(version.indicator, holds=True, evidence="I saw it.", by=consumer)
    with pytest.raises(ValidationError):
        actions.attest(version.indicator, holds=True, evidence=" ", by=committee_chair)
    actions.attest(version.indicator, holds=True, evidence="The minutes.", by=committee_chair)
    ends = months_later(today, 6)
    assert result(version, today).status is IndicatorStatus.MET
    assert result(version, ends - timedelta(days=31)).status is IndicatorStatus.MET
    assert result(version, ends - timedelta(days=30)).status is IndicatorStatus.AT_RISK
    assert result(version, ends - timedelta(days=1)).status is IndicatorStatus.AT_RISK
    assert result(version, ends).status is IndicatorStatus.NOT_MET
    actions.attest(version.indicator, holds=False, evidence="It ended.", by=committee_chair)
    assert result(version, today).status is IndicatorStatus.NOT_MET


def test_a_retired_indicator_counts_no_more_and_stays(
    on_word: Defined, administrator: Member, today: date, consumer: Member, login: Login
) -> None:
    version = on_word()
    agency = administrator.agency
    with time_machine.travel(today + timedelta(days=3), tick=False):
        actions.retire(version.indicator, reason="It is done.", by=administrator)
        later = agency.today()
        assert seen_by(agency, consumer, later) == []
        assert len(seen_by(agency, consumer, later - timedelta(days=1))) == 1
        with pytest.raises(Refused):
            actions.attest(version.indicator, holds=True, evidence="Yes.", by=administrator)
        page = at(agency, "measures:local_indicator", pk=version.indicator_id)
        text = login(consumer).get(page).content.decode()
        assert "It is done." in text
        assert WHY in text


def test_its_readers_alone_find_its_pages(
    on_word: Defined,
    from_measure: Defined,
    numbers: list[date],
    consumer: Member,
    committee_chair: Member,
    login: Login,
    today: date,
) -> None:
    agency = consumer.agency
    shown = on_word(name="For everybody")
    hidden = on_word(name="For the committee", readers=LocalReaders.OVERSIGHT)
    draft = from_measure(name="Still a draft")
    assert [card.name for card in local_cards(agency, consumer, today)] == ["For everybody"]
    assert len(local_cards(agency, committee_chair, today)) == 2
    for member, found in ((consumer, {shown}), (committee_chair, {shown, hidden})):
        client: Client = login(member)
        listed = client.get(at(agency, "measures:local_indicators")).content.decode()
        board = client.get(at(agency, "indicators:dashboard")).content.decode()
        for version in (shown, hidden, draft):
            page = at(agency, "measures:local_indicator", pk=version.indicator_id)
            assert client.get(page).status_code == (200 if version in found else 404)
            assert (page in listed) == (version in found)
            assert (page in board) == (version in found)
        for name in ("local_test", "local_publish", "local_change", "local_retire"):
            page = at(agency, f"measures:{name}", pk=draft.indicator_id)
            assert client.get(page).status_code == 404


def test_the_seven_stay_as_they_are(from_measure: Defined, numbers: list[date]) -> None:
    published(from_measure())
    assert [each.number for each in registry.registered()] == [1, 2, 3, 4, 5, 6, 7]


def test_every_figure_opens_its_records(
    from_measure: Defined,
    measure: Measure,
    numbers: list[date],
    provider: Member,
    consumer: Member,
    login: Login,
) -> None:
    version = published(from_measure())
    point = measure.points.get(period=numbers[-1])
    correct_point(
        point, numerator=Decimal(75), denominator=Decimal(100), reason="Typo.", by=provider
    )
    page = at(consumer.agency, "measures:local_indicator", pk=version.indicator_id)
    text = login(consumer).get(page).content.decode()
    for words in ("75%", "60%", "50%", "Typo.", "at least 70%", "120 days", measure.name):
        assert words in text
    assert at(consumer.agency, "measures:measure", pk=measure.pk) in text


ATTACKS = {
    "its goal": "UPDATE measures_localversion SET goal = 1 WHERE id = {version}",
    "its day": "UPDATE measures_localversion SET since = since + 1 WHERE id = {version}",
    "a draft again": "UPDATE measures_localversion SET published_on = NULL, published_by_id = NULL,"
    " since = NULL, reason = '' WHERE id = {version}",
    "a version goes": "DELETE FROM measures_localversion WHERE id = {version}",
    "it goes": "DELETE FROM measures_localindicator WHERE id = {indicator}",
    "a word": "UPDATE measures_localattestation SET holds = NOT holds",
    "a word goes": "DELETE FROM measures_localattestation",
    "back in use": "UPDATE measures_localindicator SET retired_on = NULL, retired_by_id = NULL,"
    " retired_because = '' WHERE id = {retired}",
    "an untested one": "UPDATE measures_localversion SET published_on = '2026-01-01',"
    " published_by_id = drafted_by_id, since = '2026-01-01', reason = 'So.' WHERE id = {draft}",
    "one tested before": "UPDATE measures_localversion SET published_on = '2026-01-01',"
    " published_by_id = drafted_by_id, since = '2026-01-01', reason = 'So.',"
    " tested_on = '2026-01-01', tested_version = 0 WHERE id = {draft}",
    "in the past": "UPDATE measures_localversion SET published_on = '2026-01-02',"
    " published_by_id = drafted_by_id, since = '2026-01-01', reason = 'So.',"
    " tested_on = '2026-01-01', tested_version = version WHERE id = {draft}",
    "more of a retired one": "INSERT INTO measures_localattestation (agency_id, indicator_id,"
    " holds, evidence, by_id, \"on\") SELECT agency_id, id, true, 'Yes.', begun_by_id, begun_on"
    " FROM measures_localindicator WHERE id = {retired}",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_keeps_what_was_published(
    attack: str, on_word: Defined, from_measure: Defined, administrator: Member, agency: Agency
) -> None:
    gone = on_word(name="Gone").indicator
    version = on_word()
    actions.attest(version.indicator, holds=True, evidence="The minutes.", by=administrator)
    actions.retire(gone, reason=WHY, by=administrator)
    draft = from_measure(name="Draft")
    statement = ATTACKS[attack].format(
        version=version.pk, indicator=version.indicator_id, retired=gone.pk, draft=draft.pk
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert LocalIndicator.objects.within(agency).filter(retired_on=None).count() == 2
