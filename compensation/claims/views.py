"""Lines awaiting approval, claiming a cost, and decisions on a line."""

from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Member
from compensation.claims import actions, rules
from compensation.claims.forms import (
    ClaimReasonForm,
    LinesForm,
    TurnDownForm,
)
from compensation.claims.models import Claim, ClaimKind, ClaimQuerySet
from compensation.claims.presenting import (
    QueueWords,
    deciding,
    no_acts,
    shown,
    turned_down_part,
)
from compensation.claims.queue import Queue, deductible, page_of, totals, with_own
from compensation.claims.reasons import told
from compensation.claims.ticking import (
    again,
    asked_page,
    opened,
    review_of,
    ticked,
    unless_changed,
)
from compensation.ledger import rules as ledger_rules
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, sent_before, submit
from foundation.presenting import written
from foundation.refusals import enforce
from foundation.templatetags.components import dollars

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def to_approve(request: AgencyRequest) -> HttpResponse:
    """Lines awaiting approval, person by person: ticked, reviewed, then approved together."""
    member, today = request.member, request.agency.today()
    enforce(ledger_rules.working_with_payments(member))
    step = request.POST.get("step", "")
    if step in {"confirm", "decide"} and (url := sent_before(request)):
        return redirect(url)
    queue, narrowing = opened(request, _to_approve)
    form = ticked(request, queue)
    if step in {"turn_down", "decide"} and (form.is_valid() or form.found):
        answer, form = _turn_down(request, queue, form)
        if answer is not None:
            return answer

    def act(form: LinesForm) -> tuple[str, str]:
        with unless_changed():
            approved = actions.approve(form.found, by=member, on=today)
        said = ngettext("Approved: %(count)d line.", "Approved: %(count)d lines.", len(approved))
        return at(request.agency, "compensation:payments"), said % {"count": len(approved)}

    if form.is_bound and step == "confirm":
        if answer := submit(request, form, act):
            return answer
        form = again(request, queue)
    if form.is_bound and (form.is_valid() or form.found):
        return render(
            request,
            "compensation/claims/review.html",
            {
                "form": form if form.errors else PortalForm(),
                "review": review_of(form, less={}),
                "changes": form.changes,
            },
        )
    total = totals(queue)
    page = page_of(queue, total.people, asked_page(request))
    people = {payee.member for payee in page}
    access.log_all(by=member, about=people, what="payments")
    less = deductible(request.agency, {each.pk for each in people})
    words = QueueWords(
        deciding if rules.may_approve(member) else no_acts,
        _("You wrote it down, so somebody else approves it.") if rules.may_approve(member) else "",
    )
    return render(
        request,
        "compensation/claims/to_approve.html",
        {
            "form": form,
            "filter": narrowing,
            "narrows": queue.narrows,
            "queue": shown(page, form, less, words, today=today),
            "page": page,
            "total": total,
            "may_decide": rules.may_approve(member),
            "capped": Claim.objects.within(request.agency).capped().exists(),
        },
    )


def _turn_down(
    request: AgencyRequest, queue: Queue, form: LinesForm
) -> tuple[HttpResponse | None, LinesForm]:
    """Costs to send back or refuse, and whatever else was ticked; done once this is confirmed.

    No page, and what is ticked now, if nothing of it waits any more.
    """
    member, why = request.member, TurnDownForm()

    def act(why: TurnDownForm) -> tuple[str, str]:
        what, code, words = (why.answers[name] for name in ("what", "code", "words"))
        act = actions.refuse_all if what == "refuse" else actions.send_back_all
        able = turned_down_part(form.found, member).able
        with unless_changed():
            done = act(able, reason=partial(told, code, words), by=member)
        said = (
            ngettext("Not approved: %(n)d line.", "Not approved: %(n)d lines.", len(done))
            if what == "refuse"
            else ngettext("Sent back: %(n)d line.", "Sent back: %(n)d lines.", len(done))
        )
        return at(request.agency, "compensation:payments"), said % {"n": len(done)}

    if request.POST.get("step") == "decide":
        why = TurnDownForm(request.POST)
        if not form.errors and (answer := submit(request, why, act)):
            return answer, form
        if not form.errors and why.has_error(NON_FIELD_ERRORS):
            form = again(request, queue)
        if form.errors:
            why.leave_unchecked()
        if not form.found:
            return None, form
    return render(
        request,
        "compensation/claims/turn_down.html",
        {
            "form": form if form.errors else why,
            "why": why,
            "kept": review_of(form, less={}).kept,
            "parts": turned_down_part(form.found, member),
            "changes": form.changes,
        },
    ), form


