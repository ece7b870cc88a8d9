"""What one person recorded after a meeting in one go: read from the event that says so."""

from dataclasses import dataclass
from datetime import datetime

from foundation.models import Event
from groups.models import Meeting

RECORDED, UNDONE = "meeting.recorded", "meeting.record_undone"


@dataclass(frozen=True)
class Record:
    """A saved page: who and when, and the keys of what it made.

    `parts`: pairs of a part's code and the key of its row; `told`: those who were missed were told;
    `held`: the page marked the meeting as held.
    """

    by: int | None
    at: datetime
    attendances: tuple[int, ...] = ()
    decisions: tuple[int, ...] = ()
    next: int | None = None
    parts: tuple[tuple[str, int], ...] = ()
    told: bool = False
    held: bool = False


def last(meeting: Meeting) -> Record | None:
    """The latest record of this meeting that stands; one query."""
    events = Event.objects.within(meeting.agency).filter(
        subject_type=Meeting.subject_code, subject_id=meeting.pk, name__in=(RECORDED, UNDONE)
    )
    event = events.order_by("-pk").first()
    if event is None or event.name == UNDONE:
        return None
    return Record(
        by=event.actor_id,
        at=event.at,
        attendances=tuple(event.data["attendances"]),
        decisions=tuple(event.data["decisions"]),
        next=event.data["next"],
        parts=tuple((each["code"], each["row"]) for each in event.data["made"]),
        told=event.data["told"],
        held=event.data["held"],
    )
