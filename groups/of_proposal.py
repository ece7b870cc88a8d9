"""Common parts of pages that ask something about one proposal."""

from django.utils.translation import gettext as _

from foundation.addresses import at
from foundation.asking import About, Back, Words
from foundation.http import AgencyRequest
from groups.models import Decision


class AboutProposal(About):
    paper: Words


def back_to(request: AgencyRequest, decision: Decision) -> Back:
    return {
        "back": at(request.agency, "groups:decision", pk=decision.pk),
        "back_text": _("Back to the proposal"),
    }


def with_words(request: AgencyRequest, decision: Decision) -> AboutProposal:
    """Include the proposal's text, for people who need it to answer."""
    return {**back_to(request, decision), "about": decision.title, "paper": decision.text}
