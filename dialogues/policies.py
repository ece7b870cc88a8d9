"""The policy numbers of dialogues: sessions, themes, replies, voices."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Policy, Unit, area, register

area("dialogues", _("Dialogues"))

DAYS = register(
    Policy("dialogues.days", _("Days between two sessions, at most"), Unit.DAYS, 45, 7, 366)
)
WARNING = register(
    Policy("dialogues.warning", _("Days of warning before that"), Unit.DAYS, 15, 0, 90)
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
