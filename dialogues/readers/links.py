"""Links to readers, and the words of messages to them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.readers import rules
from dialogues.readers.models import ProgramReader
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet
from notifications import notices

notices.register("reader.named", _("You were named to read what people say to the whole program."))
notices.register("reader.ended", _("You no longer read what people say to the whole program."))


def _readers(reader: Member) -> TenantQuerySet[ProgramReader]:
    """One's own row, and all rows for people who name readers."""
    rows = ProgramReader.objects.within(reader.agency)
    return rows if rules.naming_readers(reader) is None else rows.filter(member=reader)


links.register_named(
    "program_reader",
    Named("dialogues:program_reader", _readers, "member__shown_name"),
)
