"""Policy numbers of surveys: how many answers, how long, how often, about which period."""

from django.utils.translation import gettext_lazy as _

from foundation.minimum import MINIMUM
from foundation.policies import Limit, Policy, Unit, area, register
from foundation.smallness import TOLD_UP_TO

area("satisfaction", _("Surveys"))

MONTHS = register(
    Policy("satisfaction.months", _("Months in which a survey must close"), Unit.MONTHS, 6, 1, 12)
)
RESPONSE = register(
    Policy("satisfaction.response", _("Answers among those asked"), Unit.PERCENT, 60, 1, TOLD_UP_TO)
)
ANSWERS = register(
    Policy(
        "satisfaction.answers", _("Fewest answers"), Unit.COUNT, MINIMUM.value, MINIMUM.value, 50
    )
)
SMALL = register(
    Policy(
        "satisfaction.small",
        _("With fewer consumers than this, surveys count together"),
        Unit.COUNT,
        8,
        MINIMUM.value,
        50,
    )
)
FEWEST_TOGETHER = register(
    Limit(
        "satisfaction.fewest_together",
        _("Fewest consumers who release a statement together"),
        Unit.COUNT,
        2,
    )
)
POOLED = register(
    Policy("satisfaction.pooled", _("Months that then count together"), Unit.MONTHS, 12, 6, 24)
)
ASKED_ABOUT = register(
    # A limit, since an agency judged by the survey must not choose whom it asks.
    Limit(
        "satisfaction.asked_about",
        _("Months before a survey; whoever took part in them is asked"),
        Unit.MONTHS,
        6,
    )
)
LEAST_OPEN = register(
    Limit("satisfaction.least_open", _("Fewest days for which a survey is open"), Unit.DAYS, 7)
)
MOST_OPEN = register(
    Limit("satisfaction.most_open", _("Most days for which a survey is open"), Unit.DAYS, 90)
)
OPEN_FOR = register(
    Policy(
        "satisfaction.open_for",
        _("Days for which a survey is open, unless somebody chooses others"),
        Unit.DAYS,
        21,
        LEAST_OPEN.value,
        MOST_OPEN.value,
    )
)
WARNING = register(
    Policy(
        "satisfaction.warning",
        _("Days of warning before a survey is too old"),
        Unit.DAYS,
        30,
        0,
        180,
    )
)
# A limit, since regrouping rounds once shown together would let differences reveal people.
SHOWN_TOGETHER = register(
    Limit("satisfaction.shown_together", _("Days small surveys are shown together"), Unit.DAYS, 366)
)
REMINDERS = register(
    Policy("satisfaction.reminders", _("Days between two reminders"), Unit.DAYS, 5, 1, 30)
)
REMIND_FIRST = register(
    Policy("satisfaction.remind_first", _("Days left at the first reminder"), Unit.DAYS, 7, 1, 60)
)
REMIND_LAST = register(
    Policy("satisfaction.remind_last", _("Days left at the last reminder"), Unit.DAYS, 2, 1, 60)
)
LOST_AFTER = register(
    Limit(
        "satisfaction.lost_after",
        _("Days to find a survey’s key before its answers are given up"),
        Unit.DAYS,
        3,
    )
)
# Generous: an answer takes some fifteen pages, and everybody in a house may share one address. A
# code has twelve letters, so that thousands of guesses find none.
LOOKS_AN_HOUR = register(
    Limit(
        "satisfaction.looks_an_hour",
        _("Survey pages opened an hour from one place"),
        Unit.COUNT,
        2_000,
    )
)
DRAFT_LASTS = register(
    Limit(
        "satisfaction.draft_lasts",
        _("Minutes on one page before answers that were not sent are forgotten"),
        Unit.MINUTES,
        60,
    )
)
