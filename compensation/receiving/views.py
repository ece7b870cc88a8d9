"""Saying whether a payment came, for oneself or for somebody on paper; answering it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.models import Member
from compensation.ledger import rules as ledger_rules
from compensation.payments.models import Payment
from compensation.receiving import actions, rules
from compensation.receiving.forms import CameForForm, CameForm, FoundForm
from compensation.receiving.models import Arrival, ArrivalKind
from compensation.receiving.presenting import due_for_payers, handed, told
from compensation.receiving.reading import Sent, unsaid
from foundation.addresses import at
from foundation.asking import Quote, ask
from foundation.http import AgencyRequest
from foundation.pages import sent_before
from foundation.presenting import written
from foundation.refusals import enforce


@require_http_methods(["GET", "HEAD", "POST"])
def came(request: AgencyRequest, pk: int) -> HttpResponse:
    """Two buttons: I got it, or it did not come."""
    agency, member = request.agency, request.member
    mine = Payment.objects.within(agency).filter(member=member)
    payment = get_object_or_404(mine, pk=pk)
    payment.member = member
    back = at(agency, "compensation:my_payments")
    if url := sent_before(request):
        return redirect(url)
    last = _last(payment)
    open_ones = [
        kind
        for kind in (ArrivalKind.GOT, ArrivalKind.MISSING)
        if rules.telling(payment, kind, last, member) is None
    ]
    if not open_ones:
        enforce(rules.telling(payment, ArrivalKind.GOT, last, member))
    form = CameForm.from_request(request)

    def act(form: CameForm) -> tuple[str, str]:
        missing = "missing" in request.POST or open_ones == [ArrivalKind.MISSING]
        said = actions.say(
            payment, kind=ArrivalKind.MISSING if missing else ArrivalKind.GOT, by=member
        )
        if said.due_on is None:
            return back, _("Thank you. We wrote down that you got it.")
        told_them = _("We told the people who pay. They answer you by %(day)s.")
        return back, told_them % {"day": written(said.due_on)}

    got_it, missing = ArrivalKind.GOT.label, ArrivalKind.MISSING.label
    both = len(open_ones) > 1
    return ask(
        request,
        form,
        act,
        title=_("Did your money come?"),
        text=[handed(payment), *told(Sent(payment, last), agency.today())],
        quotes=_quotes(last),
        button=got_it if ArrivalKind.GOT in open_ones else missing,
        secondary=missing if both else "",
        secondary_name="missing",
        back=back,
        cancel="",
    )


def _last(payment: Payment) -> Arrival | None:
    said = Arrival.objects.within(payment.agency).filter(payment=payment)
    return said.order_by("-pk").first()


def _quotes(last: Arrival | None) -> list[Quote]:
    return [Quote(last.words)] if last is not None and last.words else []


@require_http_methods(["GET", "HEAD", "POST"])
def came_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """What somebody on paper said; no amounts, and nothing of what was said before."""
    agency = request.agency
    member = get_object_or_404(Member.objects.within(agency), pk=pk)
    member.agency = agency
    enforce(rules.telling_for(member, request.member))
    payments = unsaid(member)
    form = CameForForm.from_request(request, payments=payments, initial={"said_on": agency.today()})

    def act(form: CameForForm) -> tuple[str, str]:
        actions.say(**form.answers, by=request.member)
        return at(agency, "home_of"), _("What they told you is saved.")

    access.log(by=request.member, about=member, what="payments")
    return ask(
        request,
        form,
        act,
        title=_("Did a payment reach %(name)s?") % {"name": member},
        text=[
            _(
                "Write down what they told you, not what you think. If it did not come, those who "
                "pay look for it and answer."
            )
            if payments.exists()
            else _("There is no payment of which they could tell you.")
        ],
        button=_("Save what they said"),
        back=at(agency, "home_of"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: AgencyRequest, pk: int) -> HttpResponse:
    """What was found out about a payment that did not come; or undo it, to pay it again."""
    enforce(ledger_rules.working_with_payments(request.member))
    made = Payment.objects.within(request.agency).select_related("member")
    payment = get_object_or_404(made, pk=pk)
    payment.member.agency = request.agency
    last = _last(payment)
    form = FoundForm.from_request(request)
    back = at(request.agency, "compensation:paid")

    def act(form: FoundForm) -> tuple[str, str]:
        actions.answer(payment, by=request.member, **form.answers)
        return back, _("Your answer is sent. They can say again if it does not come.")

    access.log(by=request.member, about=payment.member, what="payments")
    said = _("%(name)s says that this payment did not come: %(payment)s")
    return ask(
        request,
        form,
        act,
        rule=lambda: rules.answering(payment, last, request.member),
        title=_("A payment did not come"),
        text=[
            said % {"name": payment.member.full_name, "payment": handed(payment)},
            *([due_for_payers(last, request.agency.today())] if last is not None else []),
        ],
        button=_("Send the answer"),
        back=back,
        after=[_undo(payment)],
    )


def _undo(payment: Payment) -> str:
    """The other way to settle it: the money is sent again."""
    return format_html(
        '<a class="govuk-link app-target" href="{}">{}</a>',
        at(payment.agency, "compensation:reverse", pk=payment.pk),
        _("It is lost: undo the payment, so that it is paid again"),
    )
