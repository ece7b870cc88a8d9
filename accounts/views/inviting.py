"""Inviting somebody: by e-mail, or with a letter to print."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import access, actions, letters, rules
from accounts.finding import person_to_change
from accounts.forms import InviteForm
from accounts.models import Invitation
from accounts.policies import INVITATION
from accounts.printing import letter_of
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.refusals import enforce


def invite(request: AgencyRequest, pk: int) -> HttpResponse:
    member = person_to_change(request, pk)
    form = InviteForm.from_request(request)
    if member.user is not None:
        del form.fields["email"]
    back = at(request.agency, "accounts:member", pk=pk)

    def act(form: InviteForm) -> tuple[str, str] | str:
        email = form.answers.get("email", "")
        invitation = actions.invite(member, email=email, by=request.member)
        if not email:
            return at(request.agency, "accounts:letter", pk=invitation.pk)
        return back, _("The invitation is on its way.")

    return ask(
        request,
        form,
        act,
        title=_("Invite %(name)s") % {"name": member},
        text=[
            _("The invitation can be used once, in the next %(days)s.")
            % {"days": INVITATION.words(request.agency, request.agency.today())},
            _("The e-mail says only “You have a message”. It does not name your agency."),
        ],
        button=_("Invite them"),
        back=back,
        rule=lambda: rules.inviting(member, request.member, request.agency.today()),
    )


@never_cache
@require_safe
def letter(request: AgencyRequest, pk: int) -> HttpResponse:
    """The invitation on one printed page, with its address and its code."""
    enforce(rules.managing_people(request.member))
    printable = Invitation.objects.within(request.agency).open(timezone.now()).filter(email="")
    invitation = get_object_or_404(printable.select_related("member"), pk=pk)
    access.log(by=request.member, about=invitation.member, what="invitation")
    return render(
        request,
        "accounts/letter.html",
        {
            "person": invitation.member,
            "letter": letter_of(invitation),
            "address": letters.address_to_type(),
        },
    )


def revoke(request: AgencyRequest, pk: int) -> HttpResponse:
    enforce(rules.managing_people(request.member))
    invitation = get_object_or_404(Invitation.objects.within(request.agency), pk=pk)
    form = PortalForm.from_request(request)
    back = at(request.agency, "accounts:member", pk=invitation.member_id)

    def act(form: PortalForm) -> tuple[str, str]:
        actions.revoke_invitation(invitation, by=request.member)
        return back, _("The invitation can’t be used any more.")

    return ask(
        request,
        form,
        act,
        title=_("Take the invitation back"),
        text=[_("The link or code that %(name)s has stops working.") % {"name": invitation.member}],
        button=_("Take it back"),
        back=back,
        rule=lambda: rules.revoking(invitation, request.member),
    )
