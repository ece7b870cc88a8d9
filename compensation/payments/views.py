"""My payments; the lines to pay, the payments made, and undoing one."""

from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Member
from compensation.claims import rules as claim_rules
from compensation.claims.forms import ClaimReasonForm, LinesForm
from compensation.claims.models import Claim, ClaimQuerySet
from compensation.claims.reading import turned_down
from compensation.claims.ticking import (
    PER_PAGE,
    asked_to_review,
    listed,
    page_of,
    review_of,
    rows_of,
    totals_of,
)
from compensation.ledger import rules as ledger_rules
from compensation.offers.models import Election, Offer
from compensation.payments import actions, rules
from compensation.payments.counsel import counsel
from compensation.payments.forms import PayForm
from compensation.payments.models import Payment
from compensation.payments.presenting import chosen, line_shown
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.presenting import written
from foundation.refusals import enforce
from foundation.templatetags.components import dollars

MINE_A_PAGE = 20


@require_safe
def my_payments(request: AgencyRequest) -> HttpResponse:
    """What I earned, what was approved and paid, and when to expect the rest."""
    agency, member, today = request.agency, request.member, request.agency.today()
    claims = Claim.objects.within(agency).filter(member=member)
    claims = claims.select_related("payment__donated_to", "donate_to", "plan")
    page = Paginator(claims.order_by("-service_on", "-pk"), MINE_A_PAGE).get_page(
        request.GET.get("page")
    )
    paid = Payment.objects.within(agency).filter(member=member, reversed_on=None)
    elections = Election.objects.within(agency).on(today).filter(member=member)
    election = elections.select_related("organization").first()
    offers = Offer.objects.within(agency).filter(member=member)
    offered = election is not None or offers.exists()
    return render(
        request,
        "compensation/payments/my_payments.html",
        {
            "page": page,
            "lines": [
                line_shown(
                    claim, today, may_withdraw=claim_rules.withdrawing(claim, member) is None
                )
                for claim in page
            ],
            "chosen": chosen(agency, election) if offered else None,
            "counsel": counsel(paid, today),
            "given_up": turned_down(member, today),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def to_pay(request: AgencyRequest) -> HttpResponse:
    """Lines that somebody else approved, ticked once paid."""
    member, today = request.member, request.agency.today()
    enforce(ledger_rules.working_with_payments(member))
    payable = _payable(member)
    form = PayForm.from_request(request, lines=listed(payable), initial={"paid_on": today})

    def act(form: PayForm) -> tuple[str, str]:
        answers = form.answers
        made = actions.pay(answers.pop("claims"), by=member, **answers)
        return (
            at(request.agency, "compensation:paid"),
            _("Recorded: %(count)d payments.") % {"count": len(made)},
        )

    def review(form: PayForm, sent: LinesForm) -> HttpResponse:
        return render(
            request,
            "compensation/claims/review.html",
            {
                "form": form,
                "review": review_of(sent, payable, member),
                "back": "compensation:to_pay",
                "kind": "pay",
            },
        )

    listing: LinesForm = form
    if (asked := asked_to_review(request, payable)) is not None:
        if asked.is_valid():
            return review(PayForm(lines=form.lines, initial={"paid_on": today}), asked)
        listing = asked
    elif form.is_bound and (answer := submit(request, form, act)):
        return answer
    elif request.POST.get("step") == "confirm":
        return review(form, form)
    total, may, set_off = totals_of(member, _to_pay, _payable, _to_set_off)
    page = page_of(request, _to_pay, total)
    rows = rows_of(page, member, lambda line: rules.paying(line, member) is None)
    listing.tick(row.claim for row in rows if row.tick)
    access.log_all(by=member, about={row.claim.member for row in rows}, what="payments")
    return render(
        request,
        "compensation/payments/to_pay.html",
        {
            "form": listing,
            "kept": listing.keep(),
            "rows": rows,
            "page": page,
            "today": today,
            "total": total,
            "payable": may,
            "may_pay": rules.may_pay(member),
            "may_undo": claim_rules.may_approve(member),
            "set_off": set_off,
        },
    )


def _to_pay(reader: Member) -> ClaimQuerySet:
    """Those the reader may pay come first, so that no page of them is hidden behind the rest."""
    own = Q(approved_by=reader) | Q(entered_by=reader)
    last = Case(When(own, then=Value(True)), default=Value(False), output_field=BooleanField())
    approved = listed(Claim.objects.within(reader.agency).to_pay().exclude(member=reader))
    return approved.select_related("approved_by").order_by(last, "due_on", "pk")


def _payable(reader: Member) -> ClaimQuerySet:
    return Claim.objects.within(reader.agency).payable_by(reader)


def _to_set_off(reader: Member) -> ClaimQuerySet:
    return Claim.objects.within(reader.agency).to_set_off()


@require_safe
def paid(request: AgencyRequest) -> HttpResponse:
    """Payments made, newest first."""
    enforce(ledger_rules.working_with_payments(request.member))
    made = Payment.objects.within(request.agency).select_related("member", "paid_by", "donated_to")
    claims = Claim.objects.within(request.agency).filter(payment=OuterRef("pk")).order_by()
    approved = claims.values("payment").annotate(last=Max("approved_on")).values("last")
    dated = made.annotate(approved_on=Subquery(approved))
    page = Paginator(dated.order_by("-paid_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    access.log_all(by=request.member, about={payment.member for payment in page}, what="payments")
    return render(
        request,
        "compensation/payments/paid.html",
        {
            "page": page,
            "total": made.filter(reversed_on=None).aggregate(sum=Sum("amount"))["sum"],
            "may_undo": {row.pk for row in page if rules.reversing(row, request.member) is None},
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reverse_payment(request: AgencyRequest, pk: int) -> HttpResponse:
    """Undo a payment that did not arrive; it stays in the ledger, with its reversal."""
    enforce(ledger_rules.working_with_payments(request.member))
    made = Payment.objects.within(request.agency).select_related("member")
    payment = get_object_or_404(made, pk=pk)
    enforce(rules.reversing(payment, request.member))
    form = ClaimReasonForm.from_request(request, asks=_("What happened to the payment?"))

    def act(form: ClaimReasonForm) -> tuple[str, str]:
        actions.reverse(payment, by=request.member, on=request.agency.today(), **form.answers)
        return at(request.agency, "compensation:paid"), _("The payment is undone.")

    said = _(
        "%(name)s was paid %(amount)s on %(day)s. When you undo it, its lines wait to be paid "
        "again. The ledger keeps both."
    )
    return ask(
        request,
        form,
        act,
        title=_("Undo a payment"),
        text=[
            said
            % {
                "name": payment.member.full_name,
                "amount": dollars(payment.amount),
                "day": written(payment.paid_on),
            }
        ],
        button=_("Undo the payment"),
        kind="warning",
        back=at(request.agency, "compensation:paid"),
    )
