"""The special cases, each with its rule, and words to begin a rule with."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from compensation.special.models import TITLES, SpecialCase, SpecialCaseRule
from foundation.addresses import at
from foundation.models import Agency
from foundation.presenting import PageLink, written

# A beginning, to be changed by those who decide.
BEGINNINGS: Mapping[str, str | Promise] = {
    SpecialCase.NO_NUMBER: _lazy(
        "You can take part, keep your seat and vote without a number. Nobody here asks about "
        "immigration. Call us before you choose: we tell you how we can pay you, and how much "
        "would be taken out for taxes."
    ),
    SpecialCase.MINOR: _lazy(
        "A parent or guardian agrees on paper, and you agree yourself. Without both, you can take "
        "part, but you are not paid. Nobody sees how old you are. No adult here writes to you "
        "alone."
    ),
    SpecialCase.PAYEE: _lazy(
        "Your pay goes to you. If you want somebody else to get it for you, ask us in writing. "
        "Our agency never gets your pay unless you ask for it in writing and the chair of our "
        "board signs it, too. You can take it back on any day."
    ),
}


@dataclass(frozen=True)
class SpecialCaseShown:
    """A case with the rule that holds, or without one; `record` for those who record it."""

    title: str
    words: str
    contact: str
    decided: str
    record: PageLink | None


def case_shown(
    case: str, rule: SpecialCaseRule | None, agency: Agency, *, records: bool
) -> SpecialCaseShown:
    href = at(agency, "compensation:decide_special_case", case=case)
    title = str(TITLES[case])
    text = _("Write down the rule") if rule is None else _("Write down a new rule")
    return SpecialCaseShown(
        title=title,
        words="" if rule is None else rule.words,
        contact="" if rule is None else rule.contact,
        decided="" if rule is None else _decided(rule),
        record=PageLink(text, href, title) if records else None,
    )


def _decided(rule: SpecialCaseRule) -> str:
    said = _("Decided by %(who)s on %(day)s, on this advice: %(advice)s")
    return said % {"who": rule.decided_by, "day": written(rule.since), "advice": rule.advice}
