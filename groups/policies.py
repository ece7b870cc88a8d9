"""Policy numbers of groups: consumers' share, quorum, how long a group counts."""

from django.utils.translation import gettext_lazy as _

from foundation.founding import FOUNDING as FOUNDING
from foundation.policies import Limit, Policy, Unit, area, register

area("membership", _("Members of groups"))
area("groups", _("Groups, meetings and decisions"))

EACH, POOLED = "each", "pooled"

SHARE = register(
    Policy("membership.share", _("Consumers among the voting members"), Unit.PERCENT, 20, 1, 50)
)
BASIS = register(
    Policy(
        "membership.basis",
        _("What the share is taken of"),
        Unit.CHOICE,
        EACH,
        choices=((EACH, _("each group by itself")), (POOLED, _("all groups together"))),
    )
)
PEERS = register(
    Policy("membership.peers", _("Count peer workers whom the agency employs"), Unit.BOOLEAN, False)
)
FAMILY = register(Policy("membership.family", _("Count family members"), Unit.BOOLEAN, False))
WARNING = register(
    Policy(
        "membership.warning",
        _("Days of warning before a seat that is missed then ends"),
        Unit.DAYS,
        30,
        0,
        90,
    )
)
MINUTES = register(
    Policy("groups.minutes", _("Days in which minutes are asked for"), Unit.DAYS, 30, 7, 180)
)
# Limits: what counts as an active group, and its quorum, is the same for all agencies.
ACTIVE = register(
    Limit("groups.active", _("Days without a voting member until a group rests"), Unit.DAYS, 30)
)
ATTENDED = register(
    Limit("groups.attended", _("Days of meetings in the share of those who came"), Unit.DAYS, 92)
)
QUORUM = register(Limit("groups.quorum", _("Consumers who make a quorum"), Unit.COUNT, 2))
DECISION_LONGEST = register(
    Limit("groups.decision_longest", _("Days to the review of a decision"), Unit.DAYS, 3653)
)
LONG_DAY = register(
    Policy(
        "groups.long_day",
        _("Hours of one person on one day that are asked about when there are more"),
        Unit.HOURS,
        8,
        1,
        24,
    )
)
TIMES_A_MEETING = register(
    Limit(
        "groups.times_a_meeting",
        _("Times the length of a meeting from which hours are asked about"),
        Unit.COUNT,
        2,
    )
)
AGENDA = register(Limit("groups.agenda", _("Items on an agenda, at most"), Unit.COUNT, 20))
LONGEST_DAY = register(Limit("groups.longest_day", _("Hours in a day"), Unit.HOURS, 24))
SERIES = register(
    Policy("groups.series", _("Meetings in a series, at most"), Unit.COUNT, 26, 2, 60)
)
SERIES_REACH = register(
    Limit("groups.series_reach", _("Days ahead that a series can reach"), Unit.DAYS, 731)
)
FEED_AHEAD = register(
    Limit("groups.feed_ahead", _("Days ahead in a private calendar"), Unit.DAYS, 184)
)
FEED_BACK = register(Limit("groups.feed_back", _("Days back in a private calendar"), Unit.DAYS, 31))
FEED_READS = register(
    Limit("groups.feed_reads", _("Times an hour to read a private calendar"), Unit.COUNT, 60)
)
FEED_WRONG = register(
    Limit("groups.feed_wrong", _("Times an hour to try a wrong calendar"), Unit.COUNT, 30)
)
CALLS_AHEAD = register(
    Limit("groups.calls_ahead", _("Days ahead for which people are called"), Unit.DAYS, 7)
)
DATES_FEWEST = register(
    Limit("groups.dates_fewest", _("Dates to choose from, at least"), Unit.COUNT, 2)
)
DATES_MOST = register(Limit("groups.dates_most", _("Dates to choose from, at most"), Unit.COUNT, 6))
DAY_BEFORE = register(
    Limit("groups.day_before", _("Days before a meeting to remind of it"), Unit.DAYS, 1)
)
WEEK_BEFORE = register(
    Limit("groups.week_before", _("Days before a meeting to remind of it early"), Unit.DAYS, 7)
)
REMINDER_HOUR = register(
    Limit("groups.reminder_hour", _("Hour of the day from which we remind"), Unit.HOURS, 8)
)
DECISIONS_AT_ONCE = register(
    Limit(
        "groups.decisions_at_once",
        _("Decisions written down at once after a meeting, at most"),
        Unit.COUNT,
        12,
    )
)
UNDO_RECORD = register(
    Policy(
        "groups.undo_record",
        _("Minutes in which the record of a meeting can be undone as a whole"),
        Unit.MINUTES,
        30,
        5,
        120,
    )
)
MINUTES_DUE = register(
    Policy("groups.minutes_due", _("Days to write the minutes"), Unit.DAYS, 7, 1, 60)
)
WRITTEN_DAYS = register(
    Policy(
        "groups.written_days",
        _("Days to decide in writing between meetings"),
        Unit.DAYS,
        7,
        5,
        30,
    )
)
WRITTEN_REMINDER = register(
    Policy(
        "groups.written_reminder",
        _("Days before the last day to remind who has not answered in writing"),
        Unit.DAYS,
        2,
        1,
        4,
    )
)
REMOVAL_ANSWER = register(
    Policy(
        "groups.removal_answer",
        _("Days in which somebody answers before the group decides about their seat"),
        Unit.DAYS,
        14,
        14,
        60,
    )
)
HEARING_RESTS = register(
    Limit(
        "groups.hearing_rests",
        _("Days by which that time grows, at most, while they are away"),
        Unit.DAYS,
        60,
    )
)
MISSED_SHOWN = register(
    Limit(
        "groups.missed_shown",
        _("Days in which the record of a meeting names who was missed"),
        Unit.DAYS,
        30,
    )
)
ABSENCES_WAIT = register(
    Policy(
        "groups.absences_wait",
        _("Days after which a date is no longer new, so that it is told who is not expected"),
        Unit.DAYS,
        3,
        2,
        30,
    )
)
ABSENCES_AHEAD = register(
    Policy(
        "groups.absences_ahead",
        _("Days before a meeting from which it is told who is not expected"),
        Unit.DAYS,
        2,
        0,
        7,
    )
)
ABSENCES_DATES = register(
    Limit(
        "groups.absences_dates",
        _("Dates of a group of which it is told who is not expected"),
        Unit.COUNT,
        2,
    )
)
ABSENCES_IN = register(
    Limit("groups.absences_in", _("Days in which those are counted"), Unit.DAYS, 7)
)
ASK_ONE = register(
    Limit("groups.ask_one", _("Times to ask one person to step in or to help"), Unit.COUNT, 3)
)
ASK_PEOPLE = register(
    Limit("groups.ask_people", _("Times to ask people to step in or to help"), Unit.COUNT, 10)
)
ASKS_IN = register(Limit("groups.asks_in", _("Days in which those are counted"), Unit.DAYS, 30))
ALTERNATES_VOTE = register(
    Policy(
        "groups.alternates_vote",
        _("Whoever steps in for somebody who is away votes in their place"),
        Unit.BOOLEAN,
        True,
    )
)
