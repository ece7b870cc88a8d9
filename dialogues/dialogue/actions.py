"""Opening and growing dialogues; their co-facilitators, ground rules and open address."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member, StandingKind
from dialogues.dialogue import rules
from dialogues.dialogue.models import (
    FIRST_STAGE,
    GROUND_RULES,
    Acknowledgement,
    Dialogue,
    DialogueKind,
    GroundRules,
    VoiceDoor,
)
from foundation import codes, events
from foundation.models import Agency
from foundation.refusals import enforce
from groups import actions as group_actions
from groups.models import GroupKind, Office, Seat, SeatOffer
from starters.rules import complete

DOOR_LENGTH = 8


@transaction.atomic
def open_dialogue(
    agency: Agency,
    *,
    by: Member,
    name: str,
    purpose: str = "",
    on: date,
    kind: str = DialogueKind.OPEN,
    concern: str = "",
    hidden: bool = False,
    ground_rules: str = "",
) -> Dialogue:
    """Open a dialogue on a day, with ground rules and an address for anonymous words.

    ValidationError: no name; a focused dialogue without its issue of concern.
    """
    return _open(
        agency,
        by=by,
        name=name,
        purpose=purpose,
        on=on,
        kind=kind,
        concern=concern,
        hidden=hidden,
        ground_rules=ground_rules,
    )


@transaction.atomic
def grow(
    dialogue: Dialogue,
    *,
    by: Member,
    name: str,
    concern: str,
    purpose: str = "",
    on: date,
    hidden: bool = False,
) -> Dialogue:
    """Start a focused dialogue, on one issue of concern, out of another dialogue."""
    dialogue = locked(dialogue, by)
    enforce(rules.growing(dialogue, by))
    current = current_rules(dialogue)
    return _open(
        by.agency,
        by=by,
        name=name,
        purpose=purpose,
        on=on,
        kind=DialogueKind.FOCUSED,
        concern=concern,
        hidden=hidden or dialogue.group.hidden,
        ground_rules=current.text if current else "",
        grew_from=dialogue,
    )


def _open(
    agency: Agency,
    *,
    by: Member,
    name: str,
    purpose: str,
    on: date,
    kind: str,
    concern: str,
    hidden: bool,
    ground_rules: str,
    grew_from: Dialogue | None = None,
) -> Dialogue:
    enforce(rules.opening(by))
    concern = concern.strip() if kind == DialogueKind.FOCUSED else ""
    if kind == DialogueKind.FOCUSED and not concern:
        raise ValidationError({"concern": _("Say in a few words what it is about.")})
    if grew_from is not None and on < grew_from.group.opened:
        raise ValidationError({"on": _("It can't begin before the one that it grows from.")})
    group = group_actions.open_group(
        agency,
        kind=GroupKind.DIALOGUE,
        name=name,
        purpose=purpose.strip(),
        by=by,
        on=on,
        hidden=hidden,
    )
    stage = FIRST_STAGE[DialogueKind(kind)]
    dialogue = Dialogue.objects.within(agency).create(
        group=group, kind=kind, concern=concern, grew_from=grew_from, stage=stage
    )
    dialogue.stage_changes.create(agency=agency, stage=stage, on=on, by=by)
    text = ground_rules.strip() or str(GROUND_RULES)
    dialogue.ground_rules.create(agency=agency, number=1, text=text, since=on, by=by)
    make_door(agency, dialogue, by=by)
    events.record("dialogue.opened", dialogue, by=by, kind=kind)
    return dialogue


@transaction.atomic
def name_co_facilitator(
    dialogue: Dialogue,
    member: Member,
    *,
    standing: str,
    by: Member,
    since: date | None = None,
    agreed: bool = False,
    late_reason: str = "",
) -> SeatOffer:
    """Offer a consumer or a provider a co-facilitator's seat, which starts when they accept.

    Their name is shown as a leader's only if they agreed to that themselves. This does not check
    their recorded standing. ValidationError: another standing, not asked.
    """
    dialogue = locked(dialogue, by)
    enforce(rules.naming_co_facilitator(dialogue, by))
    since = since or by.agency.today()
    if standing not in {StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER}:
        raise ValidationError({"standing": _("Choose one of the two sides.")})
    if not agreed:
        raise ValidationError({"agreed": _("Ask them first, and check the box when they agree.")})
    if since < by.agency.today() and not late_reason:
        raise ValidationError({"since": _("Choose today or a later day.")})
    seats = Seat.objects.within(by.agency).on(since)
    seat = seats.filter(group=dialogue.group, member=member).first()
    return group_actions.offer_seat(
        dialogue.group,
        member,
        standing=standing,
        voting=seat is not None and seat.voting,
        office=Office.CO_FACILITATOR,
        since=since,
        late_reason=late_reason,
        by=by,
    )


@transaction.atomic
def set_ground_rules(
    dialogue: Dialogue, *, text: str, starter: str = "", by: Member
) -> GroundRules:
    """Replace the ground rules; everyone is asked to read them again.

    `starter`: the language of the starter text that they began from, if they did. ValidationError
    while a blank in them is open.
    """
    dialogue = locked(dialogue, by)
    enforce(rules.changing(dialogue, by))
    if not text.strip():
        raise ValidationError({"text": _("Write down what you agree on.")})
    if refusal := complete(text):
        raise ValidationError({"text": f"{refusal.reason} {refusal.instead}"})
    current = current_rules(dialogue)
    if current is not None and current.text == text.strip():
        return current
    new: GroundRules = dialogue.ground_rules.create(
        agency=by.agency,
        number=current.number + 1 if current is not None else 1,
        text=text.strip(),
        since=by.agency.today(),
        by=by,
    )
    events.record("ground_rules.set", dialogue, by=by, number=new.number)
    if starter:
        events.record("ground_rules.begun_from_starter", dialogue, by=by, language=starter)
    return new


@transaction.atomic
def acknowledge(dialogue: Dialogue, *, by: Member, number: int) -> Acknowledgement:
    """Record that the member has read this version of the ground rules and will keep to them.

    ValidationError: they have changed since.
    """
    dialogue = locked(dialogue, by)
    enforce(rules.acknowledging(dialogue, by))
    current = current_rules(dialogue)
    if current is None or current.number != number:
        raise ValidationError(_("The ground rules have changed. Please read them again."))
    given, created = current.acknowledgements.get_or_create(
        member=by, defaults={"agency": by.agency, "on": by.agency.today()}
    )
    if created:
        events.record("ground_rules.acknowledged", dialogue, by=by, number=number)
    return given


def current_rules(dialogue: Dialogue) -> GroundRules | None:
    return dialogue.ground_rules.order_by("-number").first()


def locked(dialogue: Dialogue, by: Member) -> Dialogue:
    dialogues = Dialogue.objects.within(by.agency).select_related("group")
    return dialogues.select_for_update(of=("self",)).get(pk=dialogue.pk)


@transaction.atomic
def open_door(agency: Agency, dialogue: Dialogue | None, *, by: Member) -> VoiceDoor:
    """Create an address for anonymous words; the previous one stops working."""
    enforce(rules.opening_door(dialogue, by))
    return make_door(agency, dialogue, by=by)


def make_door(agency: Agency, dialogue: Dialogue | None, *, by: Member) -> VoiceDoor:
    """Create the address without a check: every dialogue gets one on its first day."""
    _close_doors(agency, dialogue)
    door = VoiceDoor.objects.within(agency).create(
        dialogue=dialogue, code=codes.random_code(DOOR_LENGTH), opened_on=agency.today()
    )
    events.record("door.opened", door, by=by)
    return door


@transaction.atomic
def close_door(agency: Agency, dialogue: Dialogue | None, *, by: Member) -> None:
    """Close the current address for anonymous words."""
    enforce(rules.opening_door(dialogue, by))
    for door in _close_doors(agency, dialogue):
        events.record("door.closed", door, by=by)


def _close_doors(agency: Agency, dialogue: Dialogue | None) -> list[VoiceDoor]:
    doors = VoiceDoor.objects.within(agency).select_for_update()
    found = list(doors.filter(dialogue=dialogue, closed_on=None))
    for door in found:
        door.closed_on = agency.today()
        door.save(update_fields=["closed_on"])
    return found
