"""Visibility of e-mail and text events: only the recipient knows that one was sent.

The time of sending would reveal when the event it reports happened.
"""

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from notifications.models import Email, TextMessage, TextNumber

links.register_seen(
    "email",
    lambda reader: Email.objects.within(reader.agency).filter(member=reader),
)
links.register_seen(
    "text_message",
    lambda reader: TextMessage.objects.within(reader.agency).filter(member=reader),
)
links.register_seen(
    "text_number",
    lambda reader: TextNumber.objects.within(reader.agency).filter(member=reader),
)


def _own_texts(subject_id: int, reader: Member) -> Link | None:
    mine = TextNumber.objects.within(reader.agency).filter(member=reader, pk=subject_id)
    return Link("", at(reader.agency, "notifications:texts")) if mine.exists() else None


links.register("text_number", _own_texts)
