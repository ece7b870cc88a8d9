"""Motions about who sits in a group, and resolutions about it on paper."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Member, StandingKind
from foundation import events
from foundation.refusals import enforce
from groups import kinds, rules
from groups.actions.decisions import propose
from groups.actions.mandates import carry_out
from groups.actions.seats import locked
from groups.actions.writing import begin_caucus
from groups.models import (
    Attendance,
    Decision,
    Group,
    GroupKind,
    Motion,
    MotionKind,
    Office,
    Resolution,
    ResolutionState,
    Seat,
)
from groups.policies import REMOVAL_ANSWER
from notifications.actions import tell


@transaction.atomic
def propose_seat(
    group: Group,
    member: Member,
    *,
    voting: bool = True,
    office: str = Office.NONE,
    since: date,
    reason: str = "",
    caucus: bool = False,
    by: Member,
) -> Decision:
    """Propose offering somebody a seat in a group, or another place there.

    Once the group agrees, the person is asked; the seat begins when they accept. ValidationError: a
    past day, an unknown office.

    `caucus`: a seat reserved for consumers, in the oversight committee. All voting members are
    asked in writing, only consumers' answers count, and nobody reads any.
    """
    group = locked(group, by)
    enforce(rules.moving(group, MotionKind.SEAT, group, by))
    if caucus:
        enforce(rules.caucusing(group))
    _to_come(since, by)
    if office not in Office.values:
        raise ValidationError({"office": _("Choose one of the offices.")})
    if voting:
        text = _("%(name)s is asked to take a seat with a vote, from %(day)s on.")
    else:
        text = _("%(name)s is asked to take a seat without a vote, from %(day)s on.")
    said = {"name": member, "day": date_format(since, "F j, Y")}
    words = [text % said]
    if office:
        words.append(_("The office: %(office)s.") % {"office": Office(office).label})
    # Others may read who holds an office only if that person consents.
    decision = _ask(
        group,
        _("A seat for %(name)s") % said,
        words,
        reason,
        by,
        kept_inside=bool(office) or caucus,
    )
    Motion.objects.within(by.agency).create(
        group=group,
        kind=MotionKind.SEAT,
        member=member,
        voting=voting,
        office=office,
        since=since,
        reason=reason.strip(),
        decision=decision,
    )
    return begin_caucus(decision, by=by) if caucus else decision


@transaction.atomic
def propose_change(
    seat: Seat,
    *,
    deciding: Group,
    ends: bool = True,
    voting: bool = False,
    office: str = Office.NONE,
    since: date,
    reason: str,
    charter_words: str = "",
    by: Member,
) -> Decision:
    """Propose to end somebody's seat, or (`ends` false) to take an office or a vote away.

    They are told, and get days to answer in writing before anybody decides. ValidationError: no
    reason; no quote of the charter, if there is one; a change that gives more.
    """
    group = locked(seat.group, by)
    kind = MotionKind.END if ends else MotionKind.CHANGE
    enforce(rules.moving(group, kind, deciding, by))
    _to_come(since, by)
    mistakes = {}
    if not reason.strip():
        mistakes["reason"] = _("Say why. The person reads it and can answer.")
    if (wrong := _not_in_charter(group, deciding, charter_words)) is not None:
        mistakes["charter_words"] = wrong
    if not ends and (
        rules.gives_more(seat, office=office, voting=voting)
        or (office == seat.office and voting == seat.voting)
    ):
        mistakes["office"] = _("Choose what is taken away. What gives more is proposed as a seat.")
    if mistakes:
        raise ValidationError(mistakes)
    today, member = by.agency.today(), seat.member
    answer_by = today + REMOVAL_ANSWER.span(by.agency, today)
    said = {"name": member, "day": date_format(since, "F j, Y")}
    if ends:
        title, words = _("The seat of %(name)s"), _("The seat of %(name)s ends on %(day)s.")
    elif voting:
        title, words = _("The office of %(name)s"), _("The office of %(name)s ends on %(day)s.")
    else:
        title, words = _("The vote of %(name)s"), _("The vote of %(name)s ends on %(day)s.")
    decision = _ask(deciding, title % said, [words % said], reason, by, kept_inside=True)
    motion = Motion.objects.within(by.agency).create(
        group=group,
        kind=kind,
        member=member,
        seat=seat,
        voting=voting,
        office=office,
        since=since,
        reason=reason.strip(),
        charter_words=charter_words.strip(),
        answer_by=answer_by,
        decision=decision,
    )
    member.agency = by.agency
    tell(member, "seat.questioned", subject=motion, title=group.name)
    return decision


@transaction.atomic
def propose_for_group(
    group: Group, kind: MotionKind, *, deciding: Group, since: date, reason: str, by: Member
) -> Decision:
    """Propose to keep the founding members beyond the founding, or to end the group.

    ValidationError: no reason to end it, no charter to be confirmed under.
    """
    group = locked(group, by)
    enforce(rules.moving(group, kind, deciding, by))
    _to_come(since, by)
    if kind == MotionKind.CONFIRM:
        if kinds.charter(group) is None:
            raise ValidationError(_("First the charter has to be in force. Then confirm them."))
        title = _("The founding members go on")
        words = _("Those whose seats would end with the founding keep them under the charter.")
    else:
        if not reason.strip():
            raise ValidationError({"reason": _("Say why. Everybody in the program can read it.")})
        title = _("The end of %(group)s") % {"group": group.name}
        words = _("The group ends on %(day)s.") % {"day": date_format(since, "F j, Y")}
    decision = _ask(deciding, title, [words], reason, by)
    Motion.objects.within(by.agency).create(
        group=group, kind=kind, since=since, reason=reason.strip(), decision=decision
    )
    return decision


def _ask(
    group: Group,
    title: str,
    words: Sequence[str],
    reason: str,
    by: Member,
    *,
    kept_inside: bool = False,
) -> Decision:
    text = "\n\n".join([" ".join(words), reason.strip()]).strip()
    return propose(group, title=title, text=text, by=by, fixed=True, kept_inside=kept_inside)


def _to_come(since: date, by: Member) -> None:
    if since < by.agency.today():
        raise ValidationError({"since": _("Choose today or a later day.")})


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _not_in_charter(group: Group, deciding: Group, words: str) -> str | None:
    """What is wrong with the quote of the charter as grounds for losing a seat; None if nothing."""
    charter = kinds.charter(group)
    if charter is None:
        if deciding.pk == group.pk:
            return None
        return _("There is no charter in force, so there is no ground on which to end a seat.")
    if not words.strip():
        return _("Copy the words of the charter that give the ground.")
    if _plain(words) not in _plain(charter):
        return _("These words are not in the charter. Copy them as they stand there.")
    return None


@transaction.atomic
def answer_motion(motion: Motion, *, text: str, by: Member) -> Motion:
    """Record the answer of the person whose seat it is; the deciding members read it."""
    motions = Motion.objects.within(by.agency).select_related("group", "member", "decision")
    motion = motions.select_for_update(of=("self",)).get(pk=motion.pk)
    enforce(rules.answering_motion(motion, by))
    if not text.strip():
        raise ValidationError({"answer": _("Write what you want those who decide to know.")})
    motion.answer, motion.answered_on = text.strip(), by.agency.today()
    entered = motion.member_id != by.pk
    motion.answer_entered_by = by if entered else None
    motion.save(update_fields=["answer", "answered_on", "answer_entered_by"])
    assert motion.decision is not None
    events.record(
        "motion.answered",
        motion,
        by=by,
        on_behalf_of=motion.member if entered else None,
        group=motion.group_id,
    )
    tell_deciding(motion, by)
    return motion


def tell_deciding(motion: Motion, by: Member) -> None:
    """Tell voting members that the person has answered."""
    assert motion.decision is not None
    seats = Seat.objects.within(by.agency).on(by.agency.today()).voting()
    for seat in seats.filter(group=motion.decision.group_id).select_related("member__user"):
        if seat.member_id != by.pk:
            seat.member.agency = by.agency
            tell(
                seat.member, "motion.answered", subject=motion.decision, title=motion.decision.title
            )


@transaction.atomic
def enter_resolution(
    group: Group,
    *,
    on: date,
    text: str,
    members: Sequence[Member],
    chair: Member | None = None,
    asked: Member,
    by: Member,
) -> Resolution:
    """Record whom a paper names for the group; `asked` is to attest to it.

    Nobody is offered a seat before that. ValidationError: a future day, no text, nobody named, a
    chair who is not named, the same person twice.
    """
    group = locked(group, by)
    today = by.agency.today()
    votes = Seat.objects.within(by.agency).on(today).voting().filter(group=group).exists()
    chartered = kinds.charter(group) is not None
    enforce(
        rules.entering_resolution(group, by, on=today, anybody_votes=votes, chartered=chartered)
    )
    mistakes = {}
    if on > today:
        mistakes["on"] = _("Choose today or a day in the past.")
    if not text.strip():
        mistakes["text"] = _("Copy what the paper says.")
    if not members:
        mistakes["members"] = _("Choose whom the paper names.")
    if chair is not None and chair.pk not in {member.pk for member in members}:
        mistakes["chair"] = _("Choose one of those whom the paper names.")
    if asked.pk == by.pk:
        mistakes["asked"] = _("Choose somebody else: two people confirm it.")
    if mistakes:
        raise ValidationError(mistakes)
    resolution = Resolution.objects.within(by.agency).create(
        group=group, on=on, text=text.strip(), entered_by=by, entered_on=today, asked=asked
    )
    for member in members:
        leads = chair is not None and member.pk == chair.pk
        Motion.objects.within(by.agency).create(
            group=group,
            kind=MotionKind.SEAT,
            member=member,
            office=Office.CHAIR if leads else Office.NONE,
            since=max(on, group.opened),
            resolution=resolution,
        )
    events.record("resolution.entered", resolution, by=by, group=group.pk)
    asked.agency = by.agency
    tell(asked, "resolution.entered", subject=resolution, title=group.name)
    return resolution


@transaction.atomic
def attest_resolution(resolution: Resolution, *, by: Member) -> Resolution:
    """Attest that this was decided; the people it names are offered their seats."""
    resolution, group = _locked_resolution(resolution, by)
    barred = kinds.barred(group, by)
    enforce(
        rules.attesting_resolution(resolution, by, barred=barred, was_there=was_there(group, by))
    )
    _settle(resolution, ResolutionState.ATTESTED, by)
    for motion in resolution.motions.select_related("member__user").order_by("pk"):
        motion.group, motion.resolution = group, resolution
        carry_out(motion, by=by)
    events.record("resolution.attested", resolution, by=by, group=group.pk)
    return resolution


@transaction.atomic
def deny_resolution(resolution: Resolution, *, by: Member) -> Resolution:
    """Deny that this was decided; nobody is offered a seat because of it."""
    resolution, group = _locked_resolution(resolution, by)
    enforce(rules.denying_resolution(resolution, by))
    _settle(resolution, ResolutionState.DENIED, by)
    events.record("resolution.denied", resolution, by=by, group=group.pk)
    return resolution


def _locked_resolution(resolution: Resolution, by: Member) -> tuple[Resolution, Group]:
    group = locked(resolution.group, by)
    rows = Resolution.objects.within(by.agency).select_for_update(of=("self",))
    found = rows.select_related("entered_by").get(pk=resolution.pk)
    found.group = group
    return found, group


def _settle(resolution: Resolution, state: ResolutionState, by: Member) -> None:
    resolution.become(state)
    resolution.answered_on = by.agency.today()
    resolution.save(update_fields=["state", "answered_on"])


def came_to_a_dialogue(member: Member) -> bool:
    """Whether the member attended a dialogue session as a consumer."""
    came = Attendance.objects.within(member.agency).filter(
        member=member, standing=StandingKind.PRIMARY_CONSUMER, employed_peer=False
    )
    return came.filter(meeting__group__kind=GroupKind.DIALOGUE).exists()


def was_there(group: Group, member: Member) -> bool:
    """Whether the member may have taken part in choosing who sits in the group."""
    if group.kind == GroupKind.COMMITTEE:
        return came_to_a_dialogue(member)
    votes = Seat.objects.within(member.agency).on(member.agency.today()).voting()
    voters = set(votes.filter(group=group).values_list("member", flat=True))
    return not voters or member.pk in voters
