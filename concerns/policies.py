"""Numbers of the channel for concerns: who reads, for how long, and by when somebody answers."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Unit, area, register

area("concerns", _("Concerns in confidence"))

ANSWER = register(
    Policy(
        "concerns.answer",
        _("Days until the board’s chair or the rights officer answers a concern"),
        Unit.DAYS,
        10,
        1,
        30,
    )
)
# The database holds this, too.
LEAST_READERS = register(
    Limit("concerns.least_readers", _("Fewest readers of a concern"), Unit.COUNT, 2)
)
OPEN = register(
    Limit("concerns.open", _("Minutes that a reading code stays entered"), Unit.MINUTES, 15)
)
TRIES = register(Limit("concerns.tries", _("Wrong reading codes of one reader"), Unit.COUNT, 5))
WAIT = register(
    Limit("concerns.wait", _("Minutes until another reading code can be tried"), Unit.MINUTES, 15)
)
SENT_AN_HOUR = register(
    Limit("concerns.an_hour", _("Concerns an hour from one network"), Unit.COUNT, 10)
)
SENT_A_WEEK = register(
    Limit("concerns.a_week", _("Concerns a week in one agency"), Unit.COUNT, 200)
)
LOOKS_AN_HOUR = register(
    Limit("concerns.looks_an_hour", _("Concern codes an hour from one network"), Unit.COUNT, 30)
)
