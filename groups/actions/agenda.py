"""Agendas: items are added to a meeting, and removed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.refusals import enforce
from groups import rules
from groups.actions.meetings import locked_meeting
from groups.models import AgendaItem, Meeting, Seat
from groups.policies import AGENDA

# One meeting can't discuss more.


@transaction.atomic
def put_on_agenda(
    meeting: Meeting, *, text: str, by: Member, on_behalf_of: Member | None = None
) -> AgendaItem:
    """Put an item on a future meeting's agenda, for oneself or for the person who asked.

    ValidationError by field: no text, a repeated item, a full agenda, somebody without a seat in
    the group.
    """
    meeting = locked_meeting(meeting, by)
    author = on_behalf_of if on_behalf_of is not None else by
    enforce(rules.putting_on_agenda(meeting, by, author))
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Please fill this in.")})
    held = list(meeting.items.filter(taken_off_on=None))
    if any(item.text.casefold() == text.casefold() for item in held):
        raise ValidationError({"text": _("This is on the agenda already.")})
    if len(held) >= AGENDA.value:
        raise ValidationError(
            {
                "text": _(
                    "The agenda is full. Keep this for the next meeting, or join it to another."
                )
            }
        )
    if author != by and not _seated(meeting, author):
        raise ValidationError({"on_behalf_of": _("Choose somebody who is in the group.")})
    item: AgendaItem = meeting.items.create(
        agency=by.agency,
        text=text,
        raised_by=by,
        on_behalf_of=None if author == by else author,
        raised_on=by.agency.today(),
    )
    events.record(
        "agenda.added",
        meeting,
        by=by,
        on_behalf_of=item.on_behalf_of,
        group=meeting.group_id,
        item=item.pk,
    )
    return item


def _seated(meeting: Meeting, member: Member) -> bool:
    seats = Seat.objects.within(meeting.agency).on(meeting.agency.today())
    return seats.filter(group=meeting.group_id, member=member).exists()


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, by: Member) -> AgendaItem:
    """Remove an item from the agenda; its row stays on record."""
    locked_meeting(item.meeting, by)
    rows = AgendaItem.objects.within(by.agency).select_related("meeting__group")
    item = rows.select_for_update(of=("self",)).get(pk=item.pk)
    enforce(rules.taking_off_agenda(item, by))
    item.taken_off_on, item.taken_off_by = by.agency.today(), by
    item.save()
    events.record(
        "agenda.taken_off", item.meeting, by=by, group=item.meeting.group_id, item=item.pk
    )
    return item
