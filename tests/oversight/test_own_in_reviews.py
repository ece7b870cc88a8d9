"""What a review keeps of an agency's own indicators, and who sees it there and on paper."""

import csv
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Unpack

import pytest
import time_machine
from django.test import Client

from accounts.models import Member
from devtools import committee
from foundation.addresses import at
from foundation.models import Agency
from foundation.quarters import before, quarter_of
from groups.models import Group
from indicators import actions as indicator_actions
from indicators.frozen import read_own
from indicators.models import FrozenSnapshot
from measures.local.actions import LocalFields, attest, confirm_test, define, publish, retire
from measures.local.models import LocalIndicator, LocalReaders, LocalSource
from oversight import actions
from oversight.models import Review
from tests.conftest import Login

OPEN, CLOSED = "A peer is at the door", "The committee sees every complaint"


def _published(by: Member, **fields: Unpack[LocalFields]) -> LocalIndicator:
    version = confirm_test(define(**fields, by=by), seen=1, by=by)
    return publish(version, since=by.agency.today(), reason="Asked for.", by=by).indicator


@pytest.fixture
def own(
    agency: Agency, administrator: Member, committee_chair: Member, committee_group: Group
) -> LocalIndicator:
    """Two that counted in the quarter before: for everybody (attested by the chair), and not."""
    quarter = before(quarter_of(agency.today()))
    day = quarter.until - timedelta(days=20)
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=agency.zone)):
        fields: LocalFields = {
            "name": OPEN,
            "definition": "Nobody stands there alone.",
            "source": LocalSource.ATTESTED,
            "measure": None,
            "counted": "",
            "direction": "",
            "goal": None,
            "months": 6,
            "readers": LocalReaders.EVERYBODY,
        }
        found = _published(administrator, **fields)
        attest(found, holds=True, evidence="The roster.", by=committee_chair)
        fields |= {
            "name": CLOSED,
            "source": LocalSource.RECORDS,
            "counted": "meetings",
            "direction": "at_least",
            "goal": Decimal(1),
            "readers": LocalReaders.OVERSIGHT,
        }
        _published(administrator, **fields)
    return found


@pytest.fixture
def kept(own: LocalIndicator, agency: Agency, committee_chair: Member) -> Review:
    since = before(quarter_of(agency.today())).since
    return actions.open_review(since=since, by=committee_chair)


def test_a_review_keeps_them_as_they_were(
    kept: Review, own: LocalIndicator, administrator: Member, committee_chair: Member
) -> None:
    frozen = read_own(kept.snapshot, committee_chair)
    retire(own, reason="It is done.", by=administrator)
    kept.refresh_from_db()
    assert read_own(kept.snapshot, committee_chair) == frozen
    assert [(each.name, each.status, each.value) for each in frozen] == [
        (OPEN, "met", ""),
        (CLOSED, "not_met", "0"),
    ]
    assert committee_chair.shown_name not in kept.snapshot.text
    assert "It was attested on" in frozen[0].said


def test_its_readers_alone_see_them_in_a_review(
    kept: Review, agency: Agency, consumer: Member, committee_chair: Member, login: Login
) -> None:
    committee.close_review(kept, held_on=agency.today(), by=committee_chair)
    for reader, shown in ((consumer, {OPEN}), (committee_chair, {OPEN, CLOSED})):
        client = login(reader)
        for name in ("oversight:review", "oversight:packet"):
            text = client.get(at(agency, name, pk=kept.pk)).content.decode()
            assert {each for each in (OPEN, CLOSED) if each in text} == shown


def test_a_snapshot_from_before_has_none(
    agency: Agency, committee_chair: Member, administrator: Member
) -> None:
    snapshot = indicator_actions.freeze(agency, by=administrator)
    old = FrozenSnapshot(text=snapshot.text.replace('"own":[]', '"older":[]'))
    assert read_own(old, committee_chair) == []
    assert snapshot.text != old.text


def test_paper_and_files_have_them(
    own: LocalIndicator, agency: Agency, consumer: Member, committee_chair: Member, login: Login
) -> None:
    paper = login(consumer).get(at(agency, "indicators:print")).content.decode()
    assert OPEN in paper
    assert CLOSED not in paper
    assert CLOSED in login(committee_chair).get(at(agency, "indicators:print")).content.decode()
    (row,) = [each for each in rows(login(committee_chair), agency) if not each["number"]]
    assert (row["indicator"], row["status"]) == (OPEN, "On track")
    assert committee_chair.shown_name not in row["in words"]


def rows(client: Client, agency: Agency) -> list[dict[str, str]]:
    content = b"".join(client.get(at(agency, "surveyors:dashboard_csv")))
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_days_before_they_counted_have_none(own: LocalIndicator, agency: Agency) -> None:
    first: date = own.begun_on
    snapshot = indicator_actions.freeze(agency, by=None, on=first - timedelta(days=1))
    assert '"own":[]' in snapshot.text
