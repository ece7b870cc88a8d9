"""Leaders are shown only with their consent, since one of each side leads."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.actions.erasure import erase
from accounts.models import AccessLog, Audience, Member, StandingKind
from cells.cell.actions import open_cell
from devtools.seating import accept, seat
from dialogues.dialogue.actions import name_co_facilitator, open_dialogue
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions, leading
from groups.actions import open_group
from groups.models import Group, GroupKind, LeadingConsent, Office, Seat
from notifications.models import Message
from tests.conftest import Enter, Login
from tests.sources import parsed

ROOT = Path(__file__).resolve().parents[2]
LEADS = re.compile(r"Facilitator|Co-facilitator|Chair|Co-chair")


@pytest.fixture
def dialogue(agency: Agency, facilitator: Member, consumer: Member, provider: Member) -> Group:
    """Rosa and Priya lead it."""
    today = agency.today()
    found = open_dialogue(agency, by=facilitator, name="Listening", on=today)
    for member, side in (
        (consumer, StandingKind.PRIMARY_CONSUMER),
        (provider, StandingKind.PROVIDER),
    ):
        accept(name_co_facilitator(found, member, standing=side, by=facilitator, agreed=True))
    return found.group


@pytest.fixture
def cell(agency: Agency, facilitator: Member, consumer: Member, provider: Member) -> Group:
    today = agency.today()
    group = open_cell(name="Calm", focus="Calm", by=facilitator, on=today).group
    for member in (consumer, provider):
        seat(group, member, office=Office.CO_FACILITATOR, since=today, by=facilitator)
    return group


@pytest.fixture
def committee(agency: Agency, administrator: Member, consumer: Member, provider: Member) -> Group:
    today = agency.today()
    group = open_group(
        agency, kind=GroupKind.COMMITTEE, name="Committee", by=administrator, on=today
    )
    for member, office in ((consumer, Office.CHAIR), (provider, Office.CO_CHAIR)):
        seat(group, member, office=office, since=today, by=administrator)
    return group


@pytest.fixture
def led(request: pytest.FixtureRequest) -> Group:
    group: Group = request.getfixturevalue(request.param)
    return group


each_kind = pytest.mark.parametrize("led", ["dialogue", "cell", "committee"], indirect=True)


def offices(reader: Member, group: Group) -> set[str]:
    """The names of people whose leading this reader may know of."""
    seats = list(Seat.objects.within(group.agency).filter(group=group).select_related("member"))
    return {each.member.display_name for each in leading.leaders_open_to(reader, seats)}


@each_kind
@pytest.mark.parametrize(
    "who", ["second_consumer", "facilitator", "manager", "administrator", "committee_chair"]
)
def test_without_their_consent_nobody_reads_who_leads(
    led: Group, who: str, request: pytest.FixtureRequest
) -> None:
    assert offices(request.getfixturevalue(who), led) == set()


@each_kind
def test_those_who_lead_it_together_know_each_other(
    led: Group, consumer: Member, provider: Member
) -> None:
    assert offices(consumer, led) == offices(provider, led) == {"Rosa", "Priya"}


@each_kind
@pytest.mark.parametrize(
    ("audience", "inside", "outside"),
    [(Audience.GROUP, {"Rosa"}, set()), (Audience.AGENCY, {"Rosa"}, {"Rosa"})],
)
def test_the_audience_that_one_chose_reads_it_until_it_is_taken_back(
    led: Group,
    audience: str,
    inside: set[str],
    outside: set[str],
    consumer: Member,
    second_consumer: Member,
    manager: Member,
    administrator: Member,
    facilitator: Member,
) -> None:
    by = administrator if led.kind == GroupKind.COMMITTEE else facilitator
    seat(led, second_consumer, since=led.agency.today(), by=by)
    actions.be_named(led, by=consumer, audience=audience)
    assert (offices(second_consumer, led), offices(manager, led)) == (inside, outside)
    actions.be_unnamed(led, by=consumer)
    assert offices(second_consumer, led) == offices(manager, led) == set()


def test_the_page_of_a_dialogue_says_that_both_sides_lead(
    dialogue: Group, agency: Agency, manager: Member, consumer: Member, login: Login
) -> None:
    client = login(manager)
    url = client.get(at(agency, "dialogues:dialogues")).content.decode()
    page = re.search(r'href="(/a/riverside/dialogues/[\w-]{36}/)"', url)
    assert page is not None
    before = client.get(page[1]).content.decode()
    assert not re.search("Rosa|Priya", before)
    actions.be_named(dialogue, by=consumer, audience=Audience.AGENCY)
    after = client.get(page[1]).content.decode()
    assert "Rosa" in after
    assert "Priya" not in after


@each_kind
@pytest.mark.parametrize("days", [0, 1])
def test_lists_of_people_show_no_office_that_leads_also_of_past_days(
    led: Group, days: int, agency: Agency, manager: Member, consumer: Member, login: Login
) -> None:
    on = agency.today() - timedelta(days=days)
    Group.objects.within(agency).filter(pk=led.pk).update(opened=on)
    Seat.objects.within(agency).filter(group=led).update(since=on)
    url = f"{at(agency, 'groups:people', pk=led.pk)}?on={on.isoformat()}"
    listed = people_of(login(manager).get(url).content.decode())
    assert "Rosa" in listed
    assert not LEADS.search(listed)
    actions.be_named(led, by=consumer, audience=Audience.AGENCY)
    assert LEADS.search(people_of(login(manager).get(url).content.decode()))
    actions.be_unnamed(led, by=consumer)
    assert not LEADS.search(people_of(login(manager).get(url).content.decode()))


def people_of(html: str) -> str:
    return html[html.index("app-people") : html.index("</ul>", html.index("app-people"))]


def test_the_committees_own_page_names_no_chair_without_consent(
    committee: Group, agency: Agency, manager: Member, consumer: Member, login: Login
) -> None:
    url = at(agency, "oversight:committee")

    def table() -> str:
        html = login(manager).get(url).content.decode()
        return html[html.index("<tbody") : html.index("</tbody>")]

    assert "Rosa" in table()
    assert not re.search("Chair|Co-chair|Member", table())
    actions.be_named(committee, by=consumer, audience=Audience.AGENCY)
    assert re.findall("Chair|Co-chair|Member", table()) == ["Chair"]


def test_only_who_leads_decides_and_for_nobody_else(
    dialogue: Group, second_consumer: Member, facilitator: Member, administrator: Member
) -> None:
    for member in (second_consumer, facilitator, administrator):
        with pytest.raises(Refused):
            actions.be_named(dialogue, by=member, audience=Audience.AGENCY)


@pytest.mark.parametrize("audience", ["public", "everybody", ""])
def test_the_database_knows_two_audiences(dialogue: Group, consumer: Member, audience: str) -> None:
    actions.be_named(dialogue, by=consumer, audience=Audience.GROUP)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE groups_leadingconsent SET audience = %s", [audience])


def test_who_is_given_an_office_is_told_and_asked(
    dialogue: Group, agency: Agency, consumer: Member, login: Login
) -> None:
    told = Message.objects.within(agency).filter(member=consumer, code="leading.given")
    assert told.count() == 1
    url = at(agency, "groups:leading", pk=dialogue.pk)
    client = login(consumer)
    assert client.get(url).status_code == 200
    sent = {"submission": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "audience": "agency"}
    assert client.post(url, sent).status_code == 302
    assert LeadingConsent.objects.within(agency).get().audience == Audience.AGENCY


def test_the_form_that_changes_an_office_is_a_look_that_is_logged(
    dialogue: Group, agency: Agency, consumer: Member, facilitator: Member, login: Login
) -> None:
    held = Seat.objects.within(agency).get(group=dialogue, member=consumer)
    assert login(facilitator).get(at(agency, "groups:change_seat", pk=held.pk)).status_code == 200
    looks = AccessLog.objects.within(agency).filter(about=consumer, reader=facilitator)
    assert looks.filter(what="standing").exists()


def test_consent_ends_with_the_person(
    dialogue: Group, agency: Agency, consumer: Member, administrator: Member, enter: Enter
) -> None:
    actions.be_named(dialogue, by=consumer, audience=Audience.AGENCY)
    erase(consumer, by=administrator)
    assert not LeadingConsent.objects.within(agency).filter(until=None).exists()


SHOWS = re.compile(r"get_office_display|\.office\b")


def shown_in_template(text: str) -> list[str]:
    return list(SHOWS.findall(text.replace("row.office", "")))


def shown_in_python(source: str) -> int:
    """How often the words of an office are used."""
    tree = parsed(source)
    labels = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.Attribute)
        and each.attr == "label"
        and isinstance(each.value, ast.Call)
        and getattr(each.value.func, "id", getattr(each.value.func, "attr", "")) == "Office"
    ]
    return len(labels) + source.count("get_office_display")


def test_no_page_message_sheet_or_file_names_an_office_by_another_way() -> None:
    templates = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if shown_in_template(path.read_text())
    }
    assert templates == set()
    assert shown_in_template("{{ seat.get_office_display }} {{ seat.office }}")
    modules = {
        str(path.relative_to(ROOT)): shown_in_python(path.read_text())
        for app in ROOT.glob("*/apps.py")
        for path in app.parent.rglob("*.py")
    }
    # On the page of a group's people it is beside standings, whose look is logged; on an offer, for
    # its recipient and, until it is answered, for those who can make one. A proposal that names one
    # stays inside the group that decides on it.
    assert {name: count for name, count in modules.items() if count} == {
        "groups/actions/motions.py": 1,
        "groups/leading.py": 1,
        "groups/views/offers.py": 1,
        "groups/views/people.py": 1,
    }
    assert shown_in_python("x = str(Office(seat.office).label)") == 1
