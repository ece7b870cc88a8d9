"""Printed letters with invitations, one a page."""

from dataclasses import dataclass

from django.http import HttpResponse

from accounts import access, invitation_codes, letters
from accounts.models import Invitation, InvitationQuerySet
from foundation import codes
from foundation.http import AgencyRequest
from foundation.pages import render


@dataclass(frozen=True)
class LetterShown:
    """A letter: whom it invites, and the code."""

    invitation: Invitation
    name: str
    code: str


def letter_of(invitation: Invitation) -> LetterShown:
    code = codes.shown(invitation_codes.code_of(invitation))
    return LetterShown(invitation, invitation.member.shown_name, code)


def letters_page(
    request: AgencyRequest, invitations: InvitationQuerySet, *, back: str
) -> HttpResponse:
    """Those of the invitations that are letters, by full name; printing them is logged."""
    printable = invitations.filter(email="").select_related("member")
    found = list(printable.order_by("member__full_name", "pk"))
    access.log_all(by=request.member, about=[each.member for each in found], what="invitation")
    return render(
        request,
        "accounts/letters.html",
        {
            "letters": [letter_of(each) for each in found],
            "address": letters.address_to_type(),
            "back": back,
        },
    )
