"""Advancing a dialogue from stage to stage, and closing it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Member
from dialogues.dialogue.actions import locked
from dialogues.dialogue.models import Dialogue
from dialogues.stages import rules
from dialogues.themes.models import Theme
from dialogues.told_back.models import DispositionKind
from foundation import events
from foundation.refusals import enforce
from groups import actions as group_actions


@transaction.atomic
def advance(dialogue: Dialogue, *, by: Member, on: date | None = None) -> Dialogue:
    """Advance a focused dialogue to its next stage."""
    dialogue = locked(dialogue, by)
    themes = dialogue.themes.count()
    taken_up = dialogue.themes.filter(dispositions__kind=DispositionKind.CELL).count()
    enforce(rules.advancing(dialogue, by, themes=themes, taken_up=taken_up))
    stage = dialogue.next_stage
    assert stage is not None
    on = on or by.agency.today()
    last = dialogue.stage_changes.aggregate(on=Max("on"))["on"]
    if not last <= on <= by.agency.today():
        raise ValidationError({"on": _("Choose a day after the last stage, not after today.")})
    dialogue.become(stage)
    dialogue.version += 1
    dialogue.save()
    dialogue.stage_changes.create(agency=by.agency, stage=stage, on=on, by=by)
    events.record("dialogue.advanced", dialogue, by=by, stage=stage)
    return dialogue


@transaction.atomic
def close(dialogue: Dialogue, *, by: Member) -> Dialogue:
    """Close the dialogue; all its themes must have a disposition."""
    dialogue = locked(dialogue, by)
    today = by.agency.today()
    themes = Theme.objects.within(by.agency).filter(dialogue=dialogue)
    enforce(rules.closing(dialogue, by, undisposed=themes.undisposed(today).count()))
    dialogue.doors.filter(closed_on=None).update(closed_on=today)
    dialogue.group = group_actions.close_group(dialogue.group, on=today, by=by)
    events.record("dialogue.closed", dialogue, by=by)
    return dialogue
