"""Naming who gets what is still owed, before one is erased; for somebody on paper, by a payer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Member
from compensation.payees import actions, rules
from compensation.payees.forms import NamedPayeeForm
from compensation.payees.models import NamedPayee
from compensation.policies import PAYEE_AFTER, PAYEE_MOST
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.presenting import written
from foundation.refusals import enforce


@require_http_methods(["GET", "HEAD", "POST"])
def my_payee(request: AgencyRequest) -> HttpResponse:
    return _ask(request, request.member, at(request.agency, "compensation:my_payments"))


@require_http_methods(["GET", "HEAD", "POST"])
def payee_for(request: AgencyRequest, pk: int) -> HttpResponse:
    """For somebody without a way to sign in."""
    enforce(rules.reading(request.member))
    member = get_object_or_404(Member.objects.within(request.agency), pk=pk)
    member.agency = request.agency
    return _ask(request, member, at(request.agency, "compensation:to_pay"))


def _ask(request: AgencyRequest, member: Member, back: str) -> HttpResponse:
    agency, by, own = request.agency, request.member, member.pk == request.member.pk
    row = NamedPayee.objects.within(agency).filter(member=member).first()
    form = NamedPayeeForm.from_request(request)
    if "take_back" in request.POST:
        for field in form.fields.values():
            field.required = False

    def act(form: NamedPayeeForm) -> tuple[str, str]:
        if "take_back" in request.POST:
            actions.take_back(member, by=by)
            return back, _("Nobody is named any more.")
        made = actions.name_payee(member, by=by, **form.answers)
        said = _("Saved. We keep it until %(day)s at most.")
        return back, said % {"day": written(made.limit_on)}

    today = agency.today()
    spans = {
        "after": PAYEE_AFTER.said(PAYEE_AFTER.value(agency, today)),
        "most": PAYEE_MOST.said(PAYEE_MOST.value(agency, today)),
    }
    return ask(
        request,
        form,
        act,
        rule=lambda: rules.writing_for(member, by) if row else rules.naming(member, by),
        title=_("Who gets the money after you are erased?")
        if own
        else _("Who gets the money of %(name)s after they are erased?") % {"name": member},
        text=[
            *_named(row),
            _(
                "You can be erased before everything is paid. Then we pay the person that you name "
                "here. Until then, the money goes to you as ever."
            )
            if own
            else _(
                "Write down what they told you. Until they are erased, the money goes to them as "
                "ever."
            ),
            _(
                "Only people who pay can read this, unless a court or law requires it. It is "
                "deleted %(after)s after the last payment, and in any case after %(most)s, even if "
                "money is still owed. It can’t be changed after the erasing."
            )
            % spans,
        ],
        button=_("Save"),
        secondary=_("Name nobody") if row is not None else "",
        secondary_name="take_back",
        back=back,
    )


def _named(row: NamedPayee | None) -> list[str]:
    """That somebody is named; not who, since others may look at the screen."""
    if row is None:
        return []
    said = _("Somebody was named on %(day)s. What you write now takes its place.")
    return [said % {"day": written(row.named_on)}]
