"""What a message is about, as far as people choose by it what they want texts for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    MEETINGS = "meetings", _("Meetings")
    PAYMENTS = "payments", _("Payments")
    MESSAGES = "messages", _("All other messages")
