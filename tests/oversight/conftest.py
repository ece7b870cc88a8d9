"""An oversight committee at work: seated, with a review over a frozen snapshot."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Member, StandingKind
from devtools import committee
from devtools.seating import seat
from devtools.states import state
from foundation.models import Agency
from foundation.quarters import before, quarter_of
from groups.actions.seats import open_group
from groups.models import Group, GroupKind, Office
from indicators import actions as indicator_actions
from oversight import actions
from oversight.models import CommitteeStep, Finding, Recommendation, Review
from tests.conftest import Enter, Login

Recommend = Callable[..., Recommendation]
Prepare = Callable[..., CommitteeStep]


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def post(client: Client, url: str, **data: str) -> Any:
    found = re.search(r'name="submission" value="([^"]+)"', text(client, url))
    assert found
    return client.post(url, {"submission": found[1], **data})


@pytest.fixture
def today(agency: Agency) -> date:
    return agency.today()


@state
def committee_group(
    agency: Agency, administrator: Member, committee_chair: Member, long_ago: date
) -> Group:
    """A committee with its chair, a consumer."""
    group = open_group(
        agency,
        kind=GroupKind.COMMITTEE,
        name="Oversight committee",
        by=administrator,
        on=long_ago,
    )
    seat(
        group,
        committee_chair,
        standing=StandingKind.PRIMARY_CONSUMER,
        office=Office.CHAIR,
        since=long_ago,
        by=administrator,
    )
    return group


@state
def second_judge(
    committee_group: Group, second_consumer: Member, administrator: Member, long_ago: date
) -> Member:
    """A second voting member of the committee."""
    seat(
        committee_group,
        second_consumer,
        standing=StandingKind.PRIMARY_CONSUMER,
        since=long_ago,
        by=administrator,
    )
    return second_consumer


@state
def review(agency: Agency, committee_group: Group, committee_chair: Member, today: date) -> Review:
    indicator_actions.catch_up(agency)
    return actions.open_review(since=before(quarter_of(today)).since, by=committee_chair)


@state
def finding(review: Review, committee_chair: Member) -> Finding:
    return actions.record_finding(
        review,
        indicator="oversight",
        kind="concern",
        text="The committee waits long for answers.",
        by=committee_chair,
    )


@pytest.fixture
def recommend(finding: Finding, committee_chair: Member, manager: Member, today: date) -> Recommend:
    """Make a recommendation: `recommend(title="…")`."""

    def recommend(**changed: object) -> Recommendation:
        values: dict[str, object] = {
            "title": "Answer within two weeks",
            "text": "Please answer sooner.",
            "owner": manager,
            "due": today,
            "by": committee_chair,
            **changed,
        }
        return committee.recommend(finding, **values)  # type: ignore[arg-type]

    return recommend


@pytest.fixture
def prepare(finding: Finding, committee_chair: Member, manager: Member, today: date) -> Prepare:
    def prepare(**changed: Any) -> CommitteeStep:
        content: dict[str, Any] = {
            "title": "Answer within two weeks",
            "text": "Please answer sooner.",
            "owner": manager,
            "due": today,
            "by": committee_chair,
            **changed,
        }
        return actions.prepare_recommendation(finding, **content)

    return prepare


@state
def recommendation(recommend: Recommend) -> Recommendation:
    return recommend()


@state
def answered(recommendation: Recommendation, manager: Member, today: date) -> Recommendation:
    actions.give_response(
        recommendation,
        answer="accept",
        reason="It makes sense.",
        actions="We put it on the agenda each week.",
        actions_by=today,
        by=manager,
    )
    recommendation.refresh_from_db()
    return recommendation


@state
def advisor(committee_group: Group, enter: Enter, administrator: Member, long_ago: date) -> Member:
    """A member of the committee without a vote."""
    member = enter("Anke", StandingKind.PROVIDER)
    seat(committee_group, member, voting=False, since=long_ago, by=administrator)
    return member


@pytest.fixture
def chair(login: Login, committee_chair: Member) -> Client:
    return login(committee_chair)


@pytest.fixture
def management(login: Login, manager: Member) -> Client:
    return login(manager)


@pytest.fixture
def visitor(login: Login, consumer: Member) -> Client:
    return login(consumer)
