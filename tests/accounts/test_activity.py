"""The activity page for administrators: filtered, paged, as a table."""

import csv
import io
import re

import pytest

from accounts import actions
from accounts.models import Member
from devtools import seating
from dialogues.dialogue import actions as dialogue_actions
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency, Event
from groups import actions as group_actions
from groups.models import GroupKind
from tests.conftest import Enter, Login, assert_budget


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


def test_each_row_names_what_it_is_about_or_leads_nowhere(
    agency: Agency, administrator: Member, consumer: Member, facilitator: Member, login: Login
) -> None:
    today = agency.today()
    group = group_actions.open_group(
        agency, kind=GroupKind.COUNCIL, name="Youth council", by=administrator, on=today
    )
    seating.seat(group, consumer, since=today, by=administrator)
    dialogue_actions.open_door(agency, None, by=facilitator)
    client, url = login(administrator), at(agency, "accounts:activity")
    page = client.get(url).content.decode()
    people = at(agency, "groups:people", pk=group.pk)
    row = next(each for each in page.split("</tr>") if "filled a seat" in each)
    assert f'href="{people}">Youth council</a>' in " ".join(row.split())
    row = next(each for each in page.split("</tr>") if "a page for voices" in each)
    assert "href" not in row
    main = page[page.index("<main") : page.index("</main")]
    inside = set(re.findall(rf'href="(/a/{agency.slug}/[^"?#]+)"', main))
    assert people in inside
    assert {address: client.get(address, follow=True).status_code for address in inside} == (
        dict.fromkeys(inside, 200)
    )


def test_a_long_list_asks_as_much_as_a_short_one(
    agency: Agency, administrator: Member, enter: Enter, login: Login
) -> None:
    group = group_actions.open_group(
        agency, kind=GroupKind.COUNCIL, name="C", by=administrator, on=agency.today()
    )
    client, url = login(administrator), at(agency, "accounts:activity")
    few = assert_budget(client, url)
    for number in range(20):
        member = enter(f"Person {number}")
        seating.seat(group, member, since=agency.today(), by=administrator)
    assert assert_budget(client, url) == few


def test_events_are_chosen_by_day_and_person(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    actions.prefer_not_to_say(by=consumer)
    client = login(administrator)
    url = at(agency, "accounts:activity")
    mine = client.get(url, {"actor": code_of(consumer)}).content.decode()
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
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert rows[0]["event"] == "standing.written"
    assert rows[0]["who"] == "'=HYPERLINK(1)"
    assert len(rows) == Event.objects.within(agency).count()
    assert code_of(consumer) in {row["subject_id"] for row in rows if row["subject"] == "member"}
