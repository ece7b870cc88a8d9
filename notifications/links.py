"""Who may know that an e-mail was sent: its reader. Its moment is the moment of what it tells."""

from foundation import links
from notifications.models import Email

links.register_seen(
    "email",
    lambda reader: Email.objects.within(reader.agency).filter(member=reader),
)
