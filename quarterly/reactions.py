"""Carry out what the committee's consumers decide about an Account, and tell who can reply."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation import events
from foundation.models import Event
from groups.models import Decision
from notifications import notices
from notifications.actions import tell
from quarterly import actions
from quarterly.models import QuarterlyAccount

notices.register("account.released", _("The Quarterly Account is released. Reply to it: %(title)s"))
notices.register("account.out", _("The Quarterly Account is out: %(title)s"))


@events.inside("decision.adopted")
def release(event: Event) -> None:
    if (decision := _about(event)) is not None:
        actions.release(decision)


@events.inside("decision.not_adopted", "decision.withdrawn")
def give_back(event: Event) -> None:
    if (decision := _about(event)) is not None:
        actions.give_back(decision)


def _about(event: Event) -> Decision | None:
    if event.data.get("subject_type") != QuarterlyAccount.subject_code:
        return None
    decision = Decision.objects.within(event.agency).get(pk=event.subject_id)
    decision.agency = event.agency
    return decision


@events.inside("account.released")
def tell_management(event: Event) -> None:
    account = QuarterlyAccount.objects.within(event.agency).get(pk=event.subject_id)
    today = event.agency.today()
    members = Member.objects.within(event.agency).today(today)
    answering = members.with_permission(Permission.ANSWER_FOR_MANAGEMENT, today)
    for member in answering.select_related("user"):
        member.agency = event.agency
        tell(member, "account.released", subject=account, title=account.period)
