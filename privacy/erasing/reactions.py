"""Erase with the person what the register names; and what must be settled before that."""

from django.utils.translation import gettext_lazy as _

from accounts import forgetting, unsettled
from accounts.forgetting import Known
from accounts.models import Member
from accounts.unsettled import Settling
from privacy.erasing import actions, rules


@forgetting.register
def _forget(member: Member, known: Known, by: Member) -> None:
    actions.forget(member, known, by)


unsettled.register(
    Settling(
        leaving="",
        erasing=_("While a legal hold covers the person, nothing can be erased."),
        open=rules.held,
    )
)
