"""When somebody had the time to answer before a group decides about their seat."""

from datetime import date, timedelta

from accounts.away import Away
from groups.models import Motion
from groups.policies import HEARING_RESTS

DAY = timedelta(days=1)


def heard(motion: Motion, on: date) -> bool:
    """Whether the person has answered by that day, or had the time to."""
    if motion.answer_by is None or motion.answered_on is not None:
        return True
    return on > motion.answer_by and on > answer_until(motion, motion.answer_by, on)


def answer_until(motion: Motion, answer_by: date, on: date) -> date:
    """The last day for an answer, as known on that day; one query.

    The clock stops while the person is away, for so many days at most that nobody can keep a group
    from deciding for good.
    """
    times = Away.objects.within(motion.agency).filter(member=motion.member_id)
    asked = answer_by if motion.decision is None else motion.decision.opened_on
    end = answer_by
    for away in times.begun(on).order_by("since"):
        back = on + DAY if away.until is None else min(away.until, on + DAY)
        if away.since > end:
            break
        end += max(back - max(away.since, asked), timedelta(0))
    return min(end, answer_by + HEARING_RESTS.span)
