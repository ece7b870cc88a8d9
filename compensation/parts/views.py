"""Asking to be paid in parts; for somebody on paper, by a payer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Member
from compensation.parts import actions, rules
from compensation.parts.forms import PartsWishForm
from compensation.parts.reading import wish_of
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.refusals import enforce


@require_http_methods(["GET", "HEAD", "POST"])
def my_parts(request: AgencyRequest) -> HttpResponse:
    return _ask(request, request.member, at(request.agency, "compensation:my_payments"))


@require_http_methods(["GET", "HEAD", "POST"])
def parts_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """For somebody without a way to sign in."""
    enforce(rules.seeing(request.member))
    member = get_object_or_404(Member.objects.within(request.agency), pk=pk)
    member.agency = request.agency
    return _ask(request, member, at(request.agency, "compensation:to_pay"))


def _ask(request: AgencyRequest, member: Member, back: str) -> HttpResponse:
    own = member.pk == request.member.pk
    row = wish_of(request.agency, member.pk)
    most = None if row is None else row.per_month
    form = PartsWishForm.from_request(request, initial={"per_month": most})
    at_once = "at_once" in request.POST
    if at_once:
        form.fields["per_month"].required = False

    def act(form: PartsWishForm) -> tuple[str, str]:
        amount = None if at_once else form.cleaned_data["per_month"]
        actions.wish(member, per_month=amount, by=request.member)
        if amount is None:
            return back, _("Saved. Everything is paid as soon as it can be.")
        return back, _("Saved. Whoever pays sees it.")

    return ask(
        request,
        form,
        act,
        rule=lambda: rules.wishing(member, request.member),
        title=_("Get pay in parts") if own else _("Pay in parts for %(name)s") % {"name": member},
        text=[
            _(
                "Some benefits count pay in the month it comes. If you want, we pay no more than "
                "an amount that you choose in one month, and the rest in the months after it. "
                "Talk to a benefits counselor first."
            )
            if own
            else _("Write down what they asked for. What goes beyond it is paid in later months."),
            _(
                "Only people who pay can see this, unless a court or law requires it. It is about "
                "pay for time: costs are always paid back. Lines are paid whole, so one that is "
                "worth more than the amount is paid alone. You can change this at any time."
            ),
        ],
        button=_("Save"),
        secondary=_("Pay everything at once again") if most is not None else "",
        secondary_name="at_once",
        back=back,
    )
