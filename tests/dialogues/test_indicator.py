"""The fifth indicator, day by day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.themes import actions as hearing
from dialogues.themes.models import Theme
from dialogues.told_back import actions as telling
from dialogues.voices.models import Contribution
from foundation.models import Agency
from indicators import engine, registry
from indicators.results import status_of
from tests.dialogues.conftest import Hold

pytestmark = pytest.mark.usefixtures("established")


def judged(agency: Agency, on: date) -> dict[str, tuple[str, str]]:
    """By criterion: its status and message."""
    indicator = registry.find("dialogues")
    assert indicator is not None
    result = engine.evaluate([agency.pk], on, indicators=[indicator])[agency.pk]["dialogues"]
    return {each.code: (status_of([each]).value, each.outcome.message) for each in result.judged}


@pytest.mark.parametrize(
    ("days", "status"),
    [(0, "met"), (30, "met"), (31, "at_risk"), (45, "at_risk"), (46, "not_met")],
)
def test_a_session_counts_for_45_days_and_warns_from_31(
    agency: Agency,
    hold: Hold,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    today: date,
    days: int,
    status: str,
) -> None:
    hold(days, consumer, second_consumer, provider)
    assert judged(agency, today)["held"][0] == status


def test_two_consumers_and_a_provider_are_needed_in_one_session(
    agency: Agency,
    hold: Hold,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    manager: Member,
    today: date,
) -> None:
    assert judged(agency, today)["held"] == ("not_met", "never")
    hold(3, consumer, provider, facilitator)
    hold(2, consumer, second_consumer, manager)
    # It says that a session was held, and that it does not count.
    assert judged(agency, today)["held"] == ("not_met", "uncounted")
    hold(1, consumer, second_consumer, facilitator)
    assert judged(agency, today)["held"] == ("met", "lately")


def test_facts_after_the_day_looked_at_do_not_count(
    agency: Agency,
    hold: Hold,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    today: date,
) -> None:
    hold(10, consumer, second_consumer, provider)
    assert judged(agency, today - timedelta(days=11))["held"] == ("not_met", "never")
    assert judged(agency, today - timedelta(days=10))["held"] == ("met", "lately")


def test_a_session_that_does_not_count_is_said_beside_the_one_that_did(
    agency: Agency,
    hold: Hold,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    today: date,
) -> None:
    hold(50, consumer, second_consumer, provider)
    assert judged(agency, today)["held"] == ("not_met", "long_ago")
    hold(3, consumer, second_consumer)
    assert judged(agency, today)["held"] == ("not_met", "long_ago_since")


def test_without_a_theme_there_is_no_data_on_themes(
    agency: Agency, dialogue: Dialogue, today: date
) -> None:
    assert judged(agency, today)["answered"] == ("no_data", "none")


@pytest.fixture
def old_theme(
    agency: Agency, dialogue: Dialogue, said: Contribution, consumer: Member, today: date
) -> Theme:
    """Harvested 100 days ago."""
    on = today - timedelta(days=100)
    return hearing.harvest(dialogue, by=consumer, title="Plans", words=[said], on=on)


@pytest.mark.parametrize(
    ("day", "status"),
    [(0, "met"), (23, "met"), (24, "at_risk"), (30, "at_risk"), (31, "not_met")],
)
def test_a_theme_nobody_deals_with_is_overdue_after_30_days(
    agency: Agency, old_theme: Theme, today: date, day: int, status: str
) -> None:
    assert judged(agency, old_theme.harvested_on + timedelta(days=day))["answered"][0] == status


def test_a_theme_without_a_reply_is_overdue_after_60_days_until_there_is_one(
    agency: Agency, old_theme: Theme, consumer: Member
) -> None:
    heard = old_theme.harvested_on
    telling.dispose(old_theme, by=consumer, kind="dialogue", on=heard + timedelta(days=5))
    assert judged(agency, heard + timedelta(days=53))["answered"][0] == "met"
    assert judged(agency, heard + timedelta(days=60))["answered"][0] == "at_risk"
    assert judged(agency, heard + timedelta(days=61))["answered"][0] == "not_met"
    telling.reply(old_theme, by=consumer, text="Done", on=heard + timedelta(days=70))
    assert judged(agency, heard + timedelta(days=69))["answered"][0] == "not_met"
    assert judged(agency, heard + timedelta(days=70))["answered"][0] == "met"


def test_what_is_overdue_is_the_evidence(agency: Agency, old_theme: Theme, today: date) -> None:
    indicator = registry.find("dialogues")
    assert indicator is not None
    result = engine.evaluate([agency.pk], today, indicators=[indicator])[agency.pk]["dialogues"]
    (answered,) = [each for each in result.judged if each.code == "answered"]
    assert [each.subject_id for each in answered.outcome.evidence] == [old_theme.pk]


def test_many_agencies_cost_no_more_queries_than_one(
    agency: Agency, other_agency: Agency, old_theme: Theme, today: date
) -> None:
    indicator = registry.find("dialogues")
    assert indicator is not None
    counts = []
    for agencies in ([agency.pk], [agency.pk, other_agency.pk]):
        with CaptureQueriesContext(connection) as queries:
            engine.evaluate(agencies, today, indicators=[indicator])
        counts.append(len(queries))
    assert counts[0] == counts[1]
