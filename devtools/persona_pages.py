"""The demo's own page: sign in with one click as anybody of an agency."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Member, Standing, StandingKind
from accounts.permissions import Role
from devtools.personas import sign_in
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as, and what there is to see as them."""

    pk: int
    name: str
    standings: str
    roles: str


def personas_of(agency: Agency) -> list[Persona]:
    """Everybody who can sign in, those with roles first."""
    today = agency.today()
    held: dict[int, list[str]] = {}
    for standing in Standing.objects.within(agency).on(today).order_by("pk"):
        held.setdefault(standing.member_id, []).append(str(StandingKind(standing.kind).label))
    members = Member.objects.within(agency).on(today).with_roles(today).filter(user__isnull=False)
    found = [
        Persona(
            pk=member.pk,
            name=member.display_name,
            standings=", ".join(held.get(member.pk, [])),
            roles=", ".join(sorted(str(Role(role).label) for role in member.roles)),
        )
        for member in members.order_by("pk")
    ]
    return sorted(found, key=lambda persona: not persona.roles)


def _everybody() -> Iterator[tuple[Agency, list[Persona]]]:
    for agency in Agency.objects.order_by("pk"):
        with tenancy.entering(agency):
            yield agency, personas_of(agency)


@login_not_required
@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    """Everybody of every agency, each with a button."""
    return render(request, "devtools/personas.html", {"agencies": list(_everybody())})


@login_not_required
@require_POST
def become(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Sign in as this person, and go to their home page."""
    agency = get_object_or_404(Agency, slug=slug)
    with tenancy.entering(agency):
        who = Member.objects.within(agency).on(agency.today()).filter(user__isnull=False)
        sign_in(request, get_object_or_404(who, pk=pk))
    return redirect(at(agency, "home_of"))
