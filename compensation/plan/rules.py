"""Who may write and adopt the plan, and ask for its ratification."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.plan.models import PlanVersion
from foundation.refusals import Refusal


def managing_plan(by: Member) -> Refusal | None:
    if not by.may(Permission.MANAGE_COMPENSATION):
        return Refusal(
            _("Only an administrator can change the payment plan."),
            _("Bring your wish to the oversight committee."),
        )
    return None


def editing_plan(version: PlanVersion, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if version.since is not None:
        return Refusal(
            _("A plan that was adopted is not changed any more."),
            _("Write a new version; it takes its place on the day it is adopted."),
        )
    if version.ratification_id is not None:
        return Refusal(
            _("The oversight committee is deciding on this version."),
            _("Withdraw the proposal first, or write a new version."),
        )
    return None


def adopting(version: PlanVersion, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if version.since is not None:
        return Refusal(_("This version was adopted before."), _("Write a new version."))
    return None


def seeking_ratification(version: PlanVersion, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if version.ratified_on is not None:
        return Refusal(_("The oversight committee ratified this version."))
    if version.until is not None and version.until <= by.agency.today():
        return Refusal(
            _("Another version has followed this one."), _("Ask the committee to ratify that one.")
        )
    return None
