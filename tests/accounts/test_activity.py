"""What was done, for administrators: filtered, paged, as a table."""

import csv
import io

import pytest

from accounts import actions
from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency, Event
from tests.conftest import Login


@pytest.mark.parametrize("who", ["consumer", "facilitator", "payer", "committee_chair", "manager"])
def test_only_administrators_see_everything_that_was_done(
    who: str, agency: Agency, login: Login, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(who))
    for name in ("activity", "activity_csv"):
        assert client.get(at(agency, f"accounts:{name}")).status_code == 403


def test_events_are_told_in_plain_words_and_lead_on(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    client = login(administrator)
    page = client.get(at(agency, "accounts:activity")).content.decode()
    assert "added a person" in page
    event = Event.objects.within(agency).get(name="member.entered", subject_id=consumer.pk)
    answer = client.get(at(agency, "accounts:activity_subject", pk=event.pk))
    assert answer["Location"] == at(agency, "accounts:member", pk=consumer.pk)


def test_events_are_chosen_by_day_and_person(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    actions.prefer_not_to_say(by=consumer)
    client = login(administrator)
    url = at(agency, "accounts:activity")
    mine = client.get(url, {"actor": consumer.pk}).content.decode()
    assert "wrote down how a person takes part" in mine
    assert "added a person" not in mine
    long_ago = client.get(url, {"until": "2001-01-01"}).content.decode()
    assert "Nothing was done in these days" in long_ago
    for wrong in ({"since": "never"}, {"actor": "999999"}, {"actor": "x"}, {"page": "x"}):
        assert client.get(url, wrong).status_code == 200


def test_the_table_has_what_the_page_has_and_no_formula(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    consumer.display_name = "=HYPERLINK(1)"
    consumer.save()
    actions.prefer_not_to_say(by=consumer)
    answer = login(administrator).get(at(agency, "accounts:activity_csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert rows[0]["event"] == "standing.written"
    assert rows[0]["who"] == "'=HYPERLINK(1)"
    assert len(rows) == Event.objects.within(agency).count()
