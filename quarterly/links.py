"""Titles and addresses of Accounts, for those who may read them."""

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from oversight import rules as oversight_rules
from quarterly import rules
from quarterly.models import QuarterlyAccount
from quarterly.reading import readable


def account(pk: int, reader: Member) -> Link | None:
    found = QuarterlyAccount.objects.within(reader.agency).filter(pk=pk).first()
    if found is None:
        return None
    today = reader.agency.today()
    if rules.reading(found, reader, oversight_rules.hat(reader), today) is not None:
        return None
    return Link(found.period, at(reader.agency, "quarterly:account", pk=pk))


links.register("quarterly_account", account)
links.register_seen("quarterly_account", readable)
