"""Help by role: each step links only to what the reader may open."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import textstat
from django.test import Client

from accounts.models import Member
from accounts.permissions import Permission, Role
from cqi_portal.guides import reading
from cqi_portal.guides.members import COMMITTEE, TAKING_PART
from cqi_portal.guides.reading import GUIDES, shown
from cqi_portal.guides.steps import Guide
from cqi_portal.guides.workers import FACILITATOR, PAYMENTS
from devtools.demo.personas import PERSONAS
from foundation.addresses import at
from foundation.models import Agency
from tests.accounts.test_plain_words import is_plain, sentences
from tests.browser.crawl import HOME, signed_in
from tests.conftest import Enter, Login, assert_budget

GRADE = 8.0


def offered(client: Client, guide: Guide) -> list[str]:
    """The addresses that a guide leads to, for who is signed in."""
    answer = client.get(f"{HOME}help/{guide.code}/")
    assert answer.status_code == 200
    parts = answer.context["parts"]
    return [step.link.href for part in parts for step in part.steps if step.link]


def shut(client: Client, hrefs: list[str]) -> Iterator[str]:
    """Addresses that do not open."""
    for href in hrefs:
        status = client.get(href, follow=True).status_code
        if status != 200:
            yield f"{href}: {status}"


@pytest.mark.xdist_group("demo")
@pytest.mark.parametrize("person", [each.key for each in PERSONAS])
def test_every_link_of_every_guide_opens_for_each_of_the_demo_s_people(
    person: str, demo: Agency
) -> None:
    client = signed_in(person)
    hrefs = {href for guide in GUIDES for href in offered(client, guide)}
    assert hrefs
    assert list(shut(client, sorted(hrefs))) == []


@pytest.mark.xdist_group("demo")
def test_a_link_that_asks_for_no_permission_is_found(
    demo: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A guide that leads everybody to the payments."""
    part = PAYMENTS.parts[0]
    way = part.steps[0].way
    assert way is not None
    step = replace(part.steps[0], way=replace(way, needs=frozenset()))
    planted = replace(TAKING_PART, parts=(replace(part, steps=(step,)),))
    monkeypatch.setattr(reading, "GUIDES", (planted,))
    client = signed_in("rosa")
    assert list(shut(client, offered(client, planted))) == [f"{HOME}compensation/: 403"]


@pytest.mark.parametrize("role", list(Role))
def test_help_and_home_lead_to_the_guide_of_one_s_role(
    role: Role, enter: Enter, login: Login
) -> None:
    member = enter("Wren", roles=(role,))
    client, agency = login(member), member.agency
    for guide in GUIDES:
        href = at(agency, "guide", guide=guide.code)
        is_own = role in guide.roles or (guide is TAKING_PART and role is Role.COMMITTEE)
        on_home = client.get(at(agency, "home_of")).content.decode()
        assert (f'href="{href}"' in on_home) == is_own
        in_help = client.get(at(agency, "help")).content.decode()
        assert (f'href="{href}"' in in_help) == (is_own or role is not Role.COMMITTEE)


def test_members_without_a_role_see_the_same_guide_whatever_their_standing(
    consumer: Member, provider: Member, login: Login
) -> None:
    pages = []
    for member in (consumer, provider):
        client = login(member)
        assert [link.text for link in client.get(at(member.agency, "help")).context["guides"]] == [
            TAKING_PART.title
        ]
        shown = client.get(at(member.agency, "guide", guide="taking-part")).context["parts"]
        pages.append(shown)
    assert pages[0] == pages[1]


def test_a_guide_that_is_not_there_is_not_found(consumer: Member, login: Login) -> None:
    url = at(consumer.agency, "guide", guide="king")
    assert login(consumer).get(url).status_code == 404


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.code)
def test_a_guide_reads_easily(guide: Guide, consumer: Member, login: Login) -> None:
    page = login(consumer).get(at(consumer.agency, "guide", guide=guide.code)).content.decode()
    if guide in (TAKING_PART, COMMITTEE):
        is_plain(page)
    assert textstat.flesch_kincaid_grade(sentences(page)) <= GRADE


def test_a_guide_costs_few_queries(facilitator: Member, login: Login) -> None:
    assert_budget(login(facilitator), at(facilitator.agency, "guide", guide="facilitator"))


def test_every_permission_to_work_has_a_guide(facilitator: Member) -> None:
    """Management answers recommendations, of which it is told one by one."""
    with_guide = {role for guide in GUIDES for role in guide.roles}
    assert set(Role) - with_guide == {Role.MANAGEMENT}
    assert all(
        step.link is not None
        for part in shown(FACILITATOR, facilitator)
        for step in part.steps
        if step.title in {"Enter the numbers", "Print what people need"}
    )
    assert facilitator.may(Permission.FACILITATE)
