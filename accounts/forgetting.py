"""What is known of a person's names, for upper apps that erase it when the person is erased."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.models import Invitation, Member
from foundation.history import versions


@dataclass(frozen=True)
class Known:
    """Everything a person is or was called, and where they can be reached, until they are erased.

    It is never stored as it is: a step looks for it in texts.
    """

    names: frozenset[str]
    contacts: frozenset[str]


type Step = Callable[[Member, Known, Member], None]
_steps: list[Step] = []


def register(step: Step) -> Step:
    """Erase more of (member, known, by) in the transaction that erases a person; never refuse."""
    _steps.append(step)
    return step


def forget(member: Member, known: Known, by: Member) -> None:
    """Take all registered steps."""
    for step in _steps:
        step(member, known, by)


def known(member: Member) -> Known:
    """What the person is and was called, and their addresses, from live rows and the history."""
    names = {member.name, member.display_name, member.shown_name, member.full_name}
    contacts = {member.contact}
    past = versions(member, ("name", "display_name", "addition", "contact"))
    for name, shown, addition, contact in past:
        names |= {name, shown, addition}
        contacts.add(contact)
    invited = Invitation.objects.within(member.agency).filter(member=member)
    contacts |= set(invited.values_list("email", flat=True))
    if member.user is not None:
        names.add(member.user.member_name or "")
        contacts.add(member.user.email or "")
        addresses = EmailAddress.objects.filter(user=member.user)
        contacts |= set(addresses.values_list("email", flat=True))
    return Known(frozenset(filter(None, names)), frozenset(filter(None, contacts)))
