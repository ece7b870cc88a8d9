"""What must be settled before somebody is erased; links to who was named, for those who pay."""

from django.db.models import Value
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import unsettled
from accounts.models import Member
from compensation.payees import rules
from compensation.payees.models import NamedPayee, NamedPayeeQuerySet
from foundation import links
from foundation.addresses import at
from foundation.links import Named


def _page(reader: Member, payee: int) -> str:
    pays = rules.reading(reader) is None
    return at(reader.agency, f"compensation:{'to_pay' if pays else 'my_payee'}")


def _rows(reader: Member) -> NamedPayeeQuerySet:
    """Those of people who pay; of others, their own."""
    rows = NamedPayee.objects.within(reader.agency)
    return rows if rules.reading(reader) is None else rows.filter(member=reader)


links.register_named("named_payee", Named(_page, _rows, Value(""), lambda _name: _t("Payments")))
unsettled.register(
    unsettled.Settling(
        leaving=_(
            "What they earned and was not paid yet is still paid to them. If they have not said "
            "whether they want to be paid, ask them now: you can write it down for them later too."
        ),
        erasing=_(
            "Nobody is erased while they are owed money, or can still take back that they turned "
            "it down, unless they named who gets it. Whether that is so is not shown here: it is "
            "private who takes pay."
        ),
        open=rules.unsettled,
    )
)
