"""Who may answer the two questions at the end of a session, and until when."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.policies import QUESTIONS
from foundation.refusals import Refusal
from groups.models import Meeting, MeetingStatus


def answering_questions(
    meeting: Meeting, by: Member, *, attended: bool, answered: bool, on: date
) -> Refusal | None:
    """Answering the two questions: participants, once, for a few days."""
    if not attended or meeting.status != MeetingStatus.HELD:
        return Refusal(
            _("These questions are for the people who were there."),
            _("Were you there? Ask a facilitator to write you down."),
        )
    if answered:
        return Refusal(_("You have answered these questions."), _("Thank you."))
    if not meeting.on <= on < meeting.on + QUESTIONS.span(meeting.agency, on):
        return Refusal(
            _("These questions are closed."), _("You can tell a facilitator what you think.")
        )
    return None
