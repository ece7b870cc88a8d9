"""Private addresses under which a calendar program reads a person's meetings."""

from django.db import models

from accounts.models import Member
from foundation.models import OneKey, TenantModel


class CalendarFeed(TenantModel):
    """A person's address for calendar programs; the database holds only its token's digest.

    Without a digest it is stopped. `read_on` is the last day on which somebody fetched it.
    """

    subject_code = "calendar_feed"

    member = OneKey(Member, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    shows_place = models.BooleanField(default=False)
    made_on = models.DateField()
    read_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"calendar feed of {self.made_on}"
