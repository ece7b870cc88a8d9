"""Recommendations: the list, one with its answers, answering, reporting; judging and closing.

The committee's own acts are prepared here, and decided on the page of their proposal.
"""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.addresses import at
from foundation.asking import Back, Quote, ask
from foundation.http import AgencyRequest
from foundation.links import Link
from foundation.pages import Destination, render, submit
from foundation.paging import page_of
from foundation.quarters import words
from foundation.refusals import enforce
from indicators.words import day
from oversight import actions, rules
from oversight.actions.recommendations import part_of
from oversight.clocks import clock, declined_keys
from oversight.finding import recommendation_of
from oversight.forms import ConflictForm, JudgeForm, ReportForm, ResponseForm, VerifyForm
from oversight.models import (
    CommitteeStep,
    Judgement,
    ManagementAnswer,
    ManagementResponse,
    Recommendation,
    RecommendationStatus,
    StepState,
)
from oversight.proposals import NOW_BEFORE_THEM, decision_page, link_to

POST_OR_GET = ["GET", "HEAD", "POST"]
TONES = {
    RecommendationStatus.AWAITING: "watch",
    RecommendationStatus.ANSWERED: "",
    RecommendationStatus.ACCEPTED: "",
    RecommendationStatus.REPORTED: "",
    RecommendationStatus.CLOSED: "good",
}


def _page(request: AgencyRequest, recommendation: Recommendation) -> str:
    return at(request.agency, "oversight:recommendation", pk=recommendation.pk)


@require_safe
def recommendations(request: AgencyRequest) -> HttpResponse:
    """Open recommendations, oldest first; then the closed ones, newest first."""
    rows = Recommendation.objects.within(request.agency)
    if not rules.reads_all(request.member, rules.hat(request.member)):
        rows = rows.public()
    today = request.agency.today()
    rows = rows.select_related("owner").order_by("year", "serial")
    declined = declined_keys(request.agency)
    going: list[dict[str, Any]] = []
    done: list[dict[str, Any]] = []
    for row in rows:
        shown = {
            "recommendation": row,
            "tone": TONES[RecommendationStatus(row.status)],
            "clock": clock(row, today, declined=row.pk in declined),
        }
        (done if row.status == RecommendationStatus.CLOSED else going).append(shown)
    context = {
        "overdue": sum(each["clock"].overdue for each in going),
        "going": page_of(request, going),
        "done": page_of(request, list(reversed(done)), parameter="done"),
    }
    return render(request, "oversight/recommendations.html", context)


@require_safe
def recommendation(request: AgencyRequest, pk: int) -> HttpResponse:
    found, wears = recommendation_of(request, pk)
    member, part = request.member, part_of(found, request.member)
    review = found.finding.review
    readable = rules.reading_review(review, member, wears) is None
    committees_own = rules.acting(member, wears) is None
    conflicts = found.conflicts.all() if wears.seated else []
    refusal = rules.judging(found, member, wears, part)
    to_judge = committees_own and found.status == RecommendationStatus.ANSWERED
    context = {
        "recommendation": found,
        "tone": TONES[RecommendationStatus(found.status)],
        "period": words(review.since, review.until),
        "review": review if readable else None,
        "story": _story(found),
        "decisions": _decisions(request, found),
        "facts": [
            {"key": _("Who is in charge"), "value": found.owner.shown_name},
            {"key": _("To be done by"), "value": day(found.due)},
            {"key": _("Asked on"), "value": day(found.made_on)},
        ],
        "clock": clock(found, request.agency.today(), declined=_declined(found)),
        "may_answer": rules.answering(found, member) is None,
        "may_report": rules.reporting(found, member) is None,
        "may_judge": refusal is None,
        "not_judging": refusal if to_judge and not part.deciding else None,
        "before": _before(request, found) if part.deciding and wears.seated else None,
        "may_close": rules.closing_recommendation(found, member, wears, part) is None,
        "may_disclose": rules.disclosing(found, member, wears, part) is None,
        "conflicts": conflicts,
    }
    return render(request, "oversight/recommendation.html", context)


