"""Who sits in the oversight committee and the governing body: always by decision."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal
from groups import founding
from groups.heard import answer_until, heard
from groups.models import (
    Group,
    GroupKind,
    Motion,
    MotionKind,
    Resolution,
    ResolutionState,
)
from groups.rules.decisions import proposing
from groups.rules.groups import over, running

BY_DECISION = frozenset({GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY})
# Groups whose members are entered from a paper.
ON_PAPER = BY_DECISION | {GroupKind.COUNCIL}
# What the governing body can propose about the oversight committee.
OF_THE_BOARD = frozenset({MotionKind.END, MotionKind.DISSOLVE})


def by_decision(group: Group) -> Refusal | None:
    """Why nobody alone gives or takes a seat there; None where people who run the group do."""
    if group.kind not in BY_DECISION:
        return None
    return Refusal(
        _("Who sits in this group is decided by the group."),
        _("Bring it to the group as a proposal."),
    )


def moving(group: Group, kind: str, deciding: Group, by: Member) -> Refusal | None:
    """Proposing to `deciding` who sits in `group`.

    A group decides for itself; the governing body can also end a seat of the committee, or the
    committee.
    """
    if by_decision(group) is None:
        return Refusal(
            _("In this group, seats are offered without a proposal."),
            _("Ask the people who run it."),
        )
    if (refusal := over(group, by)) is not None:
        return refusal
    if deciding.pk != group.pk and not (
        deciding.kind == GroupKind.GOVERNING_BODY
        and group.kind == GroupKind.COMMITTEE
        and kind in OF_THE_BOARD
    ):
        return Refusal(
            _("This group can’t decide who sits in the other one."),
            _("Bring it to the group itself."),
        )
    return proposing(deciding, by)


def caucusing(group: Group) -> Refusal | None:
    """Reserving a seat for consumers, who alone decide about it."""
    if group.kind != GroupKind.COMMITTEE:
        return Refusal(
            _("Only the oversight committee has seats that its consumers alone fill."),
            _("Propose it to the whole group."),
        )
    return None


def reading_motion(motion: Motion, reader: Member) -> bool:
    """Reading a motion about a seat, with the time to answer it.

    The person whose seat it is; for a person without a way to sign in, people who run the group.
    """
    if motion.member is None or not motion.about_a_seat:
        return False
    if motion.member_id == reader.pk:
        return True
    return motion.member.user_id is None and running(motion.group, reader) is None


def answering_motion(motion: Motion, by: Member) -> Refusal | None:
    """Answering in writing: the person whose seat it is, once and in time.

    For somebody without a way to sign in, people who run the group enter the answer.
    `motion.member` and its group are loaded.
    """
    if not reading_motion(motion, by):
        return Refusal(_("Only the person whose seat it is about answers here."))
    if motion.answered_on is not None:
        return Refusal(
            _("This was answered already."),
            _("Those who decide read the answer beside the proposal."),
        )
    if heard(motion, by.agency.today()):
        return Refusal(
            _("The days for an answer are over."), _("You can speak to the group at its meeting.")
        )
    return None


def hearing(motion: Motion | None, on: date) -> Refusal | None:
    """Deciding about somebody's seat: once they have answered, or had the time to."""
    if motion is None or heard(motion, on):
        return None
    assert motion.answer_by is not None
    until = answer_until(motion, motion.answer_by, on)
    if until > motion.answer_by:
        # A day that moves with somebody's time away would tell of it.
        return Refusal(
            _("The person whose seat it is can still answer."),
            _("Decide when they have answered, or had the time to."),
        )
    day = date_format(until, "F j, Y")
    return Refusal(
        _("The person whose seat it is can answer until %(day)s.") % {"day": day},
        _("Decide when they have answered, or after that day."),
    )


def concerned(motion: Motion | None, member: Member) -> Refusal | None:
    """Nobody decides about their own seat."""
    if motion is None or not motion.about_a_seat or motion.member_id != member.pk:
        return None
    return Refusal(
        _("This is about your own seat, so you don’t decide on it."),
        _("What you write about it stands beside the proposal."),
    )


def entering_resolution(
    group: Group, by: Member, *, on: date, anybody_votes: bool, chartered: bool
) -> Refusal | None:
    """Recording who was chosen on paper.

    For the governing body at any time; for the oversight committee only during its founding, or
    when nobody is left who could decide. A council that was there before the portal comes in from
    its minutes: during the founding, or while nobody votes in it.
    """
    if group.kind not in ON_PAPER:
        return Refusal(
            _("In this group, seats are offered without a paper."), _("Ask the people who run it.")
        )
    if (refusal := over(group, by) or running(group, by)) is not None:
        return refusal
    if group.kind == GroupKind.GOVERNING_BODY or not anybody_votes:
        return None
    if group.kind == GroupKind.COUNCIL:
        if founding.day_number(by.agency, on) is not None:
            return None
        return Refusal(
            _("The founding is over, and this council has its members."),
            _("Offer further people a seat."),
        )
    if chartered or founding.day_number(by.agency, on) is None:
        return Refusal(
            _("The founding of this committee is over."),
            _("Who sits in it is decided by the committee. Bring a proposal to it."),
        )
    return None


def attesting_resolution(
    resolution: Resolution, by: Member, *, barred: Refusal | None, was_there: bool
) -> Refusal | None:
    """Attesting: the person who was asked.

    For the oversight committee it must be one of the consumers who chose: somebody who attended a
    dialogue as a consumer (`was_there`) and has no part in management (`barred`). For a governing
    body with voting members it must be one of those. Only the attesting person sees the refusal;
    whoever entered the paper learns nothing from it.
    """
    if resolution.asked_id != by.pk:
        return Refusal(
            _("Another person was asked to confirm this."), _("You can read what stands there.")
        )
    if not resolution.may_become(ResolutionState.ATTESTED):
        return Refusal(_("You have answered already."))
    if barred is not None:
        return barred
    if was_there:
        return None
    if resolution.group.kind == GroupKind.COMMITTEE:
        return Refusal(
            _("One of the consumers who took part in a dialogue and chose has to confirm this."),
            _("If it was you, ask a facilitator if the list of who came is right."),
        )
    return Refusal(
        _("Somebody with a vote in this group has to confirm this."),
        _("Say no, so that one of them can be asked."),
    )


def denying_resolution(resolution: Resolution, by: Member) -> Refusal | None:
    """Denying the paper: the person who was asked."""
    if resolution.asked_id != by.pk:
        return Refusal(_("Another person was asked to confirm this."))
    if not resolution.may_become(ResolutionState.DENIED):
        return Refusal(_("You have answered already."))
    return None


def seeing_resolution(resolution: Resolution, reader: Member) -> bool:
    """The person who was asked, people who run the group, and the oversight committee."""
    if resolution.asked_id == reader.pk or reader.may(Permission.OVERSEE):
        return True
    return running(resolution.group, reader) is None
