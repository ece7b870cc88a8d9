"""Who may write the plan, put it in force, adopt it, and ask for its ratification."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.employment.rules import decided
from compensation.plan.models import PlanVersion
from compensation.plan.rates import any_less, table
from foundation import founding
from foundation.addresses import at
from foundation.refusals import Refusal
from groups.models import Decision, DecisionStatus
from starters.rules import complete


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
    if version.waiting:
        return Refusal(
            _("Somebody is asked to confirm the paper about this version."),
            _("Write a new version, or wait for the answer."),
        )
    if version.ratification_id is not None:
        return Refusal(
            _("The oversight committee is deciding on this version."),
            _("Withdraw the proposal first, or write a new version."),
        )
    if decided_about(version):
        return Refusal(
            _("The oversight committee has decided on this version as it is."),
            _("Write a new version, and ask the committee to ratify that one."),
        )
    return None


def decided_about(version: PlanVersion) -> bool:
    """Whether the committee agreed to it, even with too few consumers; what it read must stay."""
    decisions = Decision.objects.within(version.agency).filter(status=DecisionStatus.ADOPTED)
    about = decisions.filter(subject_type=version.subject_code, subject_id=version.pk)
    return about.exists()


def putting_in_force(
    version: PlanVersion, by: Member, *, on: date, in_force: PlanVersion | None
) -> Refusal | None:
    """Putting a draft in force for the founding, as a paper says that a second person confirms."""
    if refusal := managing_plan(by):
        return refusal
    return _possible_in_founding(version, by, on, in_force) or ready(version, by, on)


def asking_somebody(by: Member, on: date) -> Refusal | None:
    """Asking a second person to confirm it on the portal: one who can sign in."""
    others = Member.objects.within(by.agency).on(on).exclude(user=None).exclude(pk=by.pk)
    if others.exists():
        return None
    return Refusal(
        _("A second person has to confirm it, and nobody else can sign in yet."),
        _("Invite somebody who was there when it was decided."),
        at(by.agency, "accounts:people"),
        _("Go to people"),
    )


def ready(version: PlanVersion, by: Member, on: date) -> Refusal | None:
    """What a draft lacks before it can be in force: a blank is open, or nobody decided how."""
    return decided(by, on) or complete(version.text)


def lacking(version: PlanVersion, by: Member, *, possible: bool) -> Refusal | None:
    """What an administrator can mend before the draft can be in force.

    `possible`: it could be put in force for the founding now.
    """
    if managing_plan(by) is not None or version.since is not None:
        return None
    today = by.agency.today()
    return asking_somebody(by, today) if possible else ready(version, by, today)


def _possible_in_founding(
    version: PlanVersion, by: Member, on: date, in_force: PlanVersion | None
) -> Refusal | None:
    if version.since is not None:
        return Refusal(_("This version was in force before."), _("Write a new version."))
    if version.ratified_on is not None:
        return Refusal(_("The oversight committee ratified this version."), _("Adopt it."))
    if founding.day_number(by.agency, on) is None:
        return Refusal(
            _("The founding is over. A provisional plan is possible only during it."),
            _("Ask the oversight committee to ratify this version, then adopt it."),
        )
    if in_force is None:
        return None
    if in_force.ratified_on is not None:
        return Refusal(
            _("A plan that the oversight committee ratified is in force."),
            _("Ask the committee to ratify this version too, then adopt it."),
        )
    if pays_less(version, in_force):
        return Refusal(
            _("This version pays less than the plan in force."),
            _("During the founding a plan can be raised. Only the committee can lower it."),
        )
    return None


def pays_less(version: PlanVersion, than: PlanVersion) -> bool:
    """Whether somebody could earn less under the version: by a rate, or by the daily limit."""
    if any_less(table(version), table(than)):
        return True
    return version.daily_cap is not None and (
        than.daily_cap is None or version.daily_cap < than.daily_cap
    )


def attesting(
    version: PlanVersion, by: Member, *, on: date, in_force: PlanVersion | None
) -> Refusal | None:
    """Confirming the paper: the person who was asked, never the one who entered it."""
    if refusal := answering_paper(version, by):
        return refusal
    return _possible_in_founding(version, by, on, in_force) or decided(by, on)


def answering_paper(version: PlanVersion, by: Member) -> Refusal | None:
    """Saying that it was decided so, or that it was not."""
    if version.asked_id != by.pk or version.put_by_id == by.pk:
        return Refusal(_("Another person was asked to confirm this."))
    if not version.waiting:
        return Refusal(_("You have answered already."))
    return None


def adopting(version: PlanVersion, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if version.since is not None:
        return Refusal(_("This version was adopted before."), _("Write a new version."))
    if version.ratified_on is not None:
        return ready(version, by, by.agency.today())
    reason = _("The oversight committee has not ratified this version and its rate.")
    if founding.day_number(by.agency, by.agency.today()):
        how = _("Put it in force for the founding, or ask the committee to ratify it.")
        return Refusal(reason, how)
    return Refusal(reason, _("Ask the committee first. Until then, the plan in force stays."))


def seeking_ratification(version: PlanVersion, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if version.ratified_on is not None:
        return Refusal(_("The oversight committee ratified this version."))
    if version.until is not None and version.until <= by.agency.today():
        return Refusal(
            _("This version is not in force any more."),
            _("Write a new version, and ask the committee to ratify that one."),
        )
    # A plan in force holds as it is, whatever stands in it.
    return complete(version.text) if version.since is None else None
