"""What an idea is made of: the ideas merged into it, and their owners."""

from collections.abc import Iterable

from accounts.models import Member
from cells.ideas.models import Opportunity


def all_in(*opportunities: Opportunity) -> list[Opportunity]:
    """The ideas themselves, and every idea merged into them, over any number of steps."""
    if not opportunities:
        return []
    rows = Opportunity.objects.within(opportunities[0].agency)
    found, latest = [*opportunities], [each.pk for each in opportunities]
    while latest:
        joined = rows.filter(merged_into__in=latest).select_related("raised_by", "on_behalf_of")
        came = list(joined.order_by("pk"))
        found += came
        latest = [each.pk for each in came]
    return found


def owners(*opportunities: Opportunity) -> dict[Member, Opportunity]:
    """All owners, each with the first idea they know as theirs."""
    owners: dict[Member, Opportunity] = {}
    for each in all_in(*opportunities):
        owners.setdefault(each.author, each)
    return owners


def lives_on_in(opportunity: Opportunity) -> Opportunity | None:
    """The idea that a merged one finally became part of; None for a separate idea."""
    into = opportunity.merged_into
    while into is not None and into.merged_into is not None:
        into = into.merged_into
    return into


def live_parts(whole: Opportunity, parts: Iterable[Opportunity]) -> list[Opportunity]:
    """The parts a split idea has today, without those merged back or into each other."""
    found = list(parts)
    family = {whole.pk, *(part.pk for part in found)}
    return [part for part in found if part.merged_into_id not in family]
