"""The only write path for what people say was not them."""

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccessLog, Member
from foundation import events
from foundation.models import Event
from foundation.refusals import enforce
from notifications.actions import tell
from privacy.denials import rules
from privacy.denials.models import Denial, DeniedKind


@transaction.atomic
def say(*, kind: DeniedKind, source: int, by: Member) -> Denial:
    """Say that a look or an entry was not right. ObjectDoesNotExist: it is none of theirs."""
    if kind == DeniedKind.LOOK:
        look = AccessLog.objects.within(by.agency).select_related("reader")
        line = look.get(pk=source, about=by)
        return _say(by, kind, source, line.what, line.at, line.reader)
    if kind != DeniedKind.ENTRY:
        raise ObjectDoesNotExist
    rows = Event.objects.within(by.agency).select_related("actor")
    event = rows.exclude(actor=None).exclude(actor=by).get(pk=source, on_behalf_of=by)
    return _say(by, kind, source, event.name, event.at, event.actor)


@transaction.atomic
def note_change(change: Event, *, by: Member) -> Denial:
    """Let others look into a change that the person said was not theirs; inside that action."""
    accused = change.actor if change.actor_id != by.pk else None
    what = str(change.data.get("what", change.name))
    return _say(by, DeniedKind.CHANGE, change.pk, what, change.at, accused)


def _say(
    by: Member, kind: DeniedKind, source: int, what: str, at: datetime, accused: Member | None
) -> Denial:
    denial, made = Denial.objects.within(by.agency).get_or_create(
        agency=by.agency,
        member=by,
        kind=kind,
        source=source,
        defaults={"what": what, "happened_at": at, "accused": accused},
    )
    if made:
        events.record("denial.made", denial, by=by, kind=kind)
    return denial


@transaction.atomic
def answer(denial: Denial, *, answer: str, by: Member) -> Denial:
    """Answer the person in words. ValidationError: there are none."""
    rows = Denial.objects.within(by.agency).select_for_update(of=("self",))
    denial = rows.select_related("member__user").get(pk=denial.pk)
    enforce(rules.answering(denial, by))
    if not answer.strip():
        raise ValidationError({"answer": _("Write what you found out.")})
    denial.answer, denial.answered_by = answer.strip(), by
    denial.answered_at = timezone.now()
    denial.save(update_fields=["answer", "answered_by", "answered_at"])
    events.record("denial.answered", denial, by=by)
    denial.member.agency = by.agency
    tell(denial.member, "denial.answered", subject=denial, title="")
    return denial
