import re
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Audience, Member, StandingKind
from devtools import committee
from devtools.seating import seat
from foundation import links
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.quarters import before, lately, quarter_of
from groups.actions import be_named
from groups.actions.decisions import close_decision, propose, take_position
from groups.actions.seats import open_group
from groups.models import Decision, Group, GroupKind
from indicators import actions as indicator_actions
from oversight import actions
from oversight.models import CommitteeStep, Finding, Recommendation, RecommendationStatus, Review
from tests.conftest import Enter, Login, assert_budget
from tests.lists import MORE_THAN_A_PAGE, copies, walk
from tests.oversight.conftest import Recommend, post, text


def test_a_quarter_is_reviewed_from_the_first_page_to_the_evidence(
    agency: Agency,
    committee_group: Group,
    chair: Client,
    management: Client,
    manager: Member,
    committee_chair: Member,
    today: date,
) -> None:
    def decide() -> None:
        (step,) = CommitteeStep.objects.within(agency).before_the_committee()
        committee.agree(step, by=committee_chair)

    indicator_actions.catch_up(agency)
    opened = post(
        chair,
        at(agency, "oversight:open_review"),
        since=before(quarter_of(today)).since.isoformat(),
    )
    (review,) = Review.objects.within(agency)
    assert opened.url == at(agency, "oversight:review", pk=review.pk)
    page = text(chair, opened.url)
    assert "They won’t change" in page
    assert review.snapshot.checksum in page
    sign = at(agency, "oversight:sign", pk=review.pk, code="oversight")
    assert sign in page
    second = post(
        chair,
        at(agency, "oversight:record_finding", pk=review.pk, code="oversight"),
        kind="concern",
        text="No charter is in force.",
        onward="yes",
    )
    (finding,) = Finding.objects.within(agency)
    assert second.url == at(agency, "oversight:recommend", pk=finding.pk)
    post(
        chair,
        second.url,
        title="Help with the charter",
        text="Please give us somebody who writes it with us.",
        owner=code_of(manager),
        due=(today + timedelta(days=60)).isoformat(),
    )
    decide()
    (made,) = Recommendation.objects.within(agency)
    page = text(chair, sign)
    assert made.number in page
    assert "No charter is in force." in page

    address = at(agency, "oversight:recommendation", pk=made.pk)
    assert "Answer for management" in text(management, address)
    answered = post(
        management,
        at(agency, "oversight:answer", pk=made.pk),
        answer="accept",
        reason="Gladly.",
        actions="Ann helps each Monday.",
        actions_by=today.isoformat(),
    )
    assert answered.url == address
    page = text(chair, address)
    assert "Ann helps each Monday." in page
    assert "Prepare the committee’s judgement" in page
    back = post(
        chair,
        at(agency, "oversight:judge", pk=made.pk),
        satisfactory="no",
        reason="How long each time?",
    )
    assert back.status_code == 302
    assert "The committee decides now" in text(chair, address)
    decide()
    assert "How long each time?" in text(management, address)
    post(
        management,
        at(agency, "oversight:answer", pk=made.pk),
        answer="accept",
        reason="Gladly.",
        actions="Ann helps two hours each Monday.",
        actions_by=today.isoformat(),
    )
    post(chair, at(agency, "oversight:judge", pk=made.pk), satisfactory="yes")
    decide()
    report = at(agency, "oversight:report", pk=made.pk)
    assert post(management, report, evidence="It is on paper.").url == address
    close = at(agency, "oversight:close", pk=made.pk)
    assert "It is on paper." in text(chair, close)
    post(chair, close, satisfactory="yes", evidence="The charter is adopted.")
    decide()
    made.refresh_from_db()
    assert made.status == RecommendationStatus.CLOSED
    story = text(chair, address)
    for words in ("The committee asked", "sent the answer back", "The charter is adopted."):
        assert words in story
    closed = chair.get(at(agency, "oversight:close_review", pk=review.pk)).content.decode()
    version = re.search(r'name="version" value="(\d+)"', closed)
    assert version
    post(
        chair,
        at(agency, "oversight:close_review", pk=review.pk),
        version=version[1],
        summary="A first step.",
    )
    decide()
    review.refresh_from_db()
    assert not review.is_open


def test_a_finding_alone_leads_back_to_its_sign(
    agency: Agency, review: Review, chair: Client
) -> None:
    response = post(
        chair,
        at(agency, "oversight:record_finding", pk=review.pk, code="oversight"),
        kind="strength",
        text="It goes well.",
        onward="no",
    )
    assert response.url == at(agency, "oversight:sign", pk=review.pk, code="oversight")