def _declined(found: Recommendation) -> bool:
    """Whether the committee accepted that management will not do it; no query if it is loaded."""
    return found.status == RecommendationStatus.ACCEPTED and any(
        response.answer == ManagementAnswer.DECLINE and _is_accepted(response)
        for response in found.responses.all()
    )


def _is_accepted(response: ManagementResponse) -> bool:
    judgement: Judgement | None = getattr(response, "judgement", None)
    return judgement is not None and judgement.satisfactory


def _before(request: AgencyRequest, found: Recommendation) -> Link | None:
    """The proposal about it that the committee decides now."""
    before = next((step for step in found.steps.all() if step.is_open), None)
    return None if before is None else link_to(request, before)


def _decisions(request: AgencyRequest, found: Recommendation) -> list[Link]:
    """What the committee decided about it, which everybody reads."""
    links = []
    for step in found.steps.all():
        decision = step.decision
        if decision is None or step.state != StepState.DECIDED:
            continue
        links.append(Link(f"{decision.title} ({_day_of(step)})", decision_page(request, step)))
    return links


def _day_of(step: CommitteeStep) -> str:
    assert step.settled_on is not None
    return day(step.settled_on)


def _story(found: Recommendation) -> list[dict[str, Any]]:
    """A timeline from the request to its completion."""
    asked = _("The committee asked, by its decision")
    if not found.voted:
        asked = _("The committee asked, in the meeting of its review")
    story = [
        {
            "title": asked,
            "when": day(found.made_on),
            "quote": found.text,
            "by": _("prepared by %(name)s") % {"name": found.made_by.shown_name}
            if found.voted
            else found.made_by.shown_name,
            "icon": "megaphone",
        }
    ]
    for response in found.responses.all():
        story.append(_answered(response))
        judgement = getattr(response, "judgement", None)
        if judgement is not None:
            story.append(_judged(response, judgement))
    if found.closed_on is not None and found.closed_by is not None:
        story.append(
            {
                "title": _("The committee closed it"),
                "when": day(found.closed_on),
                "quote": found.evidence,
                "by": found.closed_by.shown_name,
                "icon": "circle-check",
            }
        )
    return [each for each in story if each]


def _answered(response: ManagementResponse) -> dict[str, Any]:
    quote = response.reason
    if response.actions:
        quote += "\n\n" + _("What will be done: %(actions)s") % {"actions": response.actions}
    if response.actions_by:
        quote += "\n" + _("By %(day)s.") % {"day": day(response.actions_by)}
    answer = {"answer": response.get_answer_display()}
    title = _("Management answered: %(answer)s") % answer
    if response.answer == ManagementAnswer.DONE:
        title = _("Management reported that it is carried out")
    return {
        "title": title,
        "when": day(response.given_on),
        "quote": quote,
        "by": response.given_by.shown_name,
        "icon": "message-circle",
    }


def _judged(response: ManagementResponse, judgement: Judgement) -> dict[str, Any]:
    """What the committee found of an answer; that it closed what was done is told at the end."""
    accepted = judgement.satisfactory
    if response.answer == ManagementAnswer.DONE:
        if accepted:
            return {}
        title = _("The committee found it not done yet")
    else:
        sent_back = _("The committee sent the answer back")
        title = _("The committee accepted the answer") if accepted else sent_back
    return {
        "title": title,
        "when": day(judgement.on),
        "quote": judgement.reason,
        "by": judgement.by.shown_name if judgement.reason else "",
        "icon": "circle-check" if accepted else "arrow-left",
    }


@require_http_methods(POST_OR_GET)
def answer(request: AgencyRequest, pk: int) -> HttpResponse:
    """Management's answer."""
    found, _wears = recommendation_of(request, pk)
    form = ResponseForm.from_request(request, today=request.agency.today())

    def act(form: ResponseForm) -> tuple[str, str]:
        actions.give_response(found, by=request.member, **form.answers)
        return _page(request, found), _("Your answer is with the committee now.")

    if (answered := submit(request, form, act)) is not None:
        return answered
    enforce(rules.answering(found, request.member))
    context = {"form": form, "recommendation": found, "story": _story(found)}
    return render(request, "oversight/answer.html", context)


