"""For which reasons words may be set aside, and who decides by which of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SilenceCode(models.TextChoices):
    """The only reasons there are: that staff or the agency are criticized is none."""

    SPAM = "spam", _("It is an ad, or the same words over and over")
    IDENTIFIES = "identifies", _("It lets people guess who somebody is")
    THREAT = "threat", _("It threatens somebody")
    PRIVATE_PERSON = "private_person", _("It names somebody in private life")
    NOT_OURS = "not_ours", _("It has nothing to do with this program")


# One facilitator decides alone; the first holds until another undoes it, the second for days.
ALONE = frozenset({SilenceCode.SPAM, SilenceCode.IDENTIFIES})
# A person of each side decides together.
TOGETHER = frozenset(SilenceCode) - ALONE
