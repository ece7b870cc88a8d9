"""Recommendations: the list, one with its answers, answering, judging, closing."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.addresses import at
from foundation.asking import Back, ask
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.quarters import words
from foundation.refusals import enforce
from indicators.words import day
from oversight import actions, rules
from oversight.actions.recommendations import part_of
from oversight.finding import recommendation_of
from oversight.forms import CloseRecommendationForm, ConflictForm, JudgeForm, ResponseForm
from oversight.models import (
    Judgement,
    ManagementResponse,
    Recommendation,
    RecommendationStatus,
)

POST_OR_GET = ["GET", "HEAD", "POST"]
TONES = {
    RecommendationStatus.AWAITING: "watch",
    RecommendationStatus.ANSWERED: "",
    RecommendationStatus.ACCEPTED: "",
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
    promised: Any = Recommendation.objects.within(request.agency).to_carry_out(today)
    promises = dict(promised.values_list("pk", "promised_by"))
    going: list[dict[str, Any]] = []
    done: list[dict[str, Any]] = []
    for row in rows:
        shown = {
            "recommendation": row,
            "tone": TONES[RecommendationStatus(row.status)],
            "overdue": row.answer_due is not None and row.answer_due < today,
            "promise": _promise(row, promises.get(row.pk), today),
        }
        (done if row.status == RecommendationStatus.CLOSED else going).append(shown)
    context = {
        "going": page_of(request, going),
        "done": page_of(request, list(reversed(done)), parameter="done"),
    }
    return render(request, "oversight/recommendations.html", context)


def _promise(found: Recommendation, promised_by: date | None, today: date) -> dict[str, Any] | None:
    """When an accepted, open recommendation is due, and whether that day has passed."""
    if found.status != RecommendationStatus.ACCEPTED or promised_by is None:
        return None
    return {"by": promised_by, "overdue": promised_by < today}


@require_safe
def recommendation(request: AgencyRequest, pk: int) -> HttpResponse:
    found, wears = recommendation_of(request, pk)
    member, part = request.member, part_of(found, request.member)
    review = found.finding.review
    readable = rules.reading_review(review, member, wears) is None
    committees_own = rules.acting(member, wears) is None
    conflicts = found.conflicts.all() if wears.seated else []
    today = request.agency.today()
    last = max(found.responses.all(), key=lambda each: each.pk, default=None)
    promised_by = last.actions_by if last is not None else None
    context = {
        "recommendation": found,
        "tone": TONES[RecommendationStatus(found.status)],
        "period": words(review.since, review.until),
        "review": review if readable else None,
        "story": _story(found),
        "facts": [
            {"key": _("Who is in charge"), "value": found.owner.shown_name},
            {"key": _("To be done by"), "value": day(found.due)},
            {"key": _("Asked on"), "value": day(found.made_on)},
        ],
        "overdue": found.answer_due is not None and found.answer_due < today,
        "promise": _promise(found, promised_by, today),
        "may_answer": rules.answering(found, member) is None,
        "judging": rules.judging(found, member, wears, part),
        "to_judge": committees_own and found.status == RecommendationStatus.ANSWERED,
        "may_close": rules.closing_recommendation(found, member, wears, part) is None,
        "may_disclose": rules.disclosing(found, member, wears, part) is None,
        "conflicts": conflicts,
    }
    return render(request, "oversight/recommendation.html", context)


def _story(found: Recommendation) -> list[dict[str, Any]]:
    """A timeline from the request to its completion."""
    story = [
        {
            "title": _("The committee asked"),
            "when": day(found.made_on),
            "quote": found.text,
            "by": found.made_by.shown_name,
            "icon": "megaphone",
        }
    ]
    for response in found.responses.all():
        story.append(_answered(response))
        judgement = getattr(response, "judgement", None)
        if judgement is not None:
            story.append(_judged(judgement))
    if found.closed_on is not None and found.closed_by is not None:
        story.append(
            {
                "title": _("It was carried out"),
                "when": day(found.closed_on),
                "quote": found.evidence,
                "by": found.closed_by.shown_name,
                "icon": "circle-check",
            }
        )
    return story


def _answered(response: ManagementResponse) -> dict[str, Any]:
    quote = response.reason
    if response.actions:
        quote += "\n\n" + _("What will be done: %(actions)s") % {"actions": response.actions}
    if response.actions_by:
        quote += "\n" + _("By %(day)s.") % {"day": day(response.actions_by)}
    return {
        "title": _("Management answered: %(answer)s") % {"answer": response.get_answer_display()},
        "when": day(response.given_on),
        "quote": quote,
        "by": response.given_by.shown_name,
        "icon": "message-circle",
    }


def _judged(judgement: Judgement) -> dict[str, Any]:
    accepted = judgement.satisfactory
    return {
        "title": _("The committee accepted the answer")
        if accepted
        else _("The committee sent the answer back"),
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
def judge(request: AgencyRequest, pk: int) -> HttpResponse:
    """Accept the answer or send it back."""
    found, wears = recommendation_of(request, pk)
    form = JudgeForm.from_request(request)

    def act(form: JudgeForm) -> tuple[str, str]:
        judgement = actions.judge(found, by=request.member, **form.answers)
        if judgement.satisfactory:
            return _page(request, found), _("The answer is accepted.")
        return _page(request, found), _("The answer went back to management.")

    if (answered := submit(request, form, act)) is not None:
        return answered
    enforce(rules.judging(found, request.member, wears, part_of(found, request.member)))
    context = {"form": form, "recommendation": found, "story": _story(found)[-1:]}
    return render(request, "oversight/judge.html", context)


@require_http_methods(POST_OR_GET)
def close(request: AgencyRequest, pk: int) -> HttpResponse:
    """Close the recommendation with the evidence that it was carried out."""
    found, wears = recommendation_of(request, pk)
    form = CloseRecommendationForm.from_request(request)

    def act(form: CloseRecommendationForm) -> tuple[str, str]:
        actions.close_recommendation(found, by=request.member, **form.answers)
        return _page(request, found), _("The recommendation is closed.")

    return ask(
        request,
        form,
        act,
        caption=_numbered(found),
        title=_("Close the recommendation"),
        button=_("Close it"),
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
        return _page(request, found), _("Thank you. You don’t judge this recommendation now.")

    return ask(
        request,
        form,
        act,
        caption=_numbered(found),
        title=_("Declare a conflict of interest"),
        text=[
            _(
                "From then on you do not judge the answers to this recommendation. The committee "
                "sees what you write."
            )
        ],
        button=_("Tell the committee"),
        rule=lambda: rules.disclosing(found, request.member, wears, part_of(found, request.member)),
        **_back(request, found),
    )
