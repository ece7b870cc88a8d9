"""The dashboard of all indicators: now (updating itself), on a past day, or printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Subquery
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Member
from foundation.addresses import at
from foundation.founding import Founding, founding
from foundation.http import AgencyRequest
from foundation.models import Agency
from foundation.pages import render
from foundation.presenting import PageLink
from indicators import registry, rules
from indicators.cards import Card, Seen, card, kept, legend, seen_in, tally
from indicators.corrections import corrections
from indicators.criteria import criteria
from indicators.engine import evaluate
from indicators.forms import PastDayForm
from indicators.history import covered, monthly
from indicators.models import IndicatorSnapshot, Recomputation, StaleMark


@dataclass(frozen=True)
class EngineProgress:
    """What the engine counted last, and whether newer changes are pending."""

    mark: str
    day: date | None
    at: str
    waits: bool
    since: str = ""
    """The moment of the oldest pending change."""


def counted(agency: Agency) -> EngineProgress:
    """Read it in one query."""
    state = (
        Recomputation.objects.within(agency)
        .filter(finished_at__isnull=False)
        .annotate(oldest=Subquery(StaleMark.objects.within(agency).order_by("at").values("at")[:1]))
        .first()
    )
    if state is None or state.finished_at is None:
        return EngineProgress("0", None, "", waits=True)
    # The date last: a sentence can't end after “a.m.”
    moment = "g:i a \\o\\n F j, Y"
    waits = state.oldest is not None
    return EngineProgress(
        # No key of a result: it would tell that something changed which the reader may not see.
        mark=f"{state.finished_at.timestamp():.6f}-{waits:d}",
        day=state.day,
        at=date_format(timezone.localtime(state.finished_at, agency.zone), moment),
        waits=waits,
        since=date_format(timezone.localtime(state.oldest, agency.zone), moment) if waits else "",
    )


# Milliseconds until an open page asks again: soon after it was opened or learned of something.
ASKS = (250, 500, 1000, 2000)


@dataclass(frozen=True)
class NextAsk:
    """When an open page asks again whether anything is new, in milliseconds, and where."""

    url: str
    after: int


def next_ask(request: AgencyRequest, state: EngineProgress) -> NextAsk:
    """Ask less often the longer nothing changes; `asked` counts from the page or its last news."""
    again = request.GET.get("poll") == state.mark
    asked = request.GET.get("asked", "")
    known = again and asked in {str(number) for number in range(len(ASKS))}
    number = min(int(asked) + 1, len(ASKS) - 1) if known else 0
    url = f"{at(request.agency, 'indicators:dashboard')}?poll={state.mark}&asked={number}"
    return NextAsk(url, ASKS[number])


def newest(agency: Agency, on: date | None) -> list[Seen]:
    """The latest results, which hold on the day of the last recomputation."""
    return kept(IndicatorSnapshot.objects.within(agency).newest(), on)


def as_of(agency: Agency, on: date, reader: Member) -> list[Seen]:
    """A past day's results as known now, if this reader may compare days."""
    asked = [
        indicator
        for indicator in registry.registered()
        if rules.comparing_days(indicator.discreet, reader) is None
    ]
    results = evaluate([agency.pk], on, indicators=asked)[agency.pk]
    return [seen_in(results[indicator.code]) for indicator in asked]


def _cards(
    request: AgencyRequest, seen: Iterable[Seen], until: date, days: Founding, query: str = ""
) -> list[Card]:
    agency, points = request.agency, monthly(request.agency, until)
    return [
        card(agency, each, points.get(each.indicator.code, []), request.member, days, query=query)
        for each in seen
    ]


def _during(days: Founding, on: date) -> str:
    """What the dashboard says about the founding; empty once it is over."""
    day = days.day(on)
    if day is None:
        return ""
    later = [each.number for each in registry.registered() if each.after_founding]
    now = [each.number for each in registry.registered() if not each.after_founding]
    return _(
        "%(day)s. Until %(last)s, indicators %(numbers)s show what is still open, since they "
        "rest on papers that take time. They are judged from %(over)s on. Indicators %(others)s "
        "are judged from the first day, since they ask about people, not about papers."
    ) % {
        "day": day,
        "last": date_format(days.last, "F j, Y"),
        "over": date_format(days.over, "F j, Y"),
        "numbers": get_text_list([str(number) for number in later], _("and")),
        "others": get_text_list([str(number) for number in now], _("and")),
    }


