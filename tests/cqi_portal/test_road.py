"""The road of a founding on an administrator's home: each line is done once the records show it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from time_machine import travel

from accounts.actions import enter_member
from accounts.models import Member, StandingKind
from accounts.permissions import Role
from compensation.plan.actions import attest, draft, put_in_force
from cqi_portal.road import Road, road_of
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from groups import founding
from groups.actions import open_group
from groups.models import GroupKind
from safety.actions import enter_contact
from safety.models import ContactKind
from tests.conftest import Enter, Login, assert_budget


def seen_by(member: Member) -> Road:
    road = road_of(member, member.agency.today())
    assert road is not None
    return road


def open_parts(member: Member) -> list[str]:
    """What is still open, over all lines."""
    lines = seen_by(member).lines
    return [str(part.title) for line in lines for part in line.parts if not part.done]


def test_a_new_administrator_is_shown_the_road_and_not_that_nothing_waits(
    founder: Member, agency: Agency, login: Login
) -> None:
    page = login(founder).get(at(founder.agency, "home_of"))
    text = page.content.decode()
    assert "Founding, day 1 of 120" in text
    assert "all caught up" not in text
    road = seen_by(founder)
    assert (road.day, road.reached, len(road.lines)) == (1, 1, 9)
    [following] = [line for line in road.lines if line.is_next]
    assert following == road.lines[0]
    assert following.by == founding.first_day(founder.agency) + timedelta(days=6)
    assert road.lines[-1].by == road.last_day
    urls = [line.url for line in road.lines if line.url]
    assert len(urls) == 8  # Paying is for other people.
    for url in urls:
        assert login(founder).get(url).status_code == 200


@pytest.mark.parametrize("person", ["consumer", "facilitator", "committee_chair", "manager"])
def test_only_administrators_are_shown_it(
    person: str, login: Login, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(person)
    assert road_of(member, member.agency.today()) is None
    assert "Founding, day" not in login(member).get(at(member.agency, "home_of")).content.decode()


def _plan(by: Member) -> None:
    plan = draft(
        text="Your time is worth money.",
        hourly_rate=Decimal(25),
        daily_cap=None,
        due_days=14,
        by=by,
    )
    today = by.agency.today()
    witness = enter_member(by=by, name="Wanda Witness", display_name="Wanda", since=today)
    put_in_force(plan, on=today, text="The board agreed.", asked=witness, by=by)
    attest(plan, by=witness)


def _group(kind: GroupKind) -> Callable[[Member], None]:
    def done(by: Member) -> None:
        open_group(by.agency, kind=kind, name="Riverside", by=by, on=by.agency.today())

    return done


def _contacts(by: Member) -> None:
    for kind in ContactKind:
        rule = "Report within a day." if kind == ContactKind.REPORTING else ""
        enter_contact(by=by, kind=kind, name="Ombuds", phone="555-0100", rule=rule)


@pytest.mark.parametrize(
    ("does", "filled"),
    [
        (_plan, ["A payment plan in force", "People besides you, from a list or one by one"]),
        (_group(GroupKind.GOVERNING_BODY), ["The governing body"]),
        (_group(GroupKind.COMMITTEE), ["The oversight committee"]),
        (_contacts, ["An outside contact", "Your state’s reporting rule and hotline"]),
    ],
)
def test_a_line_fills_itself_from_what_was_done(
    does: Callable[[Member], None], filled: list[str], founder: Member, agency: Agency
) -> None:
    before = open_parts(founder)
    with transaction.atomic():
        does(founder)
    now = open_parts(founder)
    assert [part for part in before if part not in now] == filled
    assert set(now) < set(before)


def test_what_is_open_leads_to_where_it_is_mended(
    founder: Member, enter: Enter, agency: Agency, login: Login
) -> None:
    page = login(founder).get(at(agency, "home_of")).content.decode()
    urls = [part.url for line in seen_by(founder).lines for part in line.parts if part.url]
    assert urls == [at(agency, "accounts:bring_list"), at(agency, "accounts:how_they_take_part")]
    for url in urls:
        assert f'href="{url}"' in page
    assert 'href="#' not in page.split('id="road"')[1].split("</section>")[0], "icons are drawn"
    enter("Rosa", StandingKind.PRIMARY_CONSUMER)
    enter("Chidi", StandingKind.PRIMARY_CONSUMER)
    assert not any(part.url for line in seen_by(founder).lines for part in line.parts)


def test_people_fill_it_as_they_are_entered(founder: Member, enter: Enter) -> None:
    two, facilitator = "Two people who use your services", "A facilitator"
    enter("Rosa", StandingKind.PRIMARY_CONSUMER)
    assert {two, facilitator} < set(open_parts(founder))
    enter("Chidi", StandingKind.PRIMARY_CONSUMER)
    assert two not in open_parts(founder)
    enter("Femi", roles=(Role.FACILITATOR,))
    assert facilitator not in open_parts(founder)


def test_what_another_agency_did_fills_nothing(
    founder: Member, agency: Agency, outsider: Member
) -> None:
    before = open_parts(founder)
    with tenancy.entering(outsider.agency), transaction.atomic():
        _contacts(outsider)
        assert "An outside contact" not in open_parts(outsider)
    with tenancy.entering(founder.agency):
        assert open_parts(founder) == before


def test_after_the_founding_the_open_lines_stay(
    founder: Member, agency: Agency, login: Login
) -> None:
    with travel(founder.agency.opened + timedelta(days=130), tick=True):
        assert seen_by(founder).day is None
        page = login(founder).get(at(founder.agency, "home_of"))
    assert "What your program still needs" in page.content.decode()


def test_a_practice_agency_needs_no_agreements(founder: Member, agency: Agency) -> None:
    titles = {str(line.title) for line in seen_by(founder).lines}
    agency.sandbox = True
    practised = {str(line.title) for line in seen_by(founder).lines}
    assert titles - practised == {"Record your agreements"}


def test_home_stays_within_its_budget(founder: Member, agency: Agency, login: Login) -> None:
    assert_budget(login(founder), at(agency, "home_of"))
