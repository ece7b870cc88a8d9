"""Erase with the person what the register names; and what must be settled before that."""

from django.utils.translation import gettext_lazy as _

from accounts import forgetting, unsettled
from accounts.forgetting import Known
from accounts.models import Member
from accounts.permissions import Permission
from accounts.unsettled import Settling
from foundation import events
from foundation.models import Event
from notifications import notices
from notifications.actions import tell
from privacy.erasing import actions, rules
from privacy.erasing.models import ErasureRequest

notices.register("erasure.requested", _("Somebody asks you to erase their information."))


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


@events.inside("erasure.requested")
def _tell_the_administrators(event: Event) -> None:
    """Tell everybody who may erase people; without the name, which others may read on a screen."""
    request = ErasureRequest.objects.within(event.agency).get(pk=event.subject_id)
    today = event.agency.today()
    members = Member.objects.within(event.agency).on(today).exclude(pk=request.member_id)
    for each in members.with_permission(Permission.MANAGE_PEOPLE, today).select_related("user"):
        each.agency = event.agency
        tell(each, event.name, subject=request, title="")
