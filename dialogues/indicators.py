"""The fifth indicator: ongoing dialogues, with themes decided and answered in time."""

from django.utils.translation import gettext_lazy as _

from dialogues.policies import DAYS, DISPOSITION, REPLY, THEME_WARNING, WARNING
from dialogues.sessions.indicators import HeldLately
from dialogues.told_back.indicators import ThemesAnswered
from indicators.registry import Indicator, register

register(
    Indicator(
        number=5,
        code="dialogues",
        title=_("Consumers and providers keep talking with each other"),
        why=_(
            "What recovery takes is learned from each other, again and again. And whoever says "
            "something must hear what came of it."
        ),
        criteria=(HeldLately(), ThemesAnswered()),
        settings=(DAYS, WARNING, DISPOSITION, REPLY, THEME_WARNING),
        headline="held",
    )
)