def test_numbers_do_not_move_on_a_review_that_is_under_way(
    agency: Agency, review: Review, chair: Client, administrator: Member, today: date
) -> None:
    address = at(agency, "oversight:sign", pk=review.pk, code="oversight")
    before = text(chair, address)
    indicator_actions.change_policy(
        "oversight.answer_days",
        value=3,
        since=today,
        reason="Sooner.",
        by=administrator,
    )
    indicator_actions.catch_up(agency)

    def without_keys(page: str) -> str:
        return re.sub(r'(name="csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", page)

    assert without_keys(text(chair, address)) == without_keys(before)


def test_a_review_under_way_is_the_committees_and_a_closed_one_everybodys(
    agency: Agency,
    recommendation: Recommendation,
    review: Review,
    chair: Client,
    management: Client,
    visitor: Client,
    committee_chair: Member,
) -> None:
    pages = {
        "review": at(agency, "oversight:review", pk=review.pk),
        "sign": at(agency, "oversight:sign", pk=review.pk, code="oversight"),
        "packet": at(agency, "oversight:packet", pk=review.pk),
    }
    asked = at(agency, "oversight:recommendation", pk=recommendation.pk)
    for url in pages.values():
        assert chair.get(url).status_code == 200
        assert management.get(url).status_code == 403
        assert visitor.get(url).status_code == 403
    listed = at(agency, "oversight:recommendations")
    for client in (management, visitor):
        # What the committee voted is everybody's, whether or not its review is still open.
        assert client.get(asked).status_code == 200
        assert recommendation.number in text(client, listed)
        assert at(agency, "oversight:review", pk=review.pk) not in text(client, asked)
    assert "No review is here yet" in text(visitor, at(agency, "oversight:reviews"))

    committee.close_review(review, by=committee_chair)
    for url in (*pages.values(), asked):
        for client in (chair, management, visitor):
            assert client.get(url).status_code == 200
    assert recommendation.number in text(visitor, listed)


def test_in_a_closed_review_most_readers_see_no_past_of_what_could_point_at_a_person(
    agency: Agency,
    finding: Finding,
    review: Review,
    committee_chair: Member,
    chair: Client,
    visitor: Client,
) -> None:
    committee.close_review(review, by=committee_chair)
    listed = at(agency, "oversight:review", pk=review.pk)
    sign = at(agency, "oversight:sign", pk=review.pk, code="oversight")
    packet = at(agency, "oversight:packet", pk=review.pk)
    for url in (sign, packet):
        assert "The chair or a co-chair is a consumer." in text(chair, url)
        page = text(visitor, url)
        assert "is a consumer." not in page
        assert "The committee waits long for answers." in page
    assert "For the committee only" in text(visitor, listed)
    assert "For the committee only" not in text(chair, listed)


def test_links_are_given_only_to_those_who_may_read(
    agency: Agency,
    recommendation: Recommendation,
    finding: Finding,
    review: Review,
    committee_chair: Member,
    manager: Member,
    consumer: Member,
) -> None:
    def readers(kind: str, pk: int) -> list[bool]:
        return [
            links.link(kind, pk, reader) is not None
            for reader in (committee_chair, manager, consumer)
        ]

    assert readers("review", review.pk) == [True, False, False]
    assert readers("finding", finding.pk) == [True, False, False]
    assert readers("recommendation", recommendation.pk) == [True, True, True]
    step = recommendation.steps.get()
    assert readers("committee_step", step.pk) == [True, True, True]
    committee.close_review(review, by=committee_chair)
    assert readers("review", review.pk) == [True, True, True]
    assert readers("recommendation", recommendation.pk) == [True, True, True]
    assert links.link("review", 0, committee_chair) is None


def test_buttons_and_pages_agree_on_who_may_do_what(
    agency: Agency, answered: Recommendation, review: Review, chair: Client, management: Client
) -> None:
    """People without the button get the reason when they type the address."""
    page = text(management, at(agency, "oversight:recommendation", pk=answered.pk))
    assert "Prepare the committee’s judgement" not in page
    for name in ("judge", "close", "disclose", "answer"):
        response = management.get(at(agency, f"oversight:{name}", pk=answered.pk))
        assert response.status_code == 403
    refusal = management.post(
        at(agency, "oversight:judge", pk=answered.pk), {"satisfactory": "yes"}
    )
    assert refusal.status_code == 403
    assert "can’t act for the committee" in refusal.content.decode()
    assert chair.get(at(agency, "oversight:answer", pk=answered.pk)).status_code == 403


def test_a_member_who_told_of_a_conflict_is_told_why_they_do_not_judge(
    agency: Agency, answered: Recommendation, chair: Client
) -> None:
    post(chair, at(agency, "oversight:disclose", pk=answered.pk), text="My sister works there.")
    page = text(chair, at(agency, "oversight:recommendation", pk=answered.pk))
    assert "My sister works there." in page
    assert "so you don’t judge it" in page
    assert chair.get(at(agency, "oversight:judge", pk=answered.pk)).status_code == 403


def test_conflicts_are_not_shown_outside_of_the_committee(
    agency: Agency,
    answered: Recommendation,
    review: Review,
    committee_chair: Member,
    visitor: Client,
    management: Client,
) -> None:
    actions.disclose_conflict(answered, text="My sister works there.", by=committee_chair)
    committee.close_review(review, by=committee_chair)
    for client in (visitor, management):
        page = text(client, at(agency, "oversight:recommendation", pk=answered.pk))
        assert "My sister" not in page


def test_the_committees_page_shows_who_is_in_it_but_not_as_what(
    agency: Agency,
    committee_group: Group,
    second_judge: Member,
    committee_chair: Member,
    visitor: Client,
) -> None:
    page = text(visitor, at(agency, "oversight:committee"))
    assert "Chidi" in page
    assert "Chair" not in page
    be_named(committee_group, by=committee_chair, audience=Audience.AGENCY)
    page = text(visitor, at(agency, "oversight:committee"))
    assert "Chair" in page
    assert str(StandingKind.PRIMARY_CONSUMER.label) not in page


def test_a_committee_group_leads_to_the_committees_page(
    agency: Agency, committee_group: Group, visitor: Client
) -> None:
    response = visitor.get(at(agency, "groups:group", pk=committee_group.pk))
    assert response.url == at(agency, "oversight:committee")  # type: ignore[attr-defined]


def test_without_a_committee_the_page_says_what_it_is_for(
    agency: Agency, visitor: Client, login: Login, administrator: Member
) -> None:
    address = at(agency, "oversight:committee")
    assert "There is no oversight committee yet" in text(visitor, address)
    assert "Set up the committee" not in text(visitor, address)
    assert "Set up the committee" in text(login(administrator), address)


def test_decisions_without_enough_consumers_are_listed_for_the_committee_only(
    agency: Agency,
    committee_group: Group,
    administrator: Member,
    provider: Member,
    chair: Client,
    visitor: Client,
    long_ago: date,
) -> None:
    council = open_group(
        agency, kind=GroupKind.COUNCIL, name="House council", by=administrator, on=long_ago
    )
    seat(council, provider, office="chair", since=long_ago, by=administrator)
    decision = propose(council, title="New chairs", text="We buy chairs.", by=provider)
    take_position(decision, member=provider, choice="agree")
    close_decision(decision, by=provider, waiver="No consumer wanted to come.")
    address = at(agency, "oversight:committee")
    page = text(chair, address)
    assert "No consumer wanted to come." in page
    assert "House council" in page
    assert "No consumer wanted to come." not in text(visitor, address)
    decision.refresh_from_db(from_queryset=Decision.objects.within(agency))
    copies(decision, title=lambda number: f"Chair {number}.")
    total, found = walk(chair, address, r"Chair \d+\.", parameter="waivers")
    assert (total, len(set(found))) == (MORE_THAN_A_PAGE + 1, MORE_THAN_A_PAGE)


@pytest.mark.parametrize("name", ["reviews", "recommendations"])
def test_empty_lists_say_what_goes_there(
    agency: Agency, committee_group: Group, visitor: Client, name: str
) -> None:
    assert "app-empty" in text(visitor, at(agency, f"oversight:{name}"))


def test_when_all_quarters_are_reviewed_none_is_offered(
    agency: Agency, committee_group: Group, chair: Client, committee_chair: Member, today: date
) -> None:
    for quarter in lately(today):
        review = actions.open_review(since=quarter.since, by=committee_chair)
        committee.close_review(review, by=committee_chair)
    assert "Every quarter is reviewed" in text(chair, at(agency, "oversight:open_review"))


def test_without_anybody_in_management_the_finding_is_kept(
    agency: Agency, finding: Finding, chair: Client
) -> None:
    page = text(chair, at(agency, "oversight:recommend", pk=finding.pk))
    assert "Nobody answers for management yet" in page


def test_the_packet_has_everything(
    agency: Agency, recommendation: Recommendation, review: Review, chair: Client
) -> None:
    page = text(chair, at(agency, "oversight:packet", pk=review.pk))
    for words in ("The committee waits long", recommendation.number, review.snapshot.checksum):
        assert words in page


def test_lists_ask_few_queries_and_no_more_with_more_rows(
    agency: Agency,
    recommend: Recommend,
    review: Review,
    committee_chair: Member,
    chair: Client,
    enter: Enter,
    administrator: Member,
    committee_group: Group,
    long_ago: date,
) -> None:
    pages = {
        "committee": at(agency, "oversight:committee"),
        "recommendations": at(agency, "oversight:recommendations"),
        "reviews": at(agency, "oversight:reviews"),
        "review": at(agency, "oversight:review", pk=review.pk),
        "sign": at(agency, "oversight:sign", pk=review.pk, code="oversight"),
    }
    made = recommend()
    pages["recommendation"] = at(agency, "oversight:recommendation", pk=made.pk)
    before = {name: assert_budget(chair, url) for name, url in pages.items()}
    for number in range(5):
        recommend(title=f"More {number}")
        actions.record_finding(
            review, indicator="oversight", kind="concern", text=f"{number}", by=committee_chair
        )
        seat(committee_group, enter(f"Member {number}"), since=long_ago, by=administrator)
    assert {name: assert_budget(chair, url) for name, url in pages.items()} == before


def test_a_desk_s_home_tells_where_the_recommendations_are(
    recommendation: Recommendation,
    manager: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    words, home = "See what the committee recommends", at(agency, "home_of")
    page = login(manager).get(home).text
    assert words in page
    assert re.search(r"Waiting for an answer</dt><dd[^>]*>1</dd>", page)
    assert words not in login(administrator).get(home).text