@require_http_methods(POST_OR_GET)
def report(request: AgencyRequest, pk: int) -> HttpResponse:
    """Management reports that it is carried out, with the evidence."""
    found, _wears = recommendation_of(request, pk)
    form = ReportForm.from_request(request)

    def act(form: ReportForm) -> tuple[str, str]:
        actions.report_done(found, by=request.member, **form.answers)
        return _page(request, found), _("The committee is asked to verify it now.")

    return ask(
        request,
        form,
        act,
        caption=_numbered(found),
        title=_("Report that it is carried out"),
        text=[_("The committee verifies it, and closes the recommendation.")],
        button=_("Send the report"),
        rule=lambda: rules.reporting(found, request.member),
        **_back(request, found),
    )


@require_http_methods(POST_OR_GET)
def judge(request: AgencyRequest, pk: int) -> HttpResponse:
    """Prepare that the committee accepts the answer or sends it back."""
    found, wears = recommendation_of(request, pk)
    form = JudgeForm.from_request(request)

    def act(form: JudgeForm) -> Destination:
        step = actions.prepare_judgement(found, by=request.member, **form.answers)
        return decision_page(request, step), NOW_BEFORE_THEM

    if (answered := submit(request, form, act)) is not None:
        return answered
    enforce(rules.judging(found, request.member, wears, part_of(found, request.member)))
    context = {"form": form, "recommendation": found, "story": _story(found)[-1:]}
    return render(request, "oversight/judge.html", context)


@require_http_methods(POST_OR_GET)
def close(request: AgencyRequest, pk: int) -> HttpResponse:
    """Prepare that the committee verifies it: carried out and closed, or not done yet."""
    found, wears = recommendation_of(request, pk)
    reported = found.status == RecommendationStatus.REPORTED
    form = VerifyForm.from_request(request, reported=reported)

    def act(form: VerifyForm) -> Destination:
        step = actions.prepare_verification(found, by=request.member, **form.answers)
        return decision_page(request, step), NOW_BEFORE_THEM

    last = max(found.responses.all(), key=lambda each: each.pk, default=None)
    quotes = []
    if reported and last is not None:
        quotes = [Quote(last.reason, by=_("Management’s report"))]
    return ask(
        request,
        form,
        act,
        caption=_numbered(found),
        title=_("Verify that it was carried out"),
        quotes=quotes,
        button=_("Put it to the committee"),
        rule=lambda: rules.closing_recommendation(
            found, request.member, wears, part_of(found, request.member)
        ),
        **_back(request, found),
    )


def _numbered(found: Recommendation) -> str:
    return f"{found.number}: {found.title}"


def _back(request: AgencyRequest, found: Recommendation) -> Back:
    return {"back": _page(request, found), "back_text": _("Back to the recommendation")}


@require_http_methods(POST_OR_GET)
def disclose(request: AgencyRequest, pk: int) -> HttpResponse:
    """Declare a committee member's conflict of interest."""
    found, wears = recommendation_of(request, pk)
    form = ConflictForm.from_request(request)

    def act(form: ConflictForm) -> tuple[str, str]:
        actions.disclose_conflict(found, by=request.member, **form.answers)
        return _page(request, found), _(
            "Thank you. You take no part in judging this recommendation."
        )

    return ask(
        request,
        form,
        act,
        caption=_numbered(found),
        title=_("Declare a conflict of interest"),
        text=[
            _(
                "From then on you take no part when the committee decides about this, and are not "
                "counted. The committee sees what you write."
            )
        ],
        button=_("Tell the committee"),
        rule=lambda: rules.disclosing(found, request.member, wears, part_of(found, request.member)),
        **_back(request, found),
    )
