"""Who may ask to be erased, what keeps a person from being erased, and who looks at mentions."""

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.models import Member
from foundation import holding
from foundation.refusals import Refusal
from groups.models import Seat
from privacy.erasing.models import ErasureRequest, Mention, MentionState


def asking(by: Member) -> Refusal | None:
    """Asking to be erased: anybody who takes or took part, once at a time."""
    open_one = ErasureRequest.objects.within(by.agency).open().filter(member=by)
    if open_one.exists():
        return Refusal(
            _("You have asked for this already."),
            _("An administrator will look at it. You can take it back until then."),
        )
    return None


def taking_back(request: ErasureRequest, by: Member) -> Refusal | None:
    if request.member_id != by.pk:
        return Refusal(_("Only the person who asked can take this back."))
    if request.taken_back_on is not None or request.done_on is not None:
        return Refusal(_("This request is over already."))
    return None


def held(member: Member) -> Refusal | None:
    """Erasing a person while a legal hold covers them, a group of theirs, or their time here."""
    agency = member.agency
    holds = holding.in_force(agency, agency.today())
    if not holds:
        return None
    sat = Seat.objects.within(agency).filter(member=member, group__in=holds.groups)
    was_here = any(
        (until is None or member.since < until) and (member.until is None or since < member.until)
        for since, until in holds.periods
    )
    if member.pk in holds.people or was_here or (holds.groups and sat.exists()):
        return Refusal(
            _("A legal hold covers this person’s information. Nothing of it may be erased now."),
            _("The request is kept. You can erase the information once the hold has ended."),
        )
    return None


def deciding(mention: Mention, by: Member) -> Refusal | None:
    """Deciding whether a text speaks of the person: an administrator, once."""
    if refusal := account_rules.managing_people(by):
        return refusal
    if mention.state != MentionState.OPEN:
        return Refusal(_("Somebody has decided about this text already."))
    return None
