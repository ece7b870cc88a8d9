"""Asking for money back, for oneself or for somebody on paper; answering; seeing a receipt."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Member
from compensation.claims import actions, rules
from compensation.claims.models import Claim, CostKind, ReceiptMedia
from compensation.costs.forms import CostAgainForm, CostForm, MilesForm
from compensation.costs.models import Receipt
from compensation.policies import mile_rate, mile_words
from foundation.addresses import at
from foundation.asking import Quote, Words, ask, show
from foundation.http import AgencyRequest
from foundation.pages import render, sent_before, submit
from foundation.presenting import PageLink
from foundation.refusals import enforce
from foundation.templatetags.components import dollars


@dataclass(frozen=True)
class _Asked:
    """For whom money is asked back, on which page, and where it leads."""

    member: Member
    page: str
    back: str
    title: str
    done: str
    advance: str


@require_http_methods(["GET", "HEAD", "POST"])
def claim_cost(request: AgencyRequest) -> HttpResponse:
    """Claim a cost; anything that looks like a mistake is asked about first."""
    asked = _Asked(
        request.member,
        at(request.agency, "compensation:claim_cost"),
        at(request.agency, "compensation:my_payments"),
        _("Ask for money back"),
        _("We have it. You see here when it is approved and paid."),
        "" if request.member.has_left else at(request.agency, "compensation:ask_advance"),
    )
    return _cost(request, asked)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_cost_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """Claim a cost for somebody without a way to sign in."""
    member = get_object_or_404(Member.objects.within(request.agency), pk=pk)
    member.agency = request.agency
    enforce(rules.claiming_on_paper(member, request.member))
    asked = _Asked(
        member,
        at(request.agency, "compensation:claim_cost_for", pk=pk),
        at(request.agency, "home_of"),
        _("Ask for money back for %(name)s") % {"name": member},
        _("Saved. Others approve and pay it."),
        at(request.agency, "compensation:ask_advance_for", pk=pk),
    )
    return _cost(request, asked)


def _cost(request: AgencyRequest, asked: _Asked) -> HttpResponse:
    # A second click is no second claim, so don't ask about a repetition.
    if url := sent_before(request):
        return redirect(url)
    sent = request.POST if request.method == "POST" else request.GET
    named = sent.get("kind", CostKind.OTHER if request.method == "POST" else "")
    if not named:
        return render(
            request,
            "compensation/costs/kinds.html",
            {
                "title": asked.title,
                "advance": asked.advance,
                "back": asked.back,
                "kinds": [
                    PageLink(str(kind.label), f"{asked.page}?kind={kind.value}")
                    for kind in CostKind
                ],
            },
        )
    if named not in CostKind:
        raise Http404
    return _miles(request, asked) if named == CostKind.MILES else _amount(request, asked, named)


def _amount(request: AgencyRequest, asked: _Asked, named: str) -> HttpResponse:
    form = CostForm.from_request(request, member=asked.member, kind=CostKind(named))

    def act(form: CostForm) -> tuple[str, str]:
        actions.claim_cost(member=asked.member, by=request.member, **form.answers)
        return asked.back, asked.done

    return ask(
        request,
        form,
        act,
        caption=asked.title,
        title=str(CostKind(named).label),
        button=_("Send it"),
        back=asked.page,
        cancel=asked.back,
    )


def _miles(request: AgencyRequest, asked: _Asked) -> HttpResponse:
    form = MilesForm.from_request(request, member=asked.member)

    def act(form: MilesForm) -> tuple[str, str]:
        answers = form.answers
        del answers["kind"]
        actions.claim_miles(member=asked.member, by=request.member, **answers)
        return asked.back, asked.done

    back = f"{asked.page}?kind={CostKind.MILES.value}"
    if answer := _seen(request, form, asked.title, back):
        return answer
    rate = mile_rate(request.agency, request.agency.today())
    told = _("We pay %(rate)s for a mile you drive now. You see what it comes to before you send.")
    return ask(
        request,
        form,
        act,
        caption=asked.title,
        title=str(CostKind.MILES.label),
        text=[told % {"rate": mile_words(rate)}] if rate is not None else [],
        button=_("Go on"),
        back=asked.page,
        cancel=asked.back,
    )


def _seen(
    request: AgencyRequest, form: MilesForm, caption: Words, back: str
) -> HttpResponse | None:
    """The page with what the miles come to, until the person has seen it."""
    if not form.is_bound or not form.is_valid() or form.seen:
        return None
    worth, miles = form.worth(), form.cleaned_data["miles"]
    assert worth is not None, "a valid form has a rate"
    said = _("%(miles)s miles at %(rate)s a mile come to %(amount)s.")
    return show(
        request,
        form,
        caption=caption,
        title=_("You ask for %(amount)s") % {"amount": dollars(worth)},
        text=[said % {"miles": miles, "rate": form.hide(), "amount": dollars(worth)}],
        button=_("Send it"),
        back=back,
        cancel=back,
        cancel_text=_("Change it"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim_again(request: AgencyRequest, pk: int) -> HttpResponse:
    """Answer the question about a cost, and resubmit it."""
    mine = Claim.objects.within(request.agency).filter(member=request.member)
    claim = get_object_or_404(mine, pk=pk)
    if url := sent_before(request):
        return redirect(url)
    enforce(rules.claiming_back(claim, request.member))
    back = at(request.agency, "compensation:my_payments")
    if claim.cost == CostKind.MILES:
        return _miles_again(request, claim, back)
    form = CostAgainForm.from_request(request, claim=claim)

    def act(form: CostAgainForm) -> tuple[str, str]:
        actions.claim_cost_again(claim, by=request.member, **form.answers)
        return back, _("Sent in again.")

    return ask(
        request,
        form,
        act,
        title=_("Answer a question"),
        quotes=[Quote(claim.returned_reason)],
        button=_("Send it again"),
        back=back,
    )


def _miles_again(request: AgencyRequest, claim: Claim, back: str) -> HttpResponse:
    initial = {"what_for": claim.what_for, "miles": claim.miles}
    form = MilesForm.from_request(request, member=request.member, again=claim, initial=initial)
    title = _("Answer a question")
    if answer := _seen(
        request, form, title, at(request.agency, "compensation:claim_again", pk=claim.pk)
    ):
        return answer

    def act(form: MilesForm) -> tuple[str, str]:
        what_for, miles = (form.answers[name] for name in ("what_for", "miles"))
        actions.claim_cost_again(claim, what_for=what_for, miles=miles, by=request.member)
        return back, _("Sent in again.")

    return submit(request, form, act) or show(
        request,
        form,
        title=title,
        quotes=[Quote(claim.returned_reason)],
        button=_("Go on"),
        back=back,
    )


@require_safe
def receipt(request: AgencyRequest, pk: int) -> HttpResponse:
    """The photo or file of a receipt: for its member, and for those who approve and pay."""
    claim = get_object_or_404(rules.receipts_seen_by(request.member), pk=pk)
    # The difference to an advance rests on what was sent to settle it.
    lines = [claim.pk, claim.settles_id or claim.pk]
    kept = Receipt.objects.within(request.agency).filter(claim__in=lines)
    found = get_object_or_404(kept.order_by("-pk")[:1])
    if claim.member_id != request.member.pk:
        member = get_object_or_404(Member.objects.within(request.agency), pk=claim.member_id)
        access.log(by=request.member, about=member, what="payments")
    answer = HttpResponse(bytes(found.content), content_type=found.media)
    photo = found.media == ReceiptMedia.JPEG
    answer["Content-Disposition"] = (
        'inline; filename="receipt.jpg"' if photo else 'attachment; filename="receipt.pdf"'
    )
    return answer
