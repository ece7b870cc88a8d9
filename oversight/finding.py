"""Look up a review or recommendation by key, if the member may read it."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from foundation.http import AgencyRequest
from foundation.refusals import enforce
from oversight import rules
from oversight.models import (
    CommitteeStep,
    ConflictDisclosure,
    Finding,
    ManagementResponse,
    Recommendation,
    Review,
)
from oversight.rules import Hat


def review_of(request: AgencyRequest, pk: int) -> tuple[Review, Hat]:
    """404 if there is none; 403 if the reader may not read it yet."""
    reviews = Review.objects.within(request.agency).select_related(
        "snapshot", "opened_by", "committee__group"
    )
    review = get_object_or_404(reviews, pk=pk)
    wears = rules.hat(request.member)
    enforce(rules.reading_review(review, request.member, wears))
    return review, wears


def finding_of(request: AgencyRequest, pk: int) -> tuple[Finding, Hat]:
    findings = Finding.objects.within(request.agency).select_related("review__snapshot")
    finding = get_object_or_404(findings, pk=pk)
    wears = rules.hat(request.member)
    enforce(rules.reading_review(finding.review, request.member, wears))
    return finding, wears


def _talk(request: AgencyRequest) -> list[Prefetch[str]]:
    """Management's answers with the committee's judgements, and declared conflicts."""
    answers = ManagementResponse.objects.within(request.agency)
    conflicts = ConflictDisclosure.objects.within(request.agency)
    return [
        Prefetch("responses", answers.select_related("given_by", "judgement__by").order_by("pk")),
        Prefetch("conflicts", conflicts.select_related("member").order_by("pk")),
    ]


def recommendation_of(request: AgencyRequest, pk: int) -> tuple[Recommendation, Hat]:
    rows = Recommendation.objects.within(request.agency)
    rows = rows.select_related("finding__review__snapshot", "owner", "made_by", "closed_by")
    steps = CommitteeStep.objects.within(request.agency).select_related("decision")
    rows = rows.prefetch_related(*_talk(request), Prefetch("steps", steps.order_by("pk")))
    recommendation = get_object_or_404(rows, pk=pk)
    wears = rules.hat(request.member)
    enforce(rules.reading_recommendation(recommendation, request.member, wears))
    return recommendation, wears
