"""The lines to pay, the payments made, and undoing one."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Max, Min, OuterRef, Q, Subquery, Sum
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Member
from compensation.claims import rules as claim_rules
from compensation.claims.forms import ClaimReasonForm, LinesForm
from compensation.claims.models import Claim, ClaimQuerySet
from compensation.claims.presenting import QueueWords, no_acts, shown, undoing
from compensation.claims.queue import (
    ABLE,
    ZERO,
    Destination,
    PayeeSum,
    Queue,
    deductible,
    page_of,
    sums_after,
    totals,
    totals_of,
    with_own,
)
from compensation.claims.ticking import (
    PayeeShare,
    again,
    asked_page,
    opened,
    review_of,
    ticked,
    unless_changed,
)
from compensation.ledger import rules as ledger_rules
from compensation.parts.presenting import later_shown
from compensation.parts.reading import held_back
from compensation.payees.presenting import instead_shown
from compensation.payments import actions, rules
from compensation.payments.forms import FILLS, PayForm, RunForm
from compensation.payments.models import Payment, PaymentRun
from compensation.payments.presenting import RUNS_HEAD, paid_state, run_shown, runs_shown
from compensation.payments.reading import RunShare, last_methods, run_now, within_wishes
from foundation import paging, redisclosure
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from foundation.pages import render, sent_before, submit
from foundation.presenting import written
from foundation.refusals import enforce
from foundation.spreadsheets import TOGETHER, CsvRow, streamed_csv
from foundation.templatetags.components import dollars

PER_PAGE = 50
# Each has a box on the review, and the server takes twice as many fields in one form.
PAYEES = 400


@require_http_methods(["GET", "HEAD", "POST"])
def to_pay(request: AgencyRequest) -> HttpResponse:
    """Lines that somebody else approved, person by person: ticked, reviewed, then recorded."""
    member, today = request.member, request.agency.today()
    enforce(ledger_rules.working_with_payments(member))
    step = request.POST.get("step", "")
    if step in {"confirm", "prepare"} and (url := sent_before(request)):
        return redirect(url)
    queue, narrowing = opened(request, _to_pay)
    form = ticked(request, queue, PAYEES)
    if form.is_bound and (form.is_valid() or form.found):
        answer, form = _review(request, queue, form)
        if answer is not None:
            return answer
    total = totals(queue)
    page = page_of(queue, total.people, asked_page(request))
    people = {payee.member for payee in page}
    access.log_all(by=member, about=people, what="payments")
    less = deductible(request.agency, {each.pk for each in people}, member)
    may = rules.may_pay(member)
    words = QueueWords(
        undoing if claim_rules.may_approve(member) else no_acts,
        _("You approved it, wrote it down or corrected it, so somebody else pays it.")
        if may
        else "",
    )
    methods = last_methods(request.agency, {each.pk for each in people})
    return render(
        request,
        "compensation/payments/to_pay.html",
        {
            "form": form,
            "filter": narrowing,
            "narrows": queue.narrows,
            "queue": shown(page, form, less, words, today=today, methods=methods),
            "page": page,
            "total": total,
            "may_decide": may,
            "query": request.GET.urlencode(),
            "set_off": totals_of(member, _to_set_off)[0].lines,
            "runs": PaymentRun.objects.within(request.agency).open().count(),
        },
    )


def _review(
    request: AgencyRequest, queue: Queue, form: LinesForm
) -> tuple[HttpResponse | None, LinesForm]:
    """Who gets how much, with day, method and numbers; recorded once this is confirmed.

    No page, and what is ticked now, if nothing of it waits any more.
    """
    member, step, filled = request.member, request.POST.get("step", ""), ""
    later = _leave_for_later(form)
    if not form.found:
        form.add_error("claims", rules.IN_PARTS)
        return None, form
    review = review_of(form, less=form.less)

    def act(pay: PayForm) -> tuple[str, str]:
        amounts = {share.destination: share.amount for share in review.shares}
        if step == "prepare":
            with unless_changed():
                run = actions.prepare(form.found, by=member, **pay.answers)
            return at(request.agency, "compensation:payment_run", pk=run.pk), _("Prepared.")
        enforce(rules.paying_directly(member))
        with unless_changed():
            made = actions.pay(form.found, by=member, expected=amounts, **pay.answers)
        said = ngettext("Recorded: %(count)d payment.", "Recorded: %(count)d payments.", len(made))
        return at(request.agency, "compensation:paid"), said % {"count": len(made)}

    pay = PayForm(shares=review.shares, agency=request.agency)
    pay.initial["paid_on"] = request.agency.today()
    if step in {"confirm", "prepare"} or step in FILLS:
        pay = PayForm(request.POST, shares=review.shares, agency=request.agency)
        if step in FILLS:
            filled = pay.fill(step)
        elif form.errors:
            pay.leave_unchecked()
        elif answer := submit(request, pay, act):
            return answer, form
        elif pay.has_error(NON_FIELD_ERRORS):
            form = again(request, queue, PAYEES)
            return _review(request, queue, form) if form.found else (None, form)
    return render(
        request,
        "compensation/payments/review.html",
        {
            "form": form if form.errors else pay,
            "pay": pay,
            "review": review,
            "rows": [(share, pay[name]) for name, share in pay.shares.items()],
            "changes": form.changes,
            "filled": filled,
            "directly": rules.paying_directly(member) is None,
            "instead": _instead(review.shares, member),
            "later": later_shown(later),
        },
    ), form


def _leave_for_later(form: LinesForm) -> list[Claim]:
    """Take the lines out of what is ticked that their members want in a later month."""
    agency = form.reader.agency
    keys = held_back(agency, form.found, paid_on=agency.today())
    later = [line for line in form.found if line.pk in keys]
    form.found = [line for line in form.found if line.pk not in keys]
    form.now = {key: stamp for key, stamp in form.now.items() if key not in keys}
    return later


def _instead(shares: Iterable[PayeeShare | RunShare], reader: Member) -> list[str]:
    """Whom to pay instead of former members; a donation goes where it always went."""
    own = [(each.member, each.amount) for each in shares if not each.organization]
    return instead_shown(own, reader)


@require_safe
def to_pay_csv(request: AgencyRequest) -> StreamingHttpResponse:
    """Whom to pay how much, by name, for writing checks; narrowed as the list is.

    For those who pay, without what people want in a later month; others don't learn who does.
    """
    agency, member = request.agency, request.member
    enforce(ledger_rules.working_with_payments(member))
    waiting = opened(request, _to_pay)[0].narrowed
    payer = member if rules.may_pay(member) else None
    lines = waiting if payer is None else waiting.filter(ABLE)
    about = Member.objects.within(agency).filter(pk__in=lines.order_by().values("member"))
    access.log_all(by=member, about=set(about), what="payments file")
    heads = ["name", "total", "method", "reference", "donated to", "deducted", "lines", "due"]

    def rows_after(
        place: tuple[str, int, int] | None,
    ) -> tuple[list[CsvRow], tuple[str, int, int] | None]:
        found = sums_after(lines, place, TOGETHER)
        last = found[-1].place if len(found) == TOGETHER else None
        if payer is not None:
            found = within_wishes(agency, found, lines, agency.today())
        members = {each.destination[0] for each in found}
        methods, less = last_methods(agency, members), deductible(agency, members, payer)
        rows = [_to_write(each, methods, less) for each in found]
        return rows, last

    return streamed_csv("to-pay.csv", agency, [*heads, redisclosure.notice(agency)], rows_after)


def _to_write(
    payee: PayeeSum,
    methods: Mapping[Destination, str],
    less: Mapping[Destination, Decimal],
) -> CsvRow:
    """A row; the reference is left for whoever writes the checks."""
    taken = max(min(less.get(payee.destination, ZERO), payee.for_time), ZERO)
    return [
        payee.place[0],
        payee.worth - taken,
        methods.get(payee.destination, ""),
        "",
        payee.organization,
        taken,
        payee.lines,
        payee.due.isoformat(),
    ]


def _to_pay(reader: Member) -> ClaimQuerySet:
    waiting = Claim.objects.within(reader.agency).to_pay().exclude(member=reader)
    own = Q(approved_by=reader) | Q(entered_by=reader) | Q(corrected_by=reader)
    return with_own(waiting, own if rules.may_pay(reader) else None)


def _to_set_off(reader: Member) -> ClaimQuerySet:
    return Claim.objects.within(reader.agency).to_set_off()


@require_safe
def paid(request: AgencyRequest) -> HttpResponse:
    """Payments made in one year, newest first; the latest year with payments, if none is named."""
    enforce(ledger_rules.working_with_payments(request.member))
    payments = Payment.objects.within(request.agency)
    years = _years(payments)
    year = next((each for each in years if str(each) == request.GET.get("year")), None)
    year = year or (years[0] if years else None)
    made = payments.filter(paid_on__year=year) if year else payments.none()
    claims = Claim.objects.within(request.agency).filter(payment=OuterRef("pk")).order_by()
    approved = claims.values("payment").annotate(last=Max("approved_on")).values("last")
    people = made.select_related("member", "paid_by", "donated_to")
    dated = people.annotate(approved_on=Subquery(approved))
    said = dated.prefetch_related("arrivals")
    page = paging.page_of(request, said.order_by("-paid_on", "-pk"))
    access.log_all(by=request.member, about={payment.member for payment in page}, what="payments")
    return render(
        request,
        "compensation/payments/paid.html",
        {
            "page": page,
            "rows": [(payment, paid_state(payment)) for payment in page],
            "year": year,
            "years": years if len(years) > 1 else [],
            "total": made.filter(reversed_on=None).aggregate(sum=Sum("amount"))["sum"],
            "may_undo": {row.pk for row in page if rules.reversing(row, request.member) is None},
        },
    )


def _years(payments: TenantQuerySet[Payment]) -> list[int]:
    """The years from the first payment to the last one, the latest first; one query."""
    ends = payments.aggregate(first=Min("paid_on"), last=Max("paid_on"))
    if ends["last"] is None:
        return []
    return [*range(ends["last"].year, ends["first"].year - 1, -1)]


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


@require_safe
def payment_runs(request: AgencyRequest) -> HttpResponse:
    """Payment runs, newest first: those to release, then how the others ended."""
    enforce(ledger_rules.working_with_payments(request.member))
    runs = PaymentRun.objects.within(request.agency).select_related("prepared_by", "released_by")
    page = paging.page_of(request, runs.order_by("-pk"))
    context = {"page": page, "head": RUNS_HEAD, "rows": runs_shown(page)}
    return render(request, "compensation/payments/runs.html", context)


def _run(request: AgencyRequest, pk: int) -> PaymentRun:
    enforce(ledger_rules.working_with_payments(request.member))
    people = ("prepared_by", "released_by", "dropped_by")
    runs = PaymentRun.objects.within(request.agency).select_related(*people)
    run = get_object_or_404(runs, pk=pk)
    run.agency = request.agency
    return run


@require_safe
def payment_run(request: AgencyRequest, pk: int) -> HttpResponse:
    """Whom a run pays how much, to print; what changed since it was prepared."""
    run = _run(request, pk)
    now = run_now(run, request.member)
    access.log_all(by=request.member, about={each.member for each in now.shares}, what="payments")
    context = {
        "shown": run_shown(run, now, request.member),
        "instead": _instead(now.shares, request.member),
    }
    return render(request, "compensation/payments/run.html", context)


@require_safe
def payment_run_csv(request: AgencyRequest, pk: int) -> StreamingHttpResponse:
    """Whom a run pays how much, with their numbers, as a file."""
    run, agency = _run(request, pk), request.agency
    shares = run_now(run, request.member).shares
    about = {each.member for each in shares}
    access.log_all(by=request.member, about=about, what="payments file")
    heads = ["name", "total", "method", "reference", "donated to", "deducted", "lines"]
    method = str(run.get_method_display())

    def rows_after(place: object) -> tuple[list[CsvRow], None]:
        return [
            [
                each.member.full_name,
                each.amount,
                method,
                each.reference,
                each.organization,
                each.deducted,
                each.lines,
            ]
            for each in shares
        ], None

    return streamed_csv("run.csv", agency, [*heads, redisclosure.notice(agency)], rows_after)


@require_http_methods(["GET", "HEAD", "POST"])
def release_run(request: AgencyRequest, pk: int) -> HttpResponse:
    """Record what somebody else prepared."""
    run = _run(request, pk)
    back = at(request.agency, "compensation:payment_run", pk=run.pk)

    def act(form: RunForm) -> tuple[str, str]:
        with unless_changed():
            made = actions.release(run, by=request.member)
        said = ngettext("Recorded: %(count)d payment.", "Recorded: %(count)d payments.", len(made))
        return back, said % {"count": len(made)}

    said = ngettext(
        "%(n)d payment, %(total)s in all, prepared by %(name)s on %(day)s.",
        "%(n)d payments, %(total)s in all, prepared by %(name)s on %(day)s.",
        run.people,
    )
    known = {
        "n": run.people,
        "total": dollars(run.total),
        "name": run.prepared_by,
        "day": written(run.prepared_on),
    }
    return ask(
        request,
        RunForm.from_request(request),
        act,
        rule=lambda: rules.releasing(run, request.member),
        title=_("Release the payments"),
        text=[said % known, _("All of them are recorded now, or none.")],
        button=_("Release and record them"),
        back=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def prepare_run_again(request: AgencyRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    back = at(request.agency, "compensation:payment_run", pk=run.pk)

    def act(form: RunForm) -> tuple[str, str]:
        made = actions.prepare_again(run, by=request.member)
        return at(request.agency, "compensation:payment_run", pk=made.pk), _("Prepared again.")

    return ask(
        request,
        RunForm.from_request(request),
        act,
        rule=lambda: rules.changing_run(run, request.member),
        title=_("Prepare these payments again"),
        text=[
            _(
                "What still waits of them is prepared as it is now, with the same numbers. Another "
                "payer than you releases it."
            )
        ],
        button=_("Prepare them again"),
        back=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def drop_run(request: AgencyRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    back = at(request.agency, "compensation:payment_run", pk=run.pk)

    def act(form: RunForm) -> tuple[str, str]:
        actions.drop(run, by=request.member)
        return back, _("Dropped. Its lines wait to be paid as before.")

    return ask(
        request,
        RunForm.from_request(request),
        act,
        rule=lambda: rules.changing_run(run, request.member),
        title=_("Drop these prepared payments"),
        text=[_("Nothing was recorded of them. Their lines wait to be paid as before.")],
        button=_("Drop them"),
        kind="warning",
        back=back,
    )
