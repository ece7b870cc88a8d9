"""Words for what a version pays, and for where it differs from another one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from compensation.plan.models import PlanVersion, RateBasis, WorkKind
from compensation.plan.rates import OWN_RULE, RateTable, WorkRate
from foundation.templatetags.components import dollars

LIKE_WORDS = {
    WorkKind.DIALOGUE: gettext_lazy("Paid like meetings"),
    WorkKind.CO_FACILITATION: gettext_lazy("Paid like the session"),
}
EMPTY = {
    WorkKind.DIALOGUE: gettext_lazy("Empty: paid like meetings."),
    WorkKind.CO_FACILITATION: gettext_lazy("Empty: paid like the session."),
}
# Within a line of money: “for a dialogue session on …”.
DONE = {
    WorkKind.DIALOGUE: gettext_lazy("a dialogue session"),
    WorkKind.CO_FACILITATION: gettext_lazy("co-facilitating a dialogue session"),
    WorkKind.PREPARATION: gettext_lazy("preparing for a meeting"),
    WorkKind.ORIENTATION: gettext_lazy("an orientation"),
    WorkKind.TRAVEL: gettext_lazy("travel time"),
    WorkKind.LATE_CANCELLATION: gettext_lazy("a meeting that was called off late"),
    WorkKind.SURVEY: gettext_lazy("being asked to fill in a survey"),
}


@dataclass(frozen=True)
class RateShown:
    """A kind of work, and what it is paid."""

    work: str
    paid: str


def rate_words(rate: WorkRate) -> str:
    """Such as “$20.00 an hour”."""
    if rate.hours_ahead:
        late = ngettext(
            "%(amount)s each time, if less than %(hours)d hour ahead",
            "%(amount)s each time, if less than %(hours)d hours ahead",
            rate.hours_ahead,
        )
        return late % {"amount": dollars(rate.amount), "hours": rate.hours_ahead}
    said = {
        RateBasis.HOUR: _("%(amount)s an hour"),
        RateBasis.SESSION: _("%(amount)s each time"),
        RateBasis.DAY: _("%(amount)s a day"),
    }
    return said[rate.basis] % {"amount": dollars(rate.amount)}


def hint_of(work: WorkKind) -> str:
    """What it means if a kind of work has no rate of its own."""
    return str(LIKE_WORDS.get(work, _("Not paid")))


def empty_means(work: WorkKind) -> str:
    """The same, beside an empty box."""
    return str(EMPTY.get(work, _("Empty: not paid.")))


def _paid(rates: RateTable, work: WorkKind) -> str:
    own = rates.own.get(work)
    return hint_of(work) if own is None else rate_words(own)


def rates_shown(rates: RateTable) -> list[RateShown]:
    """Every kind of work, what is not paid included."""
    return [RateShown(str(work.label), _paid(rates, work)) for work in WorkKind]


def others_shown(rates: RateTable) -> list[RateShown]:
    """Kinds of work with a rate of their own besides meetings, for an offer."""
    return [
        RateShown(str(work.label), _paid(rates, work)) for work in OWN_RULE if work in rates.own
    ]


def differences(
    version: PlanVersion, rates: RateTable, before: PlanVersion, rates_before: RateTable
) -> list[str]:
    """What this version changes, one sentence each."""
    found = [*_rates_changed(rates, rates_before)]
    if version.daily_cap != before.daily_cap:
        found.append(_cap_changed(version, before))
    if version.due_days != before.due_days:
        said = ngettext(
            "Paid within %(now)d day (before: %(before)d).",
            "Paid within %(now)d days (before: %(before)d).",
            version.due_days,
        )
        found.append(said % {"now": version.due_days, "before": before.due_days})
    if version.text != before.text:
        found.append(_("The text of the plan is different."))
    return found


def _rates_changed(rates: RateTable, before: RateTable) -> Iterable[str]:
    for work in WorkKind:
        now, was = _paid(rates, work), _paid(before, work)
        if now != was:
            yield _("%(work)s: %(now)s (before: %(before)s).") % {
                "work": work.label,
                "now": now,
                "before": was,
            }


def _cap_changed(version: PlanVersion, before: PlanVersion) -> str:
    now, was = (
        "" if each.daily_cap is None else dollars(each.daily_cap) for each in (version, before)
    )
    if not now:
        said = _("No limit for one day (before: %(before)s).")
    elif was:
        said = _("At most %(now)s for one day (before: %(before)s).")
    else:
        said = _("At most %(now)s for one day (before: no limit).")
    return said % {"now": now, "before": was}
