"""The schedule in the words of its pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from foundation.models import Agency
from foundation.wholes import RUN
from privacy.retention.links import class_page, run_page
from privacy.retention.models import RetentionRule, RetentionRun
from privacy.retention.reading import DueRows, ScheduleLine, class_of

type Cells = list[Any]


def day(value: date | None) -> str:
    return date_format(value, "F j, Y") if value is not None else ""


def state(line: ScheduleLine) -> str:
    """What the schedule does with a class."""
    if not line.runs:
        return _("Stays for now")
    if line.paused:
        return _("Paused")
    if line.found.whole:
        return _("Announced when its time is nearly over, then destroyed as a whole")
    return _("Goes when its time is over")


def rests_on(line: ScheduleLine) -> str:
    if line.rule is not None and line.rule.cites:
        return line.rule.cites
    return "; ".join(str(each.cites) for each in line.found.sources)


def schedule_row(line: ScheduleLine, agency: Agency) -> Cells:
    link = {"text": str(line.found.title), "href": class_page(agency, line.found.code)}
    paused = {"text": _("%(time)s (paused)") % {"time": line.words}}
    return [link, paused if line.runs and line.paused else line.words, rests_on(line)]


def facts(line: ScheduleLine) -> list[dict[str, Any]]:
    found, rule = line.found, line.rule
    told: list[dict[str, Any]] = [{"key": _("Kept for"), "value": line.words}]
    if rule is not None:
        who = {"who": rule.by, "day": day(rule.since)}
        told.append({"key": _("Changed"), "value": _("%(who)s, from %(day)s") % who})
        told.append({"key": _("Why"), "value": rule.reason})
        if rule.cites:
            told.append({"key": _("Your state’s rule"), "value": rule.cites})
    if found.usual is not None:
        told.append({"key": _("Starting value"), "value": found.usual.words})
        told.append({"key": _("The time counts"), "value": str(found.counts.value)})
    if found.least is not None:
        told.append({"key": _("Never less than"), "value": found.least.words})
    told += [
        {"key": _("Rests on"), "value": f"{each.cites}: {each.words}"} for each in found.sources
    ]
    held = _("Keeps it") if found.held else _("Doesn’t keep it: it holds nothing but a moment")
    told.append({"key": _("A legal hold"), "value": held})
    told.append({"key": _("Now"), "value": state(line)})
    if found.waits:
        told.append({"key": _("Why it stays for now"), "value": str(found.waits)})
    return told


def history_row(rule: RetentionRule) -> Cells:
    return [day(rule.since), rule.kept_for.words, rule.cites, rule.reason, str(rule.by)]


def due_rows(due: Iterable[DueRows]) -> list[Cells]:
    return [
        [
            each.title,
            _count(each.count),
            _span(each.first, each.last),
            _held_back(each),
        ]
        for each in due
        if each.count or each.kept_back
    ]


def _count(number: int) -> str:
    return number_format(number, force_grouping=True)


def _span(first: date | None, last: date | None) -> str:
    if first is None:
        return ""
    if first == last:
        return day(first)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def _held_back(each: DueRows) -> str:
    words = []
    if each.of_person:
        words.append(_("%(n)s by a hold on a person") % {"n": _count(each.of_person)})
    if each.of_group:
        words.append(_("%(n)s by a hold on a group") % {"n": _count(each.of_group)})
    if each.of_period:
        words.append(_("%(n)s by a hold on a period") % {"n": _count(each.of_period)})
    return "; ".join(words) or _("Nothing")


def title_of(run: RetentionRun) -> str:
    return _("Records that go as wholes") if run.code == RUN else str(class_of(run.code).title)


def run_row(run: RetentionRun, on: date, undo: str) -> Cells:
    title: Any = title_of(run)
    what: Any = run_state(run, on)
    if run.code == RUN:
        title = {"text": title, "href": run_page(run)}
    if undo:
        what = {"text": _("Keep them") if run.code == RUN else _("Undo"), "href": undo}
    return [title, day(run.day), _count(run.taken), day(run.destroy_on), what]


def announced_rows(announced: Iterable[DueRows]) -> list[Cells]:
    return [[each.title, _count(each.count), _span(each.first, each.last)] for each in announced]


def run_state(run: RetentionRun, on: date) -> str:
    """What happened with what a run took."""
    if run.code == RUN and run.undone_on is not None:
        return _("Kept, since %(day)s") % {"day": day(run.undone_on)}
    if run.restored_on is not None:
        return _("Put back on %(day)s") % {"day": day(run.restored_on)}
    if run.undone_on is not None:
        return _("Being put back")
    if run.destroyed_on is not None:
        return _("Destroyed on %(day)s") % {"day": day(run.destroyed_on)}
    if run.code == RUN:
        return _("Being destroyed, once the schedule is on")
    return _("A legal hold keeps it") if run.destroy_on < on else _("Being destroyed")
