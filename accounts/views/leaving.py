"""Leaving the program, returning, and erasing a person's data."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import actions, former, hanging, rules, unsettled
from accounts.finding import person_to_change
from accounts.forms import EraseForm, LeaveForm
from accounts.leaves import Leave
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render


@require_safe
def what_is_mine(request: AgencyRequest) -> HttpResponse:
    """For former members: what is theirs and stays open to them."""
    pages = [page for page in former.pages(request.member) if page["url"] != request.path]
    return render(request, "accounts/what_is_mine.html", {"items": pages})


def end_membership(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_to_change(request, pk)
    today = request.agency.today()
    form = LeaveForm.from_request(request, initial={"on": today})
    back = at(request.agency, "accounts:member", pk=pk)

    def act(form: LeaveForm) -> tuple[str, str]:
        said = form.answers
        actions.end_membership(member, on=said["on"], why=said["why"], by=request.member)
        return back, _("This is written down. What they did stays on record.")

    return ask(
        request,
        form,
        act,
        title=_("%(name)s leaves the program") % {"name": member},
        text=[
            _(
                "Their roles and seats end with it. They can still sign in to what is theirs: "
                "their payments and what they said."
            ),
            *hanging.on(member, today),
            *unsettled.on_leaving(),
        ],
        button=_("Write it down"),
        back=back,
        rule=lambda: rules.ending_membership(member, request.member, today),
    )


def take_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """Undo a mistaken leave; what it ended continues."""
    member = person_to_change(request, pk)
    today = request.agency.today()
    back = at(request.agency, "accounts:member", pk=pk)
    leaves = Leave.objects.within(request.agency).filter(member=member)
    leave = get_object_or_404(leaves.order_by("-pk")[:1])
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.take_leave_back(leave, by=request.member)
        return back, _("The departure is undone.")

    return ask(
        request,
        form,
        act,
        title=_("Undo the departure of %(name)s") % {"name": member},
        text=[
            _("Their roles, and how they take part, continue as if nothing had been entered."),
            _(
                "Their seats go on as well, where the group still meets. A seat in the oversight "
                "committee or the governing body is given by a new decision."
            ),
        ],
        button=_("Undo it"),
        back=back,
        rule=lambda: rules.taking_leave_back(leave, member, request.member, today),
    )


def bring_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """Let a former member take part again, as the same person."""
    member = person_to_change(request, pk)
    back = at(request.agency, "accounts:member", pk=pk)
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.bring_back(member, by=request.member)
        return back, _("They take part again. You can give them roles now.")

    return ask(
        request,
        form,
        act,
        title=_("%(name)s takes part again") % {"name": member},
        text=[
            _("From today on. Their payments, and what they said before, are theirs as ever."),
            _("They need new roles and seats. How they take part is recorded again, too."),
        ],
        button=_("They take part again"),
        back=back,
        rule=lambda: rules.bringing_back(member, request.member, request.agency.today()),
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
        slot_name="accounts.erase",
        slot_subject=member,
        warning=_("This can’t be undone."),
        button=_("Erase it for ever"),
        back=at(request.agency, "accounts:member", pk=pk),
        rule=lambda: rules.erasing(member, request.member, request.agency.today()),
    )
