"""The lists of those who approve and those who pay: lines ticked over all pages, reviewed, done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, Count, Q, Sum, Value, When
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.models import Member
from compensation import actions, rules
from compensation.forms import UNTICKED, LinesForm, PayForm, kept
from compensation.models import Claim, ClaimQuerySet
from compensation.setting_off import set_off_of, stamps_of
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce

PER_PAGE = 50
ZERO = Decimal(0)


@dataclass(frozen=True)
class Row:
    """A line of the list: whether the reader may tick it, or why not; what it is agreed to by."""

    claim: Claim
    tick: bool
    stamp: str
    set_off: Decimal
    left: bool


@dataclass(frozen=True)
class Share:
    """Of the ticked lines, what goes to one member, or where that member donates it."""

    name: str
    organization: str
    lines: int
    worth: Decimal
    set_off: Decimal

    @property
    def amount(self) -> Decimal:
        return self.worth - self.set_off


@dataclass(frozen=True)
class Totals:
    """Of a whole list, however many pages it has."""

    lines: int
    amount: Decimal


def _totals(claims: ClaimQuerySet) -> Totals:
    found = claims.order_by().aggregate(lines=Count("pk"), amount=Sum("amount"))
    return Totals(found["lines"], found["amount"] or ZERO)


def _rows(page: Iterable[Claim], reader: Member, may: Callable[[Claim], bool]) -> list[Row]:
    lines, today = list(page), reader.agency.today()
    stamps, less = stamps_of(lines), set_off_of(lines)
    return [
        Row(
            claim=line,
            tick=may(line),
            stamp=stamps[line.pk],
            set_off=less.get((line.member_id, line.donate_to_id), ZERO),
            left=line.member.until is not None and line.member.until <= today,
        )
        for line in lines
    ]


def _shares(claims: ClaimQuerySet, ticked: Iterable[int]) -> list[Share]:
    rows = list(
        claims.filter(pk__in=list(ticked))
        .order_by("member__full_name", "member", "donate_to")
        .values("member", "member__full_name", "donate_to", "donate_to__name")
        .annotate(lines=Count("pk"), worth=Sum("amount"))
    )
    waiting = Claim.objects.within(claims.agency).to_set_off()  # type: ignore[arg-type]
    less = set_off_of(waiting.filter(member__in=[row["member"] for row in rows]))
    return [
        Share(
            name=row["member__full_name"],
            organization=row["donate_to__name"] or "",
            lines=row["lines"],
            worth=row["worth"],
            set_off=min(less.get((row["member"], row["donate_to"]), ZERO), row["worth"]),
        )
        for row in rows
    ]


def _page(request: AgencyRequest, claims: ClaimQuerySet) -> Page[Claim]:
    sent = request.POST
    asked = sent.get("go") or sent.get("page") or request.GET.get("page")
    return Paginator(claims, PER_PAGE).get_page(asked)


def _listed(claims: ClaimQuerySet) -> ClaimQuerySet:
    related = claims.select_related("member", "attendance__meeting", "donate_to")
    return related.order_by("due_on", "pk")


def _review(
    request: AgencyRequest,
    form: LinesForm,
    sent: LinesForm,
    claims: ClaimQuerySet,
    context: dict[str, Any],
) -> HttpResponse:
    """What was ticked on all pages, person by person, before it is done with this form."""
    ticked = [key for key, stamp in sent.stamps.items() if stamp != UNTICKED]
    shares = _shares(claims, ticked)
    about = Member.objects.within(request.agency).filter(
        pk__in=claims.filter(pk__in=ticked).order_by().values("member")
    )
    access.log_all(by=request.member, about=about, what="payments")
    return render(
        request,
        "compensation/review.html",
        {
            "form": form,
            "kept": sent.keep(),
            "shares": shares,
            "lines": sum(share.lines for share in shares),
            "amount": sum((share.amount for share in shares), ZERO),
            **context,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def payments(request: AgencyRequest) -> HttpResponse:
    """Lines that wait for approval, ticked and approved together."""
    member, today = request.member, request.agency.today()
    enforce(rules.working_with_payments(member))
    waiting = Claim.objects.within(request.agency).to_approve().exclude(member=member)
    may = waiting.exclude(entered_by=member)
    form = LinesForm.from_request(request, lines=_listed(may))

    def act(form: LinesForm) -> tuple[str, str]:
        approved = actions.approve(form.answers["claims"], by=member, on=today)
        return (
            at(request.agency, "compensation:payments"),
            _("Approved: %(count)d lines.") % {"count": len(approved)},
        )

    context = {"back": "compensation:payments", "kind": "approve"}
    if (asked := _asked_to_review(request, may)) is not None:
        if asked.is_valid():
            return _review(request, LinesForm(lines=form.lines), asked, may, context)
        form = asked
    elif form.is_bound and (answer := submit(request, form, act)):
        return answer
    page = _page(request, _listed(waiting))
    rows = _rows(
        page, member, lambda line: rules.may_approve(member) and line.entered_by_id != member.pk
    )
    form.tick(row.claim for row in rows if row.tick)
    access.log_all(by=member, about={row.claim.member for row in rows}, what="payments")
    return render(
        request,
        "compensation/payments.html",
        {
            "form": form,
            "kept": form.keep(),
            "rows": rows,
            "page": page,
            "today": today,
            "total": _totals(waiting),
            "may_approve": rules.may_approve(member),
            "capped": Claim.objects.within(request.agency).capped().exists(),
        },
    )


def _asked_to_review(request: AgencyRequest, claims: ClaimQuerySet) -> LinesForm | None:
    """What was ticked on all pages, or the whole list; None where no review was asked for."""
    step = request.POST.get("step", "")
    if request.method != "POST" or step not in {"review", "all"}:
        return None
    if step == "review":
        return LinesForm(request.POST, lines=_listed(claims))
    everything = {
        "submission": request.POST.get("submission", ""),
        "kept": kept(stamps_of(claims)),
    }
    return LinesForm(everything, lines=_listed(claims))


@require_http_methods(["GET", "HEAD", "POST"])
def to_pay(request: AgencyRequest) -> HttpResponse:
    """Lines that were approved by somebody else, ticked when they are paid."""
    member, today = request.member, request.agency.today()
    enforce(rules.working_with_payments(member))
    approved = Claim.objects.within(request.agency).to_pay().exclude(member=member)
    own = Q(approved_by=member) | Q(entered_by=member)
    payable = approved.exclude(approved_by=member).exclude(entered_by=member)
    form = PayForm.from_request(request, lines=_listed(payable), initial={"paid_on": today})

    def act(form: PayForm) -> tuple[str, str]:
        answers = form.answers
        made = actions.pay(answers.pop("claims"), by=member, **answers)
        return (
            at(request.agency, "compensation:paid"),
            _("Recorded: %(count)d payments.") % {"count": len(made)},
        )

    context = {"back": "compensation:to_pay", "kind": "pay"}
    listing: LinesForm = form
    if (asked := _asked_to_review(request, payable)) is not None:
        if asked.is_valid():
            fresh = PayForm(lines=form.lines, initial={"paid_on": today})
            return _review(request, fresh, asked, payable, context)
        listing = asked
    elif form.is_bound and (answer := submit(request, form, act)):
        return answer
    elif request.POST.get("step") == "confirm":
        return _review(request, form, form, payable, context)
    # What the reader may pay comes first, so that no page of it is hidden behind the rest.
    last = Case(When(own, then=Value(True)), default=Value(False), output_field=BooleanField())
    listed = _listed(approved).select_related("approved_by").order_by(last, "due_on", "pk")
    page = _page(request, listed)
    rows = _rows(page, member, lambda line: rules.paying(line, member) is None)
    listing.tick(row.claim for row in rows if row.tick)
    access.log_all(by=member, about={row.claim.member for row in rows}, what="payments")
    set_off = Claim.objects.within(request.agency).to_set_off().select_related("member")
    return render(
        request,
        "compensation/to_pay.html",
        {
            "form": listing,
            "kept": listing.keep(),
            "rows": rows,
            "page": page,
            "today": today,
            "total": _totals(approved),
            "payable": _totals(payable),
            "may_pay": rules.may_pay(member),
            "may_undo": rules.may_approve(member),
            "set_off": _totals(set_off),
        },
    )
