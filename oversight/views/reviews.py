"""Reviews: the list, one over its frozen snapshot, one of its indicators, printed."""

from collections import Counter
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Member
from evidence.presenting import seal_for
from foundation import smallness
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import Destination, render, submit
from foundation.paging import page_of
from foundation.quarters import lately, words
from foundation.refusals import enforce
from groups.written import in_writing
from indicators.cards import counted_for, frozen_card, legend
from indicators.criteria import LABELS, status_of_one
from indicators.frozen import FrozenIndicator, intact, read, read_own
from indicators.history import without_numbers
from indicators.models import FrozenSnapshot
from indicators.registry import Verdict
from indicators.rules import comparing_days, reading_counts
from oversight import actions, pausing, rules
from oversight.actions.reviews import being_closed
from oversight.finding import finding_of, review_of
from oversight.forms import CloseReviewForm, FindingForm, OpenReviewForm, RecommendationForm
from oversight.models import Committee, CommitteeStep, Recommendation, Review
from oversight.policies import PAUSE_COUNTED
from oversight.proposals import NOW_BEFORE_THEM, decision_page, link_to
from oversight.rules import Hat

POST_OR_GET = ["GET", "HEAD", "POST"]


@require_safe
def reviews(request: AgencyRequest) -> HttpResponse:
    rows = Review.objects.within(request.agency).order_by("-since", "-pk")
    wears = rules.hat(request.member)
    readable = [
        review for review in rows if rules.reading_review(review, request.member, wears) is None
    ]
    under_way = any(review.is_open for review in rows)
    refusal = rules.opening_review(request.member, wears, under_way=under_way)
    page = page_of(request, readable)
    context = {
        "page": page,
        "reviews": [
            {"review": review, "period": words(review.since, review.until)} for review in page
        ],
        "may_open": refusal is None and Committee.objects.within(request.agency).current().exists(),
    }
    return render(request, "oversight/reviews.html", context)


@require_http_methods(POST_OR_GET)
def open_review(request: AgencyRequest) -> HttpResponse:
    rows = list(Review.objects.within(request.agency))
    reviewed = {review.since for review in rows}
    quarters = lately(request.agency.today())
    left = [quarter for quarter in quarters if quarter.since not in reviewed]
    # A second click must still find its quarter, to reach the review that the first one opened.
    offered = quarters if request.method == "POST" else left
    form = OpenReviewForm.from_request(request, quarters=offered)

    def act(form: OpenReviewForm) -> str:
        review = actions.open_review(since=form.cleaned_data["since"], by=request.member)
        return at(request.agency, "oversight:review", pk=review.pk)

    if (answered := submit(request, form, act)) is not None:
        return answered
    under_way = any(review.is_open for review in rows)
    enforce(rules.opening_review(request.member, rules.hat(request.member), under_way=under_way))
    return render(request, "oversight/open_review.html", {"form": form, "quarters": left})


def frozen_at(agency: Agency, snapshot: FrozenSnapshot) -> str:
    """The day the numbers describe, and when they were frozen."""
    kept = snapshot.frozen_at.astimezone(agency.zone)
    return _("%(day)s, kept at %(moment)s") % {
        "day": date_format(snapshot.as_of, "F j, Y"),
        "moment": date_format(kept, "g:i a \\o\\n F j, Y"),
    }


def _frame(request: AgencyRequest, review: Review, wears: Hat) -> dict[str, Any]:
    """What every page of a review shows; `closing`: the proposal to close it."""
    closing = _before_the_committee(review.agency, review=review) if review.is_open else []
    return {
        "review": review,
        "period": words(review.since, review.until),
        "as_of": frozen_at(request.agency, review.snapshot),
        "intact": intact(review.snapshot),
        "seal": seal_for(request.member, review.sealed_day, review.sealed_digest),
        "may_record": rules.recording(review, request.member, wears, deciding=bool(closing))
        is None,
        "closing": link_to(request, closing[0]) if closing and wears.seated else None,
    }


@require_safe
def review(request: AgencyRequest, pk: int) -> HttpResponse:
    found, wears = review_of(request, pk)
    findings = list(_findings(found))
    counted = Counter(finding.indicator for finding in findings)
    cards = [
        frozen_card(
            sign,
            at(request.agency, "oversight:sign", pk=found.pk, code=sign.code),
            request.member,
        )
        for sign in read(found.snapshot)
    ]
    context = {
        **_frame(request, found, wears),
        "signs": [{"card": each, "findings": counted[each.code]} for each in cards],
        "legend": legend(cards),
        "own": read_own(found.snapshot, request.member),
        "recommendations": _recommendations(request, found),
        "prepared": _prepared(found) if wears.seated else [],
    }
    deciding = context["closing"] is not None
    refusal = rules.closing_review(found, request.member, wears, deciding=deciding)
    return render(request, "oversight/review.html", {**context, "may_close": refusal is None})


