"""Visibility of e-mail events: only the recipient knows an e-mail was sent.

The time of sending would reveal when the event it reports happened.
"""

from foundation import links
from notifications.models import Email

links.register_seen(
    "email",
    lambda reader: Email.objects.within(reader.agency).filter(member=reader),
)
