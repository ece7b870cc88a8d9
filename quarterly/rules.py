"""Who writes, answers and reads an Account; the committee's consumers release it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal
from oversight import rules as oversight_rules
from oversight.rules import Hat
from quarterly.models import AccountStatus, QuarterlyAccount


def beginning(by: Member, wears: Hat) -> Refusal | None:
    return oversight_rules.acting(by, wears)


def writing(account: QuarterlyAccount, by: Member, wears: Hat) -> Refusal | None:
    """Changing the first paragraph, and asking the consumers to release it."""
    if account.status == AccountStatus.DRAFT:
        return oversight_rules.acting(by, wears)
    if account.status == AccountStatus.ASKED:
        return Refusal(
            _("The consumers of the committee are deciding about this text, so it stays as it is."),
            _("If they say no, it can be changed and they can be asked again."),
        )
    return Refusal(
        _("This Account is released, and what is released is never changed."),
        _("Say it in the Account of the next quarter."),
    )


def reading(account: QuarterlyAccount, reader: Member, wears: Hat, on: date) -> Refusal | None:
    """Everybody once it is out; before, the committee, and management once it can reply."""
    if account.is_out(on) or wears.seated or reader.may(Permission.OVERSEE):
        return None
    if account.status == AccountStatus.RELEASED and reader.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    return Refusal(
        _("This Account is not out yet."), _("When it is, everybody in the program can read it.")
    )


def replying(account: QuarterlyAccount, by: Member, on: date) -> Refusal | None:
    """Replying for management, once and in time; a reply never changes or delays an Account."""
    if not by.may(Permission.ANSWER_FOR_MANAGEMENT):
        return Refusal(_("Only people who answer for management can reply to an Account."))
    if account.is_out(on):
        return Refusal(
            _("This Account is out, so a reply can’t be added anymore."),
            _("You can reply to the next one."),
        )
    if account.status != AccountStatus.RELEASED:
        return Refusal(
            _("This Account is not released yet."), _("You are told when you can reply.")
        )
    return None


def hanging(account: QuarterlyAccount, on: date) -> Refusal | None:
    """Printing it for the wall."""
    if account.is_out(on):
        return None
    return Refusal(
        _("Only an Account that is out goes on the wall."), _("Its page says what is missing.")
    )
