"""Links to deputies, for those who see them."""

from django.db.models import Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from compensation.deputies import rules
from compensation.deputies.models import Deputy, DeputyQuerySet
from foundation import links
from foundation.addresses import at
from foundation.links import Named


def _rows(reader: Member) -> DeputyQuerySet:
    rows = Deputy.objects.within(reader.agency)
    return rows if rules.seeing_deputies(reader) is None else rows.none()


links.register_named(
    "deputy",
    Named(
        lambda reader, key: at(reader.agency, "compensation:deputies"),
        _rows,
        Value(""),
        lambda _name: _t("Deputies"),
    ),
)