def _to_approve(reader: Member) -> ClaimQuerySet:
    waiting = Claim.objects.within(reader.agency).to_approve().exclude(member=reader)
    return with_own(waiting, Q(entered_by=reader) if rules.may_approve(reader) else None)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AgencyRequest, pk: int) -> HttpResponse:
    """Withdraw one's own cost before it is approved."""
    mine = Claim.objects.within(request.agency).filter(member=request.member)
    claim = get_object_or_404(mine, pk=pk)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.withdraw(claim, by=request.member)
        return at(request.agency, "compensation:my_payments"), _("You took it back.")

    return ask(
        request,
        form,
        act,
        title=_("Take it back"),
        text=[
            _(
                "You asked for %(amount)s back: %(what)s, %(day)s. If you take it back, it is not "
                "paid. You can ask for it again later."
            )
            % _of(claim)
        ],
        button=_("Take it back"),
        kind="warning",
        back=at(request.agency, "compensation:my_payments"),
        rule=lambda: rules.withdrawing(claim, request.member),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask the member a question about a cost instead of approving it."""
    enforce(ledger_rules.working_with_payments(request.member))
    claims = Claim.objects.within(request.agency).select_related("member")
    claim = get_object_or_404(claims, pk=pk)
    enforce(rules.returning(claim, request.member))
    form = ClaimReasonForm.from_request(request, asks=_("What do you want to ask?"))

    def act(form: ClaimReasonForm) -> tuple[str, str]:
        actions.send_back(claim, by=request.member, **form.answers)
        return at(request.agency, "compensation:payments"), _("Sent back with your question.")

    return ask(
        request,
        form,
        act,
        title=_("Send it back with a question"),
        text=[_("%(name)s asks for %(amount)s back for: %(what)s") % _of(claim)],
        button=_("Send it back"),
        back=at(request.agency, "compensation:payments"),
    )


def _of(claim: Claim) -> dict[str, str]:
    """The person, amount, purpose and day, for sentences about the line."""
    return {
        "name": claim.member.full_name,
        "amount": dollars(claim.amount),
        "what": claim.what_for,
        "day": written(claim.service_on),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: AgencyRequest, pk: int) -> HttpResponse:
    """Refuse a cost or drop a downward correction, with a reason the member reads."""
    enforce(ledger_rules.working_with_payments(request.member))
    claims = Claim.objects.within(request.agency).select_related("member")
    claim = get_object_or_404(claims, pk=pk)
    forgives = claim.amount < 0 or claim.kind == ClaimKind.ADJUSTMENT
    asks = _("Why are you letting it go?") if forgives else _("Why is it not approved?")
    form = ClaimReasonForm.from_request(request, asks=asks)

    def act(form: ClaimReasonForm) -> tuple[str, str]:
        actions.refuse(claim, by=request.member, **form.answers)
        told = (
            _("Dropped. They are told why.") if forgives else _("Not approved. They are told why.")
        )
        return at(request.agency, "compensation:payments"), told

    said = (
        _(
            "%(name)s, %(day)s: a correction of %(amount)s. If you let it go, nothing is taken "
            "from what they are paid next."
        )
        if forgives
        else _(
            "%(name)s asks for %(amount)s back: %(what)s, %(day)s. They will read your reason, and "
            "can ask again."
        )
    )
    return ask(
        request,
        form,
        act,
        title=_("Let this correction go") if forgives else _("Don’t approve this cost"),
        text=[said % _of(claim)],
        button=_("Let it go") if forgives else _("Don’t approve it"),
        kind="warning",
        back=at(request.agency, "compensation:payments"),
        rule=lambda: rules.refusing(claim, request.member),
    )


@require_safe
def capped(request: AgencyRequest) -> HttpResponse:
    """Lines cut by the daily cap, newest first."""
    enforce(ledger_rules.working_with_payments(request.member))
    cut = Claim.objects.within(request.agency).capped().select_related("member", "plan")
    page = Paginator(cut.order_by("-service_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    access.log_all(by=request.member, about={claim.member for claim in page}, what="payments")
    return render(request, "compensation/claims/capped.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def undo_approval(request: AgencyRequest, pk: int) -> HttpResponse:
    enforce(ledger_rules.working_with_payments(request.member))
    claims = Claim.objects.within(request.agency).select_related("member")
    claim = get_object_or_404(claims, pk=pk)
    enforce(rules.undoing_approval(claim, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.undo_approval(claim, by=request.member, on=request.agency.today())
        return at(request.agency, "compensation:payments"), _("The approval is taken back.")

    return ask(
        request,
        form,
        act,
        title=_("Take the approval back"),
        text=[
            _(
                "%(name)s, %(amount)s, %(day)s. The ledger keeps the approval and writes its "
                "reversal."
            )
            % _of(claim)
        ],
        button=_("Take it back"),
        kind="warning",
        back=at(request.agency, "compensation:payments"),
    )
