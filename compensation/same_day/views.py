"""Pages of money for a meeting, from the pre-approval to counting back."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from compensation.claims.rules import CHANGED
from compensation.ledger import rules as ledger_rules
from compensation.payments.models import PaymentMethod
from compensation.policies import FUND_AHEAD
from compensation.same_day import actions, rules
from compensation.same_day.forms import (
    CountBackForm,
    HandForm,
    PreApproveForm,
    SureForm,
    TakeOutForm,
    TickOffForm,
)
from compensation.same_day.models import DayFund, FundCard, Handout
from compensation.same_day.presenting import (
    FUNDS_HEAD,
    differences_shown,
    each_hint,
    fund_shown,
    fund_words,
    funds_shown,
    method_words,
)
from compensation.same_day.reading import RowState, SheetRow, left_of, meeting_names, sheet_of
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from foundation.pages import render
from foundation.paging import page_of
from foundation.refusals import Refusal, enforce
from foundation.templatetags.components import dollars
from groups.models import Group, Meeting, MeetingStatus


@require_safe
def day_funds(request: AgencyRequest) -> HttpResponse:
    """Money for meetings: what goes on, and what was counted."""
    enforce(ledger_rules.working_with_payments(request.member))
    funds = DayFund.objects.within(request.agency).select_related("meeting", "taken_by")
    page = page_of(request, funds.order_by("-pk"))
    names = meeting_names(request.agency, request.member, [each.meeting for each in page])
    return render(
        request,
        "compensation/same_day/funds.html",
        {
            "page": page,
            "head": FUNDS_HEAD,
            "rows": funds_shown(page, names),
            "may_approve": rules.pre_approving(request.member) is None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pre_approve(request: AgencyRequest) -> HttpResponse:
    agency, today = request.agency, request.agency.today()
    enforce(rules.pre_approving(request.member))
    groups = Group.objects.within(agency).visible_to(request.member, today)
    meetings = Meeting.objects.within(agency).filter(
        group__in=groups.values("pk"), on__range=(today, today + timedelta(days=FUND_AHEAD.value))
    )
    funded = DayFund.objects.within(agency).going_on().values("meeting")
    free = meetings.exclude(status=MeetingStatus.CANCELLED).exclude(pk__in=funded)
    form = PreApproveForm.from_request(
        request,
        meetings=free.select_related("group").order_by("on", "pk"),
        each_hint=each_hint(agency, today),
    )

    def act(form: PreApproveForm) -> tuple[str, str]:
        fund = actions.pre_approve(by=request.member, **form.answers)
        return _of(fund), _("Approved. A payer can take the money out now.")

    return ask(
        request,
        form,
        act,
        title=_("Approve money for a meeting"),
        text=[
            _(
                "A payer takes the money out and hands it to the people who came, against their "
                "signature. You count as the one who approved their pay, so you get none of it."
            )
        ],
        button=_("Approve this money"),
        back=at(agency, "compensation:day_funds"),
    )


def _found(request: AgencyRequest, pk: int) -> DayFund:
    enforce(ledger_rules.working_with_payments(request.member))
    people = ("meeting", "approved_by", "taken_by", "counted_by", "confirmed_by")
    fund = get_object_or_404(DayFund.objects.within(request.agency).select_related(*people), pk=pk)
    fund.agency = fund.approved_by.agency = request.agency
    return fund


def _of(fund: DayFund) -> str:
    return at(fund.agency, "compensation:day_fund", pk=fund.pk)


def _cards(fund: DayFund) -> TenantQuerySet[FundCard] | None:
    """The cards that are still there; None for cash."""
    if fund.method != PaymentMethod.GIFT_CARD:
        return None
    return FundCard.objects.within(fund.agency).in_hand().filter(fund=fund).order_by("serial")


@require_safe
def day_fund(request: AgencyRequest, pk: int) -> HttpResponse:
    """What happened with the money so far, who is owed something, and what comes next."""
    fund = _found(request, pk)
    sheet = sheet_of(fund)
    access.log_all(by=request.member, about={row.member for row in sheet.rows}, what="payments")
    names = meeting_names(request.agency, request.member, [fund.meeting])
    return render(
        request,
        "compensation/same_day/fund.html",
        {"shown": fund_shown(fund, sheet, names.get(fund.meeting_id, ""), request.member)},
    )


@require_safe
def sheet(request: AgencyRequest, pk: int) -> HttpResponse:
    """The sheet to print: numbers, names, amounts, and room to sign."""
    fund = _found(request, pk)
    enforce(rules.handing_out(fund, request.member))
    rows = sheet_of(fund).of(RowState.OWED)
    access.log_all(by=request.member, about={row.member for row in rows}, what="payments")
    names = meeting_names(request.agency, request.member, [fund.meeting])
    context = {"fund": fund, "rows": rows, "name": fund_words(fund, names), "back": _of(fund)}
    return render(request, "compensation/same_day/sheet.html", context)


def _asked(
    request: AgencyRequest,
    pk: int,
    rule: Callable[[DayFund], Refusal | None],
) -> tuple[DayFund, str]:
    fund = _found(request, pk)
    names = meeting_names(request.agency, request.member, [fund.meeting])
    if request.method != "POST":
        enforce(rule(fund))
    return fund, fund_words(fund, names)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AgencyRequest, pk: int) -> HttpResponse:
    fund, caption = _asked(request, pk, partial(rules.withdrawing, by=request.member))

    def act(form: SureForm) -> tuple[str, str]:
        actions.withdraw(fund, by=request.member)
        return _of(fund), _("Nobody can take this money out any more.")

    return ask(
        request,
        SureForm.from_request(request),
        act,
        caption=caption,
        title=_("Withdraw the approval"),
        text=[_("People are then paid as usual. You can approve money for this meeting again.")],
        button=_("Withdraw it"),
        kind="warning",
        back=_of(fund),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: AgencyRequest, pk: int) -> HttpResponse:
    fund, caption = _asked(request, pk, partial(rules.taking_out, by=request.member))

    def act(form: TakeOutForm) -> tuple[str, str]:
        actions.take_out(fund, by=request.member, **form.answers)
        return _of(fund), _("Recorded. You answer for this money until you count it back.")

    initial = {"method": PaymentMethod.CASH.value, "taken": fund.total}
    said = _("Up to %(total)s was approved, for %(people)s people at most.")
    return ask(
        request,
        TakeOutForm.from_request(request, initial=initial),
        act,
        caption=caption,
        title=_("Take the money out"),
        text=[said % {"total": dollars(fund.total), "people": fund.people_most}],
        button=_("I have this money now"),
        back=_of(fund),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: AgencyRequest, pk: int, member: int) -> HttpResponse:
    """The page that is shown to the person: what they get, and their signature."""
    fund, caption = _asked(request, pk, partial(rules.handing_out, by=request.member))
    row = _row(fund, member)
    form = HandForm.from_request(
        request, choices=_cards(fund), initial={"amount": row.amount if row else None}
    )

    def act(form: HandForm) -> tuple[str, str]:
        if row is None:
            raise ValidationError(CHANGED)
        actions.hand_out(fund, row.lines, sheet_line=row.number, by=request.member, **form.answers)
        return _of(fund), _("Handed out, and recorded as paid.")

    if row is not None:
        access.log(by=request.member, about=row.member, what="payments")
    return ask(
        request,
        form,
        act,
        rule=lambda: None if row else Refusal(_("Nothing is owed here now."), rules.RELOAD),
        caption=caption,
        title=row.member.full_name if row else "",
        about=_("You get %(amount)s %(how)s.")
        % {"amount": dollars(row.amount), "how": method_words(fund)}
        if row
        else "",
        text=[_("Look at it first. Then sign that you have it.")],
        button=_("I have it"),
        keep=False,
        back=_of(fund),
    )


def _row(fund: DayFund, member: int) -> SheetRow | None:
    owed = sheet_of(fund).of(RowState.OWED)
    return next((row for row in owed if row.member.pk == member), None)


@require_http_methods(["GET", "HEAD", "POST"])
def tick_off(request: AgencyRequest, pk: int) -> HttpResponse:
    """Who signed the printed sheet, all at once."""
    fund, caption = _asked(request, pk, partial(rules.handing_out, by=request.member))
    rows = sheet_of(fund).of(RowState.OWED)
    form = TickOffForm.from_request(request, rows=rows)

    def act(form: TickOffForm) -> tuple[str, str]:
        made = actions.tick_off(fund, by=request.member, **form.answers)
        said = ngettext("%(n)d person is recorded.", "%(n)d people are recorded.", len(made))
        return _of(fund), said % {"n": len(made)}

    access.log_all(by=request.member, about={row.member for row in rows}, what="payments")
    return ask(
        request,
        form,
        act,
        caption=caption,
        title=_("Tick off the paper sheet"),
        text=[
            _("Tick those whose signature is on it. Keep the sheet with your receipts.")
            if rows
            else _("Nobody is left on the sheet.")
        ],
        button=_("They have their money"),
        back=_of(fund),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def count_back(request: AgencyRequest, pk: int) -> HttpResponse:
    fund, caption = _asked(request, pk, partial(rules.counting_back, by=request.member))
    form = CountBackForm.from_request(request, fund=fund, choices=_cards(fund))

    def act(form: CountBackForm) -> tuple[str, str]:
        counted = actions.count_back(fund, by=request.member, **form.answers)
        if counted.difference_reason:
            return _of(fund), _("Counted. A second person confirms the difference.")
        return _of(fund), _("Counted. It comes out even.")

    taken, left = fund.taken or Decimal(0), left_of(fund)
    said = _("%(taken)s was taken out, and %(handed)s handed out. So %(left)s should be left.")
    return ask(
        request,
        form,
        act,
        caption=caption,
        title=_("Count the rest back"),
        text=[
            said
            % {"taken": dollars(taken), "handed": dollars(taken - left), "left": dollars(left)},
            _("After this, nobody else is paid from this money."),
        ],
        button=_("That is what is left"),
        back=_of(fund),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: AgencyRequest, pk: int) -> HttpResponse:
    fund, caption = _asked(request, pk, partial(rules.confirming, by=request.member))

    def act(form: SureForm) -> tuple[str, str]:
        actions.confirm(fund, by=request.member)
        return _of(fund), _("Confirmed. The oversight committee sees it.")

    return ask(
        request,
        SureForm.from_request(request),
        act,
        caption=caption,
        title=_("Confirm the difference"),
        text=differences_shown([fund], {})[0].words,
        button=_("I looked at it, and it is so"),
        back=_of(fund),
    )


@require_safe
def signature(request: AgencyRequest, pk: int) -> HttpResponse:
    """How somebody said that they got their money, for them and for the two who gave it."""
    rows = Handout.objects.within(request.agency).select_related("member", "payment", "fund")
    handout = get_object_or_404(rows, payment=pk)
    if not rules.seeing_signature(handout, request.member):
        handout = get_object_or_404(rows.none(), payment=pk)
    access.log(by=request.member, about=handout.member, what="payments")
    mine = handout.member_id == request.member.pk
    back = at(request.agency, "compensation:my_payments") if mine else _of(handout.fund)
    return render(
        request, "compensation/same_day/signature.html", {"handout": handout, "back": back}
    )


@require_safe
def differences(request: AgencyRequest) -> HttpResponse:
    """For the committee: where counted money did not come to what was taken out, and why."""
    enforce(rules.seeing_differences(request.member))
    funds = DayFund.objects.within(request.agency).differing()
    people = funds.select_related("meeting", "taken_by", "counted_by", "confirmed_by")
    page = page_of(request, people.order_by("-counted_on", "-pk"))
    names = meeting_names(request.agency, request.member, [each.meeting for each in page])
    return render(
        request,
        "compensation/same_day/differences.html",
        {"page": page, "rows": differences_shown(page, names)},
    )
