"""For the fifth indicator: themes get dispositions and replies in time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from dialogues.policies import DISPOSITION, REPLY, THEME_WARNING
from dialogues.themes.models import Theme, ThemeQuerySet
from indicators.foresight import foreseen
from indicators.registry import (
    Criterion,
    CriterionUnit,
    Evidence,
    Outcome,
    Settings,
    failed,
    no_data,
    passed,
)

DAY = timedelta(days=1)


class ThemesAnswered(Criterion):
    code = "answered"
    title = _("What was heard is dealt with and answered in time")
    todo = _(
        "Decide what happens next with the themes listed here, and reply to those who said it."
    )
    messages = {
        "in_time": _("No theme is overdue. Themes so far: %(themes)d."),
        "overdue": _(
            "Themes not dealt with in time: %(undisposed)d. Themes without a reply in time: "
            "%(unanswered)d."
        ),
        "none": _("No theme was written down yet."),
    }
    where = "dialogues:dialogues"
    unit = CriterionUnit.COUNT

    def warning(self, settings: Settings) -> int:
        return settings.number(THEME_WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        themes = Theme.objects.across(agencies)
        counted = dict(
            themes.filter(harvested_on__lte=on)
            .order_by()
            .values("agency_id")
            .annotate(themes=Count("pk"))
            .values_list("agency_id", "themes")
        )
        undisposed = _harvested(themes.undisposed(on))
        unanswered = _harvested(themes.unanswered(on))
        return {
            agency: foreseen(
                on,
                partial(
                    _answered,
                    counted[agency],
                    undisposed[agency],
                    unanswered[agency],
                    settings[agency],
                ),
                settings=settings[agency],
            )
            if agency in counted
            else no_data("none")
            for agency in agencies
        }


Due = list[tuple[date, int]]


def _harvested(themes: ThemeQuerySet) -> defaultdict[int, Due]:
    found: defaultdict[int, Due] = defaultdict(list)
    for agency, day, pk in themes.values_list("agency_id", "harvested_on", "pk"):
        found[agency].append((day, pk))
    return found


def _due(harvested: Due, days: int) -> Due:
    """The first day on which each is overdue."""
    return [(day + timedelta(days=days) + DAY, pk) for day, pk in harvested]


def _answered(
    themes: int, without_word: Due, without_reply: Due, settings: Settings, on: date
) -> Outcome:
    now = settings.at(on)
    undisposed = _due(without_word, now.number(DISPOSITION))
    unanswered = _due(without_reply, now.number(REPLY))
    late = [[pk for day, pk in due if day <= on] for due in (undisposed, unanswered)]
    overdue = sorted({*late[0], *late[1]})
    if overdue:
        return failed(
            "overdue",
            value=len(overdue),
            goal=0,
            evidence=[Evidence("theme", pk) for pk in overdue],
            undisposed=len(late[0]),
            unanswered=len(late[1]),
        )
    lapses = min((day for day, _pk in [*undisposed, *unanswered]), default=None)
    return passed("in_time", value=0, goal=0, lapses=lapses, themes=themes)
