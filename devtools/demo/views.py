"""The page for signing in as one of the demo's people; it exists only in development."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Member
from devtools import personas as signing
from devtools.demo.people import AGENCY
from devtools.demo.personas import PERSONAS, persona
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency


@login_not_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody a visitor can sign in as."""
    return render(request, "demo/personas.html", {"personas": PERSONAS})


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as this person, with a second factor if their roles require one."""
    found = persona(request.POST.get("person", ""))
    if found is None:
        raise Http404
    agency = get_object_or_404(Agency, slug=AGENCY)
    by = found.signs_in_by
    with tenancy.entering(agency):
        members = Member.objects.within(agency).on(agency.today()).select_related("user")
        member = get_object_or_404(members, Q(user__email=by) | Q(user__member_name=by))
        signing.sign_in(request, member)
    return redirect(at(agency, "home_of"))
