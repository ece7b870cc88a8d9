"""A person leaves the program, or has what is known of them erased."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts import actions, rules, unsettled
from accounts.forms import EndForm, EraseForm
from accounts.views.asking import ask
from accounts.views.people import person_to_change
from foundation.addresses import at
from foundation.http import AgencyRequest


def end_membership(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_to_change(request, pk)
    today = request.agency.today()
    form = EndForm.from_request(request, initial={"on": today})
    back = at(request.agency, "accounts:member", pk=pk)

    def act(form: EndForm) -> tuple[str, str]:
        actions.end_membership(member, on=form.answers["on"], by=request.member)
        return back, _("This is written down. What they did stays on record.")

    return ask(
        request,
        form,
        act,
        title=_("%(name)s leaves the program") % {"name": member},
        text=[
            _("Their roles end with it, and they can’t sign in here any more."),
            *unsettled.on_leaving(),
        ],
        button=_("Write it down"),
        back=back,
        rule=lambda: rules.ending_membership(member, request.member, today),
    )


def erase(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_to_change(request, pk)
    form = EraseForm.from_request(request)

    def act(form: EraseForm) -> tuple[str, str]:
        actions.erase(member, by=request.member)
        people = at(request.agency, "accounts:people")
        return people, _("The information is erased.")

    return ask(
        request,
        form,
        act,
        title=_("Erase what we know about %(name)s") % {"name": member},
        text=[
            _(
                "Their names, their contact and their sign-in are erased, in the history as well. "
                "Numbers stay, such as how many people came to a meeting."
            ),
            _("They then appear as “Former member”."),
            *unsettled.on_erasing(),
        ],
        warning=_("This can’t be undone."),
        button=_("Erase it for ever"),
        back=at(request.agency, "accounts:member", pk=pk),
        rule=lambda: rules.erasing(member, request.member, request.agency.today()),
    )
