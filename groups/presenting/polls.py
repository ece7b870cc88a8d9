"""Presenter of offered dates: who can come when, and if the reader may know it, the quorum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.addresses import at
from foundation.templatetags.components import day
from groups.models import DatePoll, Suits
from groups.suits import DateCount

QUORUM: Mapping[Suits, Promise] = {
    Suits.YES: gettext_lazy("Enough consumers for a quorum can come."),
    Suits.IF_NEEDED: gettext_lazy("Enough consumers for a quorum only with “if needed”."),
    Suits.NO: gettext_lazy("Not enough consumers for a quorum so far."),
}


@dataclass(frozen=True)
class DateShown:
    """One date with its counts and names; `quorum` is empty where the reader may not know it."""

    when: str
    counts: str
    quorum: str
    people: Sequence[str]
    href: str


def shown(
    poll: DatePoll,
    counts: Sequence[DateCount],
    names: Mapping[int, str],
    *,
    weighs: bool,
    may_choose: bool,
) -> list[DateShown]:
    """`names`, by key of the member; `weighs`: the reader may know of the quorum; no query."""
    return [_shown(poll, each, names, weighs=weighs, may_choose=may_choose) for each in counts]


def _shown(
    poll: DatePoll,
    found: DateCount,
    names: Mapping[int, str],
    *,
    weighs: bool,
    may_choose: bool,
) -> DateShown:
    yes, maybe, no = (len(found.people[each]) for each in Suits)
    said = _("Yes: %(yes)s. If needed: %(maybe)s. No: %(no)s.") % {
        "yes": yes,
        "maybe": maybe,
        "no": no,
    }
    silent = len(found.silent)
    if silent:
        open_ = ngettext("%(n)s has not answered.", "%(n)s have not answered.", silent)
        said = f"{said} {open_ % {'n': silent}}"
    people = [
        _("%(answer)s: %(names)s")
        % {
            "answer": suits.label,
            "names": ", ".join(names[key] for key in found.people[suits] if key in names),
        }
        for suits in Suits
        if found.people[suits]
    ]
    href = at(poll.agency, "groups:choose_date", pk=found.date.pk) if may_choose else ""
    return DateShown(
        when=day(found.starts_at, weekday=True, time=True),
        counts=said,
        quorum=str(QUORUM[found.quorum]) if weighs else "",
        people=people,
        href=href,
    )
