"""Who may undo the record of a meeting as a whole, and a decision that was just written down."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import holding
from foundation.refusals import Refusal
from groups.models import Decision, DecisionStatus, Meeting, PaperRecord
from groups.policies import UNDO_RECORD
from groups.recorded import Record
from groups.rules.meetings import approved, recording
from groups.rules.paper import people_of, writing_down


def undone_until(record: Record, by: Member) -> datetime:
    """The last moment at which the record can be undone as a whole."""
    return record.at + UNDO_RECORD.span(by.agency, by.agency.today())


def undoing_record(
    meeting: Meeting,
    record: Record | None,
    by: Member,
    at: datetime,
    *,
    built: Refusal | None = None,
) -> Refusal | None:
    """Undoing all of it at once: whoever saved it, soon after, while nothing is built on it."""
    if record is None:
        return Refusal(
            _("There is nothing to undo at once."), _("You can still correct single things.")
        )
    if refusal := recording(meeting, by) or approved(meeting):
        return refusal
    if record.by != by.pk:
        return Refusal(
            _("Only the person who recorded this can undo all of it."),
            _("You can still correct single things."),
        )
    if at > undone_until(record, by):
        return Refusal(
            _("It is too late to undo all of this at once."),
            _("You can still correct single things."),
        )
    return built


def undoing_paper(decision: Decision, record: PaperRecord, by: Member) -> Refusal | None:
    """Undoing what one wrote down a moment ago, even if it counts: nothing has come of it.

    What others built on it (a confirmation, a motion, a subject of an upper app) stays.
    """
    used = (
        record.recorded_by_id != by.pk
        or record.was_open
        or record.attested_on is not None
        or decision.motion is not None
        or bool(decision.subject_type)
        or decision.positions.filter(replaced_at=None).exists()
    )
    if used or decision.status not in (
        DecisionStatus.RECORDED,
        DecisionStatus.ADOPTED,
        DecisionStatus.NOT_ADOPTED,
    ):
        return Refusal(
            _("Somebody has gone on with a decision of this meeting."),
            _("The group can decide something new about it."),
        )
    if refusal := writing_down(decision.group, by):
        return refusal
    return holding.deleting(
        by.agency,
        by.agency.today(),
        people=people_of(decision, record),
        groups=[decision.group_id],
        day=decision.decided_on,
    )
