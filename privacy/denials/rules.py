"""Who may say that something was not right, and who may answer."""

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal
from privacy.denials.models import Denial

ASK_ANOTHER = _("Ask another administrator.")


def handling(denial: Denial, by: Member) -> Refusal | None:
    """Looking into it: administrators, but never whoever did it or says it."""
    if refusal := account_rules.managing_people(by):
        return refusal
    if denial.accused_id == by.pk:
        return Refusal(_("This is about what you did, so somebody else answers."), ASK_ANOTHER)
    if denial.member_id == by.pk:
        return Refusal(_("You said this yourself, so somebody else answers."), ASK_ANOTHER)
    return None


def answering(denial: Denial, by: Member) -> Refusal | None:
    if refusal := handling(denial, by):
        return refusal
    if denial.answered_at is not None:
        return Refusal(_("This was answered."), _("The person can read the answer."))
    return None


def somebody_can_answer(denial: Denial) -> bool:
    """Whether there is an administrator here today who may answer; one query."""
    today = denial.agency.today()
    here = Member.objects.within(denial.agency).on(today).not_paused(today)
    others = here.with_permission(Permission.MANAGE_PEOPLE, today).filter(user__isnull=False)
    return others.exclude(pk__in=[denial.member_id, denial.accused_id or 0]).exists()
