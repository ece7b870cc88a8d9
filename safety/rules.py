"""Who may enter contacts, answer contact requests, and keep two people apart."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts import conditions
from accounts import rules as account_rules
from accounts.models import Member
from accounts.permissions import Permission
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refusal
from safety import contacts
from safety.models import Call, NoContact


def entering_contacts(by: Member) -> Refusal | None:
    return account_rules.managing_settings(by)


def ready_for_many(agency: Agency, on: date) -> Refusal | None:
    """Inviting many people at once: only when they have somebody outside to turn to."""
    if contacts.in_force(agency).whole:
        return None
    return Refusal(
        _(
            "Before many people are invited, the agency has to enter the outside contacts whom "
            "they can call, and the state’s reporting rule."
        ),
        _("It takes a few minutes."),
        at(agency, "safety:contacts"),
        _("Enter the outside contacts"),
    )


conditions.register_for_many(ready_for_many)


def asking(by: Member, *, waiting: bool) -> Refusal | None:
    """Anyone who signs in may ask to be contacted, one request at a time."""
    if waiting:
        return Refusal(
            _("You have already asked to be contacted."),
            _("You can take it back and ask again."),
        )
    return None


def can_be_chosen(member: Member, by: Member) -> bool:
    """Facilitators can be chosen, but never by themselves."""
    return member.pk != by.pk and member.may(Permission.FACILITATE)


def taking_back(call: Call, by: Member) -> Refusal | None:
    if call.member_id != by.pk:
        return Refusal(_("Only the person who asked can take this back."))
    return _over(call)


def looking(call: Call, by: Member, *, chosen: bool) -> Refusal | None:
    """Only the people who were chosen know of the request."""
    if not chosen or call.member_id == by.pk:
        return Refusal(
            _("This was sent to other people."), _("They look at it, and nobody else can.")
        )
    return _over(call)


def finishing(call: Call, by: Member, *, chosen: bool) -> Refusal | None:
    if (refusal := looking(call, by, chosen=chosen)) is not None:
        return refusal
    if call.looked_on is None:
        return Refusal(_("Nobody has looked at this yet."), _("Say first that you have seen it."))
    return None


def _over(call: Call) -> Refusal | None:
    if call.done_on is not None or call.taken_back_on is not None:
        return Refusal(_("This is over."), _("The person can ask again at any time."))
    return None


def keeping_apart(by: Member) -> Refusal | None:
    """Recording that two people must not meet, and reading the list of such orders."""
    return account_rules.managing_people(by)


def settling_apart(order: NoContact, by: Member) -> Refusal | None:
    """Reviewing or ending an order, or recording who was told: administrators outside the pair."""
    if (refusal := keeping_apart(by)) is not None:
        return refusal
    if by.pk in (order.one_id, order.other_id):
        return Refusal(
            _("This is about you."), _("Another administrator can change it. Ask one of them.")
        )
    if order.ended_at is not None or not order.runs(by.agency.today()):
        return Refusal(_("This is over already."), _("You can record a new one."))
    return None


def telling_apart(order: NoContact, by: Member) -> Refusal | None:
    """Recording that the second of the two was told as well."""
    if (refusal := settling_apart(order, by)) is not None:
        return refusal
    if order.one_knows and order.other_knows:
        return Refusal(_("Both of them know of it already."))
    return None
