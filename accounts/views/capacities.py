"""A person's standings and roles, granted and ended by an administrator."""

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts import access, actions, rules
from accounts.finding import person_to_change
from accounts.forms import LastDayOfPersonForm, RoleForm, StandingForm, StandingsForm
from accounts.models import Member, RoleGrant, Standing, StandingKind
from accounts.permissions import Role
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.refusals import enforce

PER_PAGE = 50


def write_standing(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_to_change(request, pk)
    today = request.agency.today()
    form = StandingForm.from_request(request, initial={"since": today})
    back = at(request.agency, "accounts:member", pk=pk)

    def act(form: StandingForm) -> str:
        said = form.answers
        actions.write_standing(
            member,
            kind=StandingKind(said["kind"]),
            employed_peer=said["employed_peer"],
            since=said["since"],
            by=request.member,
        )
        return back

    return ask(
        request,
        form,
        act,
        title=_("How does %(name)s take part?") % {"name": member},
        text=[_("A person can take part as several things at once. Ask; don’t guess.")],
        button=_("Write it down"),
        back=back,
        rule=lambda: rules.writing_standing(member, StandingKind.OTHER, request.member, today),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def how_they_take_part(request: AgencyRequest) -> HttpResponse:
    """Write down how several people take part, of those for whom nothing is written yet."""
    enforce(rules.managing_people(request.member))
    today = request.agency.today()
    held = Standing.objects.within(request.agency).on(today).filter(member=OuterRef("pk"))
    silent = Member.objects.within(request.agency).on(today).exclude(Exists(held))
    page = page_of(request, silent.order_by("full_name", "pk"), PER_PAGE)
    members = list(page)
    access.log_all(by=request.member, about=members, what="people list")
    form = StandingsForm.from_request(request, members=members)

    def act(form: StandingsForm) -> tuple[str, str]:
        said = actions.write_standings(form.said, since=today, by=request.member)
        message = ngettext(
            "Written down for %(count)s person.", "Written down for %(count)s people.", len(said)
        )
        return at(request.agency, "accounts:people"), message % {"count": len(said)}

    return submit(request, form, act) or render(
        request,
        "accounts/how_they_take_part.html",
        {"form": form, "page": page, "anybody": bool(members)},
    )


def end_standing(request: AgencyRequest, pk: int) -> HttpResponse:
    enforce(rules.managing_people(request.member))
    standing = get_object_or_404(Standing.objects.within(request.agency), pk=pk)
    form = LastDayOfPersonForm.from_request(request, initial={"on": request.agency.today()})
    back = at(request.agency, "accounts:member", pk=standing.member_id)

    def act(form: LastDayOfPersonForm) -> str:
        actions.end_standing(standing, on=form.answers["on"], by=request.member)
        return back

    return ask(
        request,
        form,
        act,
        title=_("%(name)s no longer takes part as: %(kind)s")
        % {"name": standing.member, "kind": StandingKind(standing.kind).label},
        button=_("End it"),
        back=back,
        rule=lambda: rules.ending_standing(standing, request.member),
    )


def grant_role(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_to_change(request, pk)
    today = request.agency.today()
    form = RoleForm.from_request(request, initial={"since": today})
    back = at(request.agency, "accounts:member", pk=pk)

    def act(form: RoleForm) -> tuple[str, str]:
        said = form.answers
        role = Role(said["role"])
        actions.grant_role(member, role=role, since=said["since"], by=request.member)
        return back, _("%(name)s has the role now: %(role)s") % {
            "name": member,
            "role": role.label,
        }

    return ask(
        request,
        form,
        act,
        title=_("Give %(name)s a role") % {"name": member},
        text=[_("Administrators, approvers and payers need a second step when they sign in.")],
        button=_("Give this role"),
        back=back,
        rule=lambda: rules.granting(member, request.member, today),
    )


def end_role(request: AgencyRequest, pk: int) -> HttpResponse:
    enforce(rules.managing_people(request.member))
    grant = get_object_or_404(RoleGrant.objects.within(request.agency), pk=pk)
    form = PortalForm.from_request(request)
    back = at(request.agency, "accounts:member", pk=grant.member_id)

    def act(form: PortalForm) -> str:
        actions.end_role(grant, by=request.member)
        mine = grant.member_id == request.member.pk and grant.role == Role.ADMINISTRATOR
        return at(request.agency, "home_of") if mine else back

    return ask(
        request,
        form,
        act,
        title=_("End a role of %(name)s") % {"name": grant.member},
        text=[
            _("The role is: %(role)s. It ends at once.") % {"role": Role(grant.role).label},
        ],
        button=_("End this role"),
        back=back,
        rule=lambda: rules.ending_role(grant, request.member, request.agency.today()),
    )