def _before_the_committee(agency: Agency, **about: Review) -> list[CommitteeStep]:
    """The steps about a review (or, by `finding__review`, about its findings), oldest first."""
    rows = CommitteeStep.objects.within(agency).before_the_committee().filter(**about)
    return list(rows.select_related("decision", "finding").order_by("pk"))


def _prepared(found: Review) -> list[CommitteeStep]:
    """Recommendations of this review that are before the committee."""
    return _before_the_committee(found.agency, finding__review=found)


def _findings(found: Review) -> Any:
    return found.findings.select_related("recorded_by").order_by("pk")


def _recommendations(request: AgencyRequest, found: Review) -> list[Recommendation]:
    rows = Recommendation.objects.within(request.agency).select_related("owner")
    return list(rows.filter(finding__review=found).order_by("year", "serial"))


def sign_of(found: Review, code: str) -> FrozenIndicator:
    """The frozen indicator of an address, or 404."""
    for sign in read(found.snapshot):
        if sign.code == code:
            return sign
    raise Http404


@require_safe
def sign(request: AgencyRequest, pk: int, code: str) -> HttpResponse:
    """One indicator: what was shown, what the committee found, what it asked before."""
    found, wears = review_of(request, pk)
    shown = _sign_for(sign_of(found, code), request.member)
    asked = Recommendation.objects.within(request.agency).filter(finding__indicator=code)
    if not rules.reads_all(request.member, wears):
        asked = asked.public()
    asked = asked.select_related("finding", "owner").order_by("-year", "-serial")
    here = [each for each in asked if each.finding.review_id == found.pk]
    prepared = _prepared(found) if wears.seated else []
    context = {
        **_frame(request, found, wears),
        "sign": shown,
        "card": frozen_card(shown, "", request.member),
        "refusal_to_compare": rules.reading_numbers(shown, request.member),
        "criteria": frozen_criteria(shown, request.member),
        "month_head": [_("Month"), _("How it stood"), _("Number")],
        "months": months(shown),
        "findings": [
            {
                "finding": finding,
                "asked": [r for r in here[::-1] if r.finding_id == finding.pk],
                "prepared": [each for each in prepared if each.finding_id == finding.pk],
            }
            for finding in _findings(found)
            if finding.indicator == code
        ],
        "earlier": [each for each in asked if each.finding.review_id != found.pk],
        "following": _following(request, found, code),
    }
    return render(request, "oversight/sign.html", context)


def _following(request: AgencyRequest, found: Review, code: str) -> dict[str, str] | None:
    """The next indicator, so that the committee can go through all in order."""
    signs = read(found.snapshot)
    place = [each.code for each in signs].index(code)
    if place + 1 == len(signs):
        return None
    following = signs[place + 1]
    url = at(request.agency, "oversight:sign", pk=found.pk, code=following.code)
    return {"title": following.title, "url": url}


def _sign_for(sign: FrozenIndicator, reader: Member) -> FrozenIndicator:
    """The indicator without its headline number, if this reader may not see it."""
    if counted_for(sign, reader):
        return sign
    return replace(
        sign,
        value="",
        measure="",
        points=tuple(without_numbers(sign.points)),
        months=("",) * len(sign.months),
    )


def frozen_criteria(sign: FrozenIndicator, reader: Member) -> list[dict[str, Any]]:
    """Rows for the partial that also shows live criteria, as far as this reader may see them."""
    shown = []
    for each in sign.criteria:
        small = comparing_days(each.discreet and sign.small, reader)
        told = (small or reading_counts(each.discreet, reader)) is None
        status = status_of_one(Verdict(each.verdict), each.at_risk, founding=bool(sign.founding))
        shown.append(
            {
                "title": each.title,
                "status": status,
                "label": LABELS[status](),
                "text": each.words if told else "",
                "lapses": each.lapses if told else None,
                "todo": "" if status == "met" else each.todo,
            }
        )
    return shown


