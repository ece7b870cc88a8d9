"""The two questions at the end of a session, answered in two transactions nothing links."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Member, StandingKind
from dialogues.policies import QUESTIONS
from dialogues.sessions import rules
from dialogues.sessions.models import HIGHEST, LOWEST, SessionAnswer, SessionSide, SessionTurn
from foundation.anonymity import rewrite, unnamed
from foundation.models import Agency
from foundation.refusals import enforce
from foundation.transactions import apart, attempt
from groups.models import Attendance, Meeting

_SIDES = {
    StandingKind.PRIMARY_CONSUMER: SessionSide.CONSUMER,
    StandingKind.PROVIDER: SessionSide.PROVIDER,
}


def answer_questions(meeting: Meeting, *, by: Member, heard: int, understood: int) -> None:
    """Take one person's answers, from 1 (I disagree a lot) to 5 (I agree a lot).

    The first transaction takes the turn, the second writes the answer, and with it all answers of
    the session anew in random order. Must not run inside a transaction.
    """
    if not all(LOWEST <= score <= HIGHEST for score in (heard, understood)):
        raise ValidationError(_("Please choose one of the answers."))
    agency = by.agency
    side = take_turn(meeting, by=by)
    try:
        write_down(agency, meeting.pk, side=side, heard=heard, understood=understood)
    except Exception:
        SessionTurn.objects.within(agency).filter(meeting=meeting, member=by).delete()
        raise


@transaction.atomic
def forget_turns(agency: Agency, on: date) -> None:
    """Forget who has answered, once nobody can answer any longer.

    A turn keeps people from answering twice. If few have answered, it would reveal whose answers
    these are, so it is kept no longer than needed.
    """
    turns = SessionTurn.objects.within(agency)
    turns.filter(meeting__on__lte=on - QUESTIONS.span(agency, on)).delete()


@unnamed
@apart
def take_turn(meeting: Meeting, *, by: Member) -> SessionSide:
    """Record that this member has answered; return the side their answer counts for."""
    attendances = Attendance.objects.within(by.agency).filter(meeting=meeting, member=by)
    attendance = attendances.first()
    turns = SessionTurn.objects.within(by.agency).filter(meeting=meeting, member=by)
    today = by.agency.today()
    attended = attendance is not None

    def check(*, answered: bool) -> None:
        enforce(
            rules.answering_questions(meeting, by, attended=attended, answered=answered, on=today)
        )

    check(answered=turns.exists())
    assert attendance is not None
    try:
        with attempt():
            SessionTurn.objects.within(by.agency).create(meeting=meeting, member=by)
    except IntegrityError:
        check(answered=True)
    return _SIDES.get(StandingKind(attendance.standing), SessionSide.OTHER)


@unnamed
@apart
def write_down(agency: Agency, meeting_id: int, *, side: str, heard: int, understood: int) -> None:
    """Add an answer to a session, in its own transaction that knows no turn."""
    Meeting.objects.within(agency).select_for_update(no_key=True).get(pk=meeting_id)
    added = SessionAnswer(
        agency=agency, meeting_id=meeting_id, side=side, heard=heard, understood=understood
    )
    rewrite(SessionAnswer.objects.within(agency).filter(meeting=meeting_id), [added])
