"""The reasons for setting words aside, and who decides on each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SilenceCode(models.TextChoices):
    """The only possible reasons; criticism of staff or the agency is not among them."""

    SPAM = "spam", _("It is an ad, or the same words over and over")
    IDENTIFIES = "identifies", _("It lets people guess who somebody is")
    THREAT = "threat", _("It threatens somebody")
    PRIVATE_PERSON = "private_person", _("It names somebody in private life")
    NOT_OURS = "not_ours", _("It has nothing to do with this program")


# One facilitator decides alone; the first lasts until another undoes it, the second for days.
ALONE = frozenset({SilenceCode.SPAM, SilenceCode.IDENTIFIES})
# One person of each side must agree.
TOGETHER = frozenset(SilenceCode) - ALONE
