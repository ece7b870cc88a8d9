"""The demo agency: its contents, and that they are the same every time."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts import activity
from accounts.models import Member, StandingKind
from cells.cell.models import Cell
from cells.ideas.models import Opportunity, OpportunityState
from cells.overview.packet import packet_of
from cells.plans.models import OutcomeStandard
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from devtools.demo import people
from devtools.demo.database import built, looking_at
from devtools.demo.digest import digest
from devtools.demo.personas import PERSONAS
from dialogues.dialogue.models import Dialogue, DialogueKind
from dialogues.silencing.models import Appeal, Silencing
from foundation import events, links, tenancy
from foundation.addresses import at
from foundation.models import Agency, Event
from groups.models import Choice, EarlierWording, Position
from indicators.history import monthly
from indicators.models import IndicatorSnapshot, IndicatorStatus, StaleMark
from measures.charting.findings import found as finding_of
from measures.charting.reading import Numbers, numbers_of
from measures.definitions.models import Measure
from measures.numbers.results import of_points
from measures.overview import summaries
from notifications.models import Email
from oversight.models import Recommendation, RecommendationStatus, Review
from safety.contacts import in_force
from satisfaction.models import SurveyRound
from tests.cells.voices import contradictions, words_of

# Subjects without a page of their own, or whose page others open for an event that is the person's
# own. Their apps say who may know of them.
WITHOUT_A_PAGE = {
    "consent",
    "import_draft",
    "contribution",
    "voice_door",
    "email",
    "outside_contact",
}

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Agency]:
    """The demo agency, entered, in the database that the browser tests use as well."""
    with django_db_blocker.unblock(), looking_at(built()):
        agency = Agency.objects.get(slug=people.AGENCY)
        with tenancy.entering(agency):
            yield agency


def test_about_forty_people_live_in_five_cells_and_six_dialogues(demo: Agency) -> None:
    today = demo.today()
    assert 38 <= Member.objects.within(demo).on(today).count() <= 45
    assert Cell.objects.within(demo).count() == 5
    dialogues = Dialogue.objects.within(demo)
    assert dialogues.count() == 6
    focused = dialogues.filter(kind=DialogueKind.FOCUSED)
    assert focused.count() == 3
    assert not focused.filter(grew_from=None).exists()


def test_some_indicators_are_met_one_is_at_risk_and_one_is_not_met(demo: Agency) -> None:
    newest = IndicatorSnapshot.objects.within(demo).newest()
    assert {each.indicator: each.status for each in newest} == {
        "mission": IndicatorStatus.MET,
        "process": IndicatorStatus.MET,
        "membership": IndicatorStatus.NOT_MET,
        "compensation": IndicatorStatus.MET,
        "dialogues": IndicatorStatus.AT_RISK,
        "satisfaction": IndicatorStatus.MET,
        "oversight": IndicatorStatus.MET,
    }


def test_the_indicators_have_a_year_of_history(demo: Agency) -> None:
    for points in monthly(demo, demo.today()).values():
        assert len(points) == 12
    assert not StaleMark.objects.within(demo).exists()


def test_of_three_long_measures_one_shows_a_real_improvement_and_the_others_none(
    demo: Agency,
) -> None:
    long = [m for m in Measure.objects.within(demo) if m.points.count() >= 24]
    sentences = {
        measure.name: finding_of(
            measure, Numbers(of_points(measure, measure.points.order_by("period")))
        ).said
        for measure in long
    }
    assert len(sentences) == 3
    assert "better" in sentences.pop("People who helped to write their plan")
    assert all("ordinary variation" in sentence for sentence in sentences.values()), sentences


def test_every_measure_and_plan_tells_one_finding_wherever_it_is_told(demo: Agency) -> None:
    client = Client()
    with tenancy.entering(None):
        client.post("/demo/sign-in/", {"person": "femi"})
    rows = list(Measure.objects.within(demo))
    told = summaries.told(demo, rows, numbers_of(demo, rows))
    assert len(told) > 4
    assert any(found.verdict for found in told.values())
    for pk, found in told.items():
        with tenancy.entering(None):
            page = words_of(client.get(at(demo, "measures:measure", pk=pk)).text)
        measure = found.measure
        assert not measure.points.exists() or found.said in page, page
        answer = found.verdict.words if found.verdict else None
        said = [f"{found.said} {found.goal}"]
        plan = found.standard
        title = plan.title if plan else ""
        held = OutcomeStandard.objects.within(demo).filter(measure=pk)
        begun = held.filter(
            plan__activated_on__isnull=False, plan__opportunity__title=title
        ).first()
        assert (begun is None) == (plan is None)
        if begun is not None:
            idea = begun.plan.opportunity_id
            with tenancy.entering(None):
                shown = words_of(client.get(at(demo, "cells:plan", pk=begun.plan_id)).text)
                story = words_of(client.get(at(demo, "cells:opportunity", pk=idea)).text)
            # A plan with several measures has several findings, each with its own baseline.
            alone = OutcomeStandard.objects.within(demo).filter(plan=begun.plan_id).count() == 1
            said += [page, shown, story] if alone and held.count() == 1 else []
            assert found.said in shown
            assert str(answer) in shown
            assert "Numbers came in" not in story or found.said in story
        assert contradictions(said, answer, measure.direction) == []
    reader = Member.objects.within(demo).get(display_name="Femi")
    papers = 0
    for cell in Cell.objects.within(demo):
        packet = packet_of(Cell.objects.within(demo), cell.pk, reader)
        for figure in packet.figures.rows:
            (found,) = [
                each
                for each in told.values()
                if each.measure.owner_id == cell.group_id and each.figure().title == figure.title
            ]
            assert (figure.finding, figure.goal) == (found.said, found.goal)
            papers += 1
    assert papers


def test_an_idea_from_a_theme_was_chosen_with_an_objection_worked_in_and_is_done(
    demo: Agency,
) -> None:
    idea = Opportunity.objects.within(demo).get(state=OpportunityState.DONE)
    assert idea.origin_type == "theme"
    decision = idea.decision
    assert decision is not None
    assert EarlierWording.objects.within(demo).filter(decision=decision).count() == 1
    objections = Position.objects.within(demo).filter(decision=decision, choice=Choice.OBJECT)
    assert objections.get().round == 1


def test_what_was_earned_is_paid_but_for_what_is_new(demo: Agency) -> None:
    claims = Claim.objects.within(demo)
    statuses = set(claims.values_list("status", flat=True))
    assert {ClaimStatus.PAID, ClaimStatus.EARNED, ClaimStatus.WAIVED} <= statuses
    assert not claims.unpaid().filter(due_on__lt=demo.today()).exists()
    payments = Payment.objects.within(demo)
    assert payments.count() > 100
    assert payments.exclude(donated_to=None).exists()
    assert payments.exclude(reversed_on=None).count() == 1


def test_about_money_something_is_asked_corrected_cut_and_drafted(demo: Agency) -> None:
    claims = Claim.objects.within(demo)
    assert claims.filter(status=ClaimStatus.RETURNED).get().member.display_name == "Walter"
    assert claims.to_approve().filter(amount__lt=0).count() == 1
    assert claims.to_approve().filter(kind=ClaimKind.REIMBURSEMENT).count() == 3
    assert claims.capped().get().member.display_name == "June O."
    assert PlanVersion.objects.within(demo).filter(since=None, ratification=None).count() == 1


def test_of_words_to_set_aside_two_were_one_is_asked_about_and_one_is_appealed(
    demo: Agency,
) -> None:
    rows, today = Silencing.objects.within(demo), demo.today()
    assert rows.undecided(today).count() == 1
    assert rows.hiding(today).exclude(agreed_on=None).count() == 2
    assert Appeal.objects.within(demo).filter(outcome="", until__gt=today).count() == 1


def test_two_surveys_and_a_review_were_held_and_another_review_goes_on(demo: Agency) -> None:
    rounds = SurveyRound.objects.within(demo).closed(demo.today())
    assert rounds.count() == 2
    reviews = Review.objects.within(demo).order_by("since")
    assert [each.is_open for each in reviews] == [False, True]
    statuses = Recommendation.objects.within(demo).values_list("status", flat=True)
    assert set(statuses) == set(RecommendationStatus.values)


def test_whom_people_can_call_outside_is_entered_whole(demo: Agency) -> None:
    assert in_force(demo).whole


def test_no_mail_waits_to_be_sent(demo: Agency) -> None:
    # The browser tests' clock runs on the same database: on a Monday it posts the digests.
    assert not Email.objects.within(demo).exclude(reason__startswith="digest ").exists()


def test_a_second_build_keeps_what_is_there(demo: Agency) -> None:
    before, said = digest(demo), StringIO()
    call_command("build_demo", stdout=said)
    assert "its data is kept" in said.getvalue()
    assert digest(demo) == before


@pytest.mark.parametrize("key", [persona.key for persona in PERSONAS])
def test_one_click_signs_a_visitor_in_as_somebody(demo: Agency, key: str) -> None:
    client = Client()
    with tenancy.entering(None):
        answer = client.post("/demo/sign-in/", {"person": key})
        assert answer.status_code == 302
        home = client.get(answer["Location"])
    assert home.status_code == 200


def test_the_list_of_personas_is_open_and_posts_only(demo: Agency) -> None:
    client = Client()
    page = client.get("/demo/")
    assert page.status_code == 200
    for persona in PERSONAS:
        assert f"Sign in as {persona.shown}" in page.content.decode()
    assert client.get("/demo/sign-in/").status_code == 405
    assert client.post("/demo/sign-in/", {"person": "nobody"}).status_code == 404


def test_everybody_who_is_a_consumer_is_told_apart_only_where_they_said_so(demo: Agency) -> None:
    standings = {
        member.display_name: [standing.kind for standing in member.standings.all()]
        for member in Member.objects.within(demo).prefetch_related("standings")
    }
    assert standings["Robin"] == [StandingKind.UNDISCLOSED]


def test_an_event_of_whatever_name_is_listed_to_those_who_may_open_its_subject(
    demo: Agency,
) -> None:
    """The activity list and each page check the same; letters belong to their recipients."""
    newest: dict[str, Event] = {}
    for event in Event.objects.within(demo).order_by("pk"):
        newest[event.name] = event
    assert len(set(newest) & activity.names()) > 70
    paged = [event for event in newest.values() if event.subject_type not in WITHOUT_A_PAGE]
    for persona in PERSONAS:
        members = Member.objects.within(demo).select_related("user")
        by = persona.signs_in_by
        reader = members.get(Q(user__email=by) | Q(user__member_name=by))
        reader.agency = demo
        seen = set(events.seen_by(reader).values_list("pk", flat=True))
        for event in paged:
            link = links.link(event.subject_type, event.subject_id, reader)
            assert (event.pk in seen) == (link is not None), (event, reader)