def _ways_on(request: AgencyRequest, on: date | None = None) -> list[PageLink]:
    """Paper, files and settings; only today's dashboard is made as a file."""
    agency = request.agency
    paper = at(agency, "indicators:print")
    settings = (
        _("Change the indicator settings")
        if rules.changing_settings(request.member) is None
        else _("See the indicator settings")
    )
    files = [
        PageLink(words, at(agency, name), download=True)
        for words, name in (
            (_("Download it as a PDF to hand out"), "surveyors:dashboard_pdf"),
            (_("Download it as an Excel file"), "surveyors:dashboard_xlsx"),
            (_("Download it as a CSV file"), "surveyors:dashboard_csv"),
        )
    ]
    return [
        PageLink(_("Print the full dashboard"), paper if on is None else f"{paper}?on={on}"),
        *(files if on is None else []),
        PageLink(settings, at(agency, "indicators:settings")),
    ]


def _context(
    request: AgencyRequest, seen: Sequence[Seen], until: date, query: str = ""
) -> dict[str, Any]:
    days = founding(request.agency)
    cards = _cards(request, seen, until, days, query)
    return {
        "cards": cards,
        "tally": tally(cards),
        "legend": legend(cards),
        "founding": _during(days, until),
    }


@require_safe
def dashboard(request: AgencyRequest) -> HttpResponse:
    today = request.agency.today()
    form = (
        PastDayForm(request.GET, agency=request.agency)
        if "on" in request.GET
        else PastDayForm(agency=request.agency)
    )
    if form.is_bound and form.is_valid() and form.cleaned_data["on"] < today:
        on = form.cleaned_data["on"]
        seen = as_of(request.agency, on, request.member)
        context = {
            **_context(request, seen, on, f"?on={on.isoformat()}"),
            "as_of": form,
            "ways_on": _ways_on(request, on),
            "on": on,
            "corrected": corrections(request.agency, on, {each.indicator.code for each in seen}),
            "left_out": len(seen) < len(registry.registered()),
        }
        return render(request, "indicators/dashboard.html", context)
    state = counted(request.agency)
    polled, following = request.GET.get("poll"), next_ask(request, state)
    if polled is not None and polled == state.mark:
        return render(request, "indicators/dashboard.html#asking", {"next_ask": following})
    context = {
        **_context(request, newest(request.agency, state.day), today),
        "form": form if form.is_bound else None,
        "as_of": form,
        "ways_on": _ways_on(request),
        "counted": state,
        "polled": polled is not None,
        "next_ask": following,
    }
    part = "" if polled is None else "#news"
    return render(request, f"indicators/dashboard.html{part}", context)


@require_safe
def printed(request: AgencyRequest) -> HttpResponse:
    """The printed dashboard: every indicator with its criteria, in a table that breaks well."""
    today = request.agency.today()
    form = PastDayForm(request.GET, agency=request.agency)
    on = form.cleaned_data["on"] if form.is_valid() else today
    past = on < today
    agency = request.agency
    seen = as_of(agency, on, request.member) if past else newest(agency, covered(agency))
    days = founding(agency)
    cards = _cards(request, seen, on, days)
    context = {
        "on": on,
        "corrected": corrections(request.agency, on, {each.indicator.code for each in seen})
        if past
        else [],
        "left_out": past and len(seen) < len(registry.registered()),
        "sheets": [
            {
                "card": card,
                "criteria": criteria(request.agency, each, request.member, days, evidence=False),
            }
            for card, each in zip(cards, seen, strict=True)
        ],
        "tally": tally(cards),
        "founding": _during(days, on),
        "printed_on": today,
    }
    return render(request, "indicators/print.html", context)
