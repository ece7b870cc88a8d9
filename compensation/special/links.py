"""Links from the activity page to rules of special cases."""

from django.db.models import F

from compensation.special.models import TITLES, SpecialCaseRule
from foundation import links
from foundation.addresses import at
from foundation.links import Named

links.register_named(
    "special_case_rule",
    Named(
        page=lambda reader, _key: at(reader.agency, "compensation:special_cases"),
        rows=lambda reader: SpecialCaseRule.objects.within(reader.agency),
        name=F("case"),
        worded=lambda case: str(TITLES[case]),
    ),
)
