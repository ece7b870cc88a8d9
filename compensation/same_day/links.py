"""Links to money for a meeting, for those who work with payments."""

from django.db.models import Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from accounts.permissions import Permission
from compensation.same_day.models import DayFund, DayFundQuerySet
from foundation import links
from foundation.links import Named


def _rows(reader: Member) -> DayFundQuerySet:
    rows = DayFund.objects.within(reader.agency)
    return rows if reader.may(Permission.SEE_PAYMENTS) else rows.none()


links.register_named(
    "day_fund",
    Named("compensation:day_fund", _rows, Value(""), lambda _name: _t("Money for a meeting")),
)
