"""Single lines and payments, for those who approve and those who pay; the ledger."""

import csv
import re

from django.core.paginator import Paginator
from django.db.models import Max, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Member
from compensation import actions, rules
from compensation.forms import ReasonForm
from compensation.models import Account, Claim, ClaimKind, Entry, Payment
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.keys import code, code_of, kind_of
from foundation.pages import render, submit
from foundation.refusals import enforce

PER_PAGE = 50
YEAR = re.compile("[1-9][0-9]{3}")


@require_safe
def paid(request: AgencyRequest) -> HttpResponse:
    """The payments that were made, newest first."""
    enforce(rules.working_with_payments(request.member))
    made = Payment.objects.within(request.agency).select_related("member", "paid_by", "donated_to")
    dated = made.annotate(approved_on=Max("claims__approved_on"))
    page = Paginator(dated.order_by("-paid_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    access.log_all(by=request.member, about={payment.member for payment in page}, what="payments")
    return render(
        request,
        "compensation/paid.html",
        {
            "page": page,
            "total": made.filter(reversed_on=None).aggregate(sum=Sum("amount"))["sum"],
            "may_undo": {row.pk for row in page if rules.reversing(row, request.member) is None},
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask the member a question about a cost instead of approving it."""
    enforce(rules.working_with_payments(request.member))
    claims = Claim.objects.within(request.agency).select_related("member")
    claim = get_object_or_404(claims, pk=pk)
    enforce(rules.returning(claim, request.member))
    form = ReasonForm.from_request(request, asks=_("What do you want to ask?"))

    def act(form: ReasonForm) -> tuple[str, str]:
        actions.send_back(claim, by=request.member, **form.answers)
        return at(request.agency, "compensation:payments"), _("Sent back with your question.")

    return submit(request, form, act) or render(
        request, "compensation/send_back.html", {"form": form, "claim": claim}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: AgencyRequest, pk: int) -> HttpResponse:
    """Not approve a cost, or let a correction downward go, with a reason that the member reads."""
    enforce(rules.working_with_payments(request.member))
    claims = Claim.objects.within(request.agency).select_related("member")
    claim = get_object_or_404(claims, pk=pk)
    forgives = claim.kind == ClaimKind.ADJUSTMENT
    asks = _("Why are you letting it go?") if forgives else _("Why is it not approved?")
    form = ReasonForm.from_request(request, asks=asks)

    def act(form: ReasonForm) -> tuple[str, str]:
        actions.refuse(claim, by=request.member, **form.answers)
        told = (
            _("Dropped. They are told why.") if forgives else _("Not approved. They are told why.")
        )
        return at(request.agency, "compensation:payments"), told

    if answer := submit(request, form, act):
        return answer
    enforce(rules.refusing(claim, request.member))
    return render(request, "compensation/refuse.html", {"form": form, "claim": claim})


@require_safe
def capped(request: AgencyRequest) -> HttpResponse:
    """Lines that the day's limit cut, newest first."""
    enforce(rules.working_with_payments(request.member))
    cut = Claim.objects.within(request.agency).capped().select_related("member", "plan")
    page = Paginator(cut.order_by("-service_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    access.log_all(by=request.member, about={claim.member for claim in page}, what="payments")
    return render(request, "compensation/capped.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def undo_approval(request: AgencyRequest, pk: int) -> HttpResponse:
    enforce(rules.working_with_payments(request.member))
    claims = Claim.objects.within(request.agency).select_related("member")
    claim = get_object_or_404(claims, pk=pk)
    enforce(rules.undoing_approval(claim, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.undo_approval(claim, by=request.member, on=request.agency.today())
        return at(request.agency, "compensation:payments"), _("The approval is taken back.")

    return submit(request, form, act) or render(
        request, "compensation/undo_approval.html", {"form": form, "claim": claim}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reverse_payment(request: AgencyRequest, pk: int) -> HttpResponse:
    """Undo a payment that did not arrive; it stays in the ledger, with its reversal."""
    enforce(rules.working_with_payments(request.member))
    made = Payment.objects.within(request.agency).select_related("member")
    payment = get_object_or_404(made, pk=pk)
    enforce(rules.reversing(payment, request.member))
    form = ReasonForm.from_request(request, asks=_("What happened to the payment?"))

    def act(form: ReasonForm) -> tuple[str, str]:
        actions.reverse(payment, by=request.member, on=request.agency.today(), **form.answers)
        return at(request.agency, "compensation:paid"), _("The payment is undone.")

    return submit(request, form, act) or render(
        request, "compensation/reverse.html", {"form": form, "payment": payment}
    )


@require_safe
def ledger(request: AgencyRequest) -> HttpResponse:
    """The ledger's accounts and their balances."""
    enforce(rules.working_with_payments(request.member))
    entries = Entry.objects.within(request.agency)
    rows = (
        entries.order_by("account")
        .values("account")
        .annotate(debit=Sum("debit"), credit=Sum("credit"))
    )
    head = [_("Account"), *({"text": each, "numeric": True} for each in (_("Debit"), _("Credit")))]
    shown = [
        [str(Account(row["account"]).label), f"${row['debit']}", f"${row['credit']}"]
        for row in rows
    ]
    context = {"caption": _("Balances"), "head": head, "rows": shown}
    return render(request, "compensation/ledger.html", context)


@require_safe
def ledger_csv(request: AgencyRequest) -> HttpResponse:
    """Every entry of the ledger, in the order of posting; the same each time."""
    enforce(rules.working_with_payments(request.member))
    entries = Entry.objects.within(request.agency).select_related("posting")
    entries = entries.order_by("posting_id", "pk")
    if year := request.GET.get("year", ""):
        entries = entries.filter(posting__on__year=year) if YEAR.fullmatch(year) else entries.none()
    about = Member.objects.within(request.agency).filter(pk__in=entries.order_by().values("member"))
    access.log_all(by=request.member, about=set(about), what="payments")
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="ledger.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(["posting", "date", "kind", "reverses", "account", "member", "debit", "credit"])
    for entry in entries.iterator(chunk_size=2000):
        posting = entry.posting
        writer.writerow(
            [
                code_of(posting),
                posting.on.isoformat(),
                posting.kind,
                posting.reverses_id and code(kind_of(posting), posting.reverses_id),
                entry.account,
                entry.member_id and code(kind_of(Member), entry.member_id),
                entry.debit,
                entry.credit,
            ]
        )
    return response
