"""An agency's own indicators as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import titles
from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from foundation.months import months_later
from foundation.paging import few
from indicators.preview import period_ends
from measures.definitions.periods import named
from measures.definitions.wording import amount
from measures.local.counting import countable, records_of
from measures.local.evaluating import LocalResult, evaluate_days, goal_in_words, seen_by
from measures.local.models import LocalAttestation, LocalIndicator, LocalSource, LocalVersion
from measures.local.rules import in_force_among
from measures.numbers.models import DataPoint
from measures.numbers.results import of_points, result

MOST_RECORDS = 12


@dataclass(frozen=True)
class LocalCard:
    """One indicator on the dashboard."""

    name: str
    url: str
    status: str
    value: str
    goal: str
    said: str
    said_of_nobody: str
    since: date | None


def local_card(agency: Agency, found: LocalResult) -> LocalCard:
    version = found.version
    return LocalCard(
        name=version.name,
        url=at(agency, "measures:local_indicator", pk=version.indicator_id),
        status=found.status.value,
        value=found.shown,
        goal=found.goal,
        said=found.said,
        said_of_nobody=found.said_of_nobody,
        since=version.since,
    )


def local_cards(agency: Agency, reader: Member, on: date) -> list[LocalCard]:
    """Those of a day whose pages this reader may open today."""
    found = seen_by(agency, reader, on)
    if found and on < agency.today():
        wanted = {("local_indicator", each.version.indicator_id) for each in found}
        open_today = titles.links_of(wanted, reader)
        found = [
            each for each in found if ("local_indicator", each.version.indicator_id) in open_today
        ]
    return [local_card(agency, each) for each in found]


def tried(
    agency: Agency, draft: LocalVersion, versions: Sequence[LocalVersion], today: date
) -> list[list[Any]]:
    """Rows of a table: on the last periods, as it is judged, and as the draft would judge it."""
    days = period_ends(today)
    found = evaluate_days(agency, {draft, *versions}, days)
    rows: list[list[Any]] = []
    for on in days:
        then, new = in_force_among(versions, on), found[draft.pk, on]
        rows.append(
            [
                date_format(on, "F j, Y"),
                {"status": found[then.pk, on].status.value} if then else _("Did not count"),
                {"status": new.status.value},
                new.shown or new.said,
            ]
        )
    return rows


@dataclass(frozen=True)
class LocalRecord:
    """A record that an answer rests on: when, what it says, the words with it, and its page."""

    when: str
    said: str
    words: str = ""
    url: str = ""


def records(version: LocalVersion, on: date, reader: Member) -> list[LocalRecord]:
    """The records behind an indicator, newest first: all words, or the latest of the others."""
    agency = reader.agency
    if version.measure is not None:
        return _numbers(agency, version, on)
    if version.source == LocalSource.RECORDS:
        return _counted(version, on, reader)
    rows = LocalAttestation.objects.within(agency).filter(indicator=version.indicator, on__lte=on)
    newest = rows.select_related("by").order_by("-on", "-pk")
    return [
        LocalRecord(
            date_format(word.on, "F j, Y"),
            (_("%(who)s: it holds") if word.holds else _("%(who)s: it does not hold"))
            % {"who": word.by.shown_name},
            word.evidence,
        )
        for word in newest
    ]


def _numbers(agency: Agency, version: LocalVersion, on: date) -> list[LocalRecord]:
    measure = version.measure
    assert measure is not None
    rows = DataPoint.objects.within(agency).filter(measure=measure, period__lte=on, came_on__lte=on)
    newest = list(rows.order_by("-period")[:MOST_RECORDS])
    return [
        LocalRecord(
            named(measure.frequency, point.period),
            amount(measure, result(measure, row)) or _("No number"),
            point.missing_because or point.reason,
        )
        for point, row in zip(newest, of_points(measure, newest), strict=True)
    ]


def _counted(version: LocalVersion, on: date, reader: Member) -> list[LocalRecord]:
    """Those counted on a day; by name and with their page where this reader may open it."""
    assert version.months is not None
    kind, since = countable(version.counted), months_later(on, -version.months)
    came = records_of(reader.agency, [version.counted], since, on)[version.counted]
    newest = few([each for each in came if each.counts(since, on)], MOST_RECORDS)
    open_to_reader = titles.links_of({(kind.subject, each.key) for each in newest}, reader)
    found = []
    for each in newest:
        link = open_to_reader.get((kind.subject, each.key))
        when = date_format(each.on, "F j, Y")
        words = str(link.title if link is not None else kind.one)
        found.append(LocalRecord(when, words, url=link.url if link is not None else ""))
    if newest.more:
        said = ngettext("One earlier one", "%(count)s earlier ones", newest.more)
        found.append(LocalRecord("", said % {"count": newest.more}))
    return found


def rule_in_words(version: LocalVersion) -> str:
    """How the answer is worked out, in one sentence."""
    if version.source == LocalSource.MEASURE:
        return _("The newest number of the measure is held against the goal.")
    if version.source == LocalSource.RECORDS:
        months = version.months or 0
        words = ngettext(
            "%(what)s: those of the last month are counted.",
            "%(what)s: those of the last %(months)s months are counted.",
            months,
        )
        return words % {"what": countable(version.counted).title, "months": months}
    return _("Somebody of the committee, or an administrator, attests it by name, with evidence.")


@dataclass(frozen=True)
class LocalChange:
    """A version, or the retirement, as the history tells it."""

    title: str
    day: date
    who: str
    reason: str


def changes(indicator: LocalIndicator, versions: Sequence[LocalVersion]) -> list[LocalChange]:
    """What was decided about an indicator, newest first."""
    found = [
        LocalChange(
            _("Version %(number)s: %(name)s. %(goal)s.")
            % {"number": each.number, "name": each.name, "goal": goal_in_words(each)},
            each.since,
            each.published_by.shown_name,
            each.reason,
        )
        for each in versions
        if each.since is not None and each.published_by is not None
    ]
    if indicator.retired_on is not None and indicator.retired_by is not None:
        found.append(
            LocalChange(
                _("Retired"),
                indicator.retired_on,
                indicator.retired_by.shown_name,
                indicator.retired_because,
            )
        )
    return found[::-1]
