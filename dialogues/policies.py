"""Policy numbers of dialogues: sessions, themes, replies, voices."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Unit, area, register

area("dialogues", _("Dialogues"))

DAYS = register(
    Policy("dialogues.days", _("Days between two sessions, at most"), Unit.DAYS, 45, 7, 366)
)
WARNING = register(
    Policy("dialogues.warning", _("Days of warning before that"), Unit.DAYS, 15, 0, 90)
)
FIRST_LOOK = register(
    Policy(
        "dialogues.first_look",
        _("Working days until somebody first reads what was said"),
        Unit.WORKING_DAYS,
        3,
        1,
        10,
    )
)
HEAR = register(
    Policy("dialogues.hear", _("Days until words are part of a theme"), Unit.DAYS, 30, 1, 120)
)
DISPOSITION = register(
    Policy(
        "dialogues.disposition",
        _("Days to decide what happens with a theme"),
        Unit.DAYS,
        30,
        1,
        366,
    )
)
REPLY = register(
    Policy("dialogues.reply", _("Days to reply to the people who said it"), Unit.DAYS, 60, 1, 366)
)
QUESTIONS = register(
    Policy(
        "dialogues.questions",
        _("Days in which the two questions after a session can be answered"),
        Unit.DAYS,
        7,
        1,
        30,
    )
)
TOLD_AT_HOME = register(
    Policy(
        "dialogues.told_at_home", _("Days a reply is shown on home pages"), Unit.DAYS, 60, 7, 366
    )
)
# A session counts with this many of each, who are three different people in all.
CONSUMERS = register(
    Limit("dialogues.consumers", _("Consumers who make a dialogue session count"), Unit.COUNT, 2)
)
PROVIDERS = register(
    Limit("dialogues.providers", _("Providers who make a dialogue session count"), Unit.COUNT, 1)
)
VOICES_A_WEEK = register(
    Limit("dialogues.voices_a_week", _("Unnamed words taken in a week"), Unit.COUNT, 500)
)
VOICES_AN_HOUR = register(
    Limit("dialogues.voices_an_hour", _("Unnamed words an hour from one place"), Unit.COUNT, 30)
)
LOOKS_AN_HOUR = register(
    Limit("dialogues.looks_an_hour", _("Receipts tried an hour from one place"), Unit.COUNT, 60)
)
QUOTES = register(Limit("dialogues.quotes", _("Quotes in an improvement idea"), Unit.COUNT, 5))
# Days until an undecided request or a mask lapses: at most 72 hours.
SILENCED = register(
    Limit("dialogues.silenced", _("Days in which setting words aside is decided"), Unit.DAYS, 3)
)
# If it is undecided by then, the words are restored.
APPEAL = register(Limit("dialogues.appeal", _("Days in which an appeal is decided"), Unit.DAYS, 14))
# Fewer if the committee has fewer.
DECIDERS = register(
    Limit("dialogues.deciders", _("Consumer members who decide an appeal alike"), Unit.COUNT, 2)
)
THEME_WARNING = register(
    Policy(
        "dialogues.theme_warning",
        _("Days of warning before a theme is overdue"),
        Unit.DAYS,
        7,
        0,
        60,
    )
)
