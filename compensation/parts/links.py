"""Links to wishes to be paid in parts, for those who pay and for whoever wishes."""

from django.db.models import Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from compensation.parts import rules
from compensation.parts.models import PartsWish, PartsWishQuerySet
from foundation import links
from foundation.addresses import at
from foundation.links import Named


def _page(reader: Member, wish: int) -> str:
    sees = rules.seeing(reader) is None
    return at(reader.agency, f"compensation:{'to_pay' if sees else 'my_parts'}")


def _rows(reader: Member) -> PartsWishQuerySet:
    rows = PartsWish.objects.within(reader.agency)
    return rows if rules.seeing(reader) is None else rows.filter(member=reader)


links.register_named("parts_wish", Named(_page, _rows, Value(""), lambda _name: _t("Payments")))