def months(shown: FrozenIndicator) -> list[list[Any]]:
    """The table of months, newest first."""
    pairs = zip(shown.points, shown.months, strict=True)
    return [
        [date_format(point.month, "F Y"), {"status": point.status}, value or _("None shown")]
        for point, value in reversed(list(pairs))
    ]


@require_http_methods(POST_OR_GET)
def record_finding(request: AgencyRequest, pk: int, code: str) -> HttpResponse:
    """The first of two pages: the finding, followed by a recommendation."""
    found, wears = review_of(request, pk)
    shown = sign_of(found, code)
    enforce(rules.recording(found, request.member, wears, deciding=being_closed(found)))
    form = FindingForm.from_request(request)

    def act(form: FindingForm) -> str:
        answers = form.answers
        onward = answers.pop("onward")
        finding = actions.record_finding(found, indicator=code, by=request.member, **answers)
        if onward == "yes":
            return at(request.agency, "oversight:recommend", pk=finding.pk)
        return at(request.agency, "oversight:sign", pk=pk, code=code)

    return ask(
        request,
        form,
        act,
        caption=shown.title,
        title=_("Write down a finding"),
        text=[
            _("In the review of %(period)s, over the numbers of %(as_of)s.")
            % {
                "period": words(found.since, found.until),
                "as_of": frozen_at(request.agency, found.snapshot),
            }
        ],
        button=_("Write it down"),
        back=at(request.agency, "oversight:sign", pk=pk, code=code),
        back_text=_("Back to the indicator"),
    )


@require_http_methods(POST_OR_GET)
def recommend(request: AgencyRequest, pk: int) -> HttpResponse:
    """The second page: what management is asked to do, who is responsible, by when.

    It goes to the committee, and is in force once they agree.
    """
    finding, wears = finding_of(request, pk)
    deciding = being_closed(finding.review)
    enforce(rules.recording(finding.review, request.member, wears, deciding=deciding))
    form = RecommendationForm.from_request(request, agency=request.agency)

    def act(form: RecommendationForm) -> Destination:
        step = actions.prepare_recommendation(finding, by=request.member, **form.answers)
        return decision_page(request, step), NOW_BEFORE_THEM

    context = {
        "form": form,
        "finding": finding,
        "review": finding.review,
        "sign": sign_of(finding.review, finding.indicator),
        "has_owners": form.fields["owner"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return submit(request, form, act) or render(request, "oversight/recommend.html", context)


@require_http_methods(POST_OR_GET)
def close_review(request: AgencyRequest, pk: int) -> HttpResponse:
    """Prepare what the committee decides about closing the review."""
    found, wears = review_of(request, pk)
    form = CloseReviewForm.from_request(request, review=found, initial={"version": found.version})

    def act(form: CloseReviewForm) -> Destination:
        version = form.cleaned_data["version"]
        step = actions.prepare_closing(found, by=request.member, version=version, **form.answers)
        return decision_page(request, step), NOW_BEFORE_THEM

    if (answered := submit(request, form, act)) is not None:
        return answered
    deciding = being_closed(found)
    enforce(rules.closing_review(found, request.member, wears, deciding=deciding))
    context = {"form": form, "review": found, "period": words(found.since, found.until)}
    return render(request, "oversight/close_review.html", context)


@require_safe
def packet(request: AgencyRequest, pk: int) -> HttpResponse:
    """The whole review for print."""
    found, wears = review_of(request, pk)
    findings = list(_findings(found))
    asked = _recommendations(request, found)
    sheets = [
        {
            "card": frozen_card(sign, "", request.member),
            "refusal_to_compare": rules.reading_numbers(sign, request.member),
            "criteria": frozen_criteria(sign, request.member),
            "settings": sign.settings,
            "findings": [
                {"finding": f, "asked": [r for r in asked if r.finding_id == f.pk]}
                for f in findings
                if f.indicator == sign.code
            ],
        }
        for sign in read(found.snapshot)
    ]
    counted_on = min(found.until, request.agency.today())
    written = in_writing(found.committee.group, request.member, until=found.until)
    context = {
        **_frame(request, found, wears),
        "sheets": sheets,
        "own": read_own(found.snapshot, request.member),
        "late_pauses": smallness.count(pausing.lately(request.agency, counted_on).count()),
        "pauses_counted": PAUSE_COUNTED.words,
        "counted_on": counted_on,
        "in_writing": list(written.filter(decided_on__gte=found.since, decided_on__lt=found.until)),
    }
    return render(request, "oversight/packet.html", context)
