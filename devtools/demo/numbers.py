"""What the cells count: eight measures, their numbers, and the history before them."""

import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from openpyxl import Workbook

from devtools.demo.story import Story
from measures.definitions import periods
from measures.definitions.actions import define
from measures.definitions.models import Frequency
from measures.importing.actions import choose_columns, choose_sheet, import_numbers, upload
from measures.importing.columns import Columns
from measures.kinds.shape import BetterWay, MeasureKind
from measures.numbers.actions import record_point

DEFINED = {"helped": 436, "wait": 392, "held": 336, "falls": 61, "club": 33}
DEFINED |= {"asked": 331, "longer": 331, "missed": 17}
COLLECTORS = {
    "helped": "daniel",
    "wait": "ivan",
    "held": "amara",
    "falls": "amara",
    "club": "andre",
    "asked": "yusuf",
    "longer": "amara",
    "missed": "daniel",
}

# Of all plans, those people helped to write: a year before they got a copy, and since.
HELPED = (
    *((14, 38), (16, 40), (15, 41), (13, 37), (17, 43), (15, 39), (16, 42), (13, 36), (15, 40)),
    *((17, 42), (14, 37), (16, 41), (18, 40), (21, 41), (22, 39), (23, 42), (24, 40), (26, 41)),
    *((24, 38), (28, 42), (27, 39), (29, 41), (27, 38), (30, 41), (28, 39), (30, 41)),
)
# Days from first call to first visit, the weekly average of four people: no change.
WAIT = (
    *(11.2, 10.4, 12.1, 11.8, 9.9, 11.0, 12.6, 10.8, 11.5, 10.1, 12.0, 11.3, 10.6, 11.9),
    *(10.2, 11.6, 12.3, 10.9, 11.1, 9.8, 11.7, 10.5, 12.2, 11.4, 10.7, 12.4, 10.0, 11.2),
    *(11.9, 10.3, 11.0, 12.1, 10.8, 11.5, 9.7, 11.8, 12.0, 10.6, 11.3, 10.1, 12.5, 11.1),
    *(10.4, 11.7, 10.9, 12.2, 11.4, 10.2, 11.6, 10.8, 12.0, 11.0, 10.5, 11.9, 11.2, 10.7),
    *(12.1, 10.3, 11.5, 11.0),
)
# Times people were restrained or secluded, and the days people spent here.
HELD = (
    *((9, 1290), (7, 1255), (8, 1302), (10, 1321), (6, 1240), (9, 1275), (8, 1298), (7, 1260)),
    *((9, 1284), (8, 1271), (10, 1310), (7, 1249), (8, 1266), (9, 1305), (6, 1258), (8, 1277)),
    *((7, 1291), (9, 1268), (6, 1282), (8, 1253), (7, 1300), (5, 1264), (8, 1287), (6, 1272)),
    (7, 1259),
)
# Days between falls in the house, up to the last one.
FALLS = (9, 14, 6, 21, 11, 3, 17, 8, 25, 5, 13, 10, 19, 4, 16, 7, 22, 12, 2, 18, 15)
LAST_FALL = 9
# People asked in their first week what helps, of all new arrivals; the longer shifts lasted.
ASKED = (
    *((2, 13), (3, 15), (1, 12), (2, 14), (3, 13), (2, 15), (4, 14), (2, 13), (3, 14), (2, 12)),
    *((6, 14), (8, 13), (9, 15), (11, 14), (12, 13), (13, 15), (12, 14), (14, 15), (13, 14)),
    *((13, 13), (14, 15)),
)
LONGER = (
    *((8,), (6,), (9,), (7,), (10,), (8,), (6,), (7,), (9,), (8,), (7,), (9,)),
    *((7,), (9,), (6,), (8,), (7,), (10,), (6,), (8,), (9,)),
)
# People at the job club; last week's number is not recorded yet.
CLUB = ((11,), (9,), (13,), (12,), ())
# People who missed their plan meeting, by month, as in two calendar exports. Each file has a number
# that is a word; the second also has a very high one and a corrected one.
MISSED = ("6", "8", "about 7", "5", "9", "7", "6", "8")
MISSED_BEFORE = ("5", "7", "no list", "41", "6", "9", "6", "8", "7", "5", "10")
# How many days too late the card box was opened for these months.
LATE = (("helped", 20), 12)

Numbers = Sequence[tuple[float, ...]]


def write(story: Story) -> None:
    """Define each measure, import its history from a file, then record period by period."""
    for key, numbers, frequency in (
        ("helped", HELPED, Frequency.MONTH),
        ("wait", [_four(place, value) for place, value in enumerate(WAIT)], Frequency.WEEK),
        ("held", HELD, Frequency.MONTH),
        ("club", CLUB, Frequency.WEEK),
        ("asked", ASKED, Frequency.MONTH),
        ("longer", LONGER, Frequency.MONTH),
    ):
        story.on(DEFINED[key], _DEFINE[key], story, hour=9)
        _count(story, key, numbers, frequency)
    _falls(story)
    story.on(DEFINED["missed"], _define_missed, story, hour=9)
    story.at_last(_bring_calendar, story)
    story.at_last(_bring_workbook, story)


def _count(story: Story, key: str, numbers: Numbers, frequency: Frequency) -> None:
    """The last number is of the last completed and counted period."""
    began, before = story.day(DEFINED[key]), []
    period = periods.latest(frequency, story.day(3))
    dated: list[tuple[date, tuple[float, ...]]] = []
    for number in reversed(numbers):
        dated.insert(0, (period, number))
        period = periods.before(frequency, period)
    for place, (period, number) in enumerate(dated):
        if not number:
            continue
        counted = _counted_on(frequency, period)
        if (key, place) == LATE[0]:
            counted += timedelta(days=LATE[1])
        if counted <= began:
            before.append((period, number))
        else:
            story.on(counted, _record, story, key, period, number, hour=15)
    if before:
        story.on(DEFINED[key], _import, story, key, before, hour=15)


def _falls(story: Story) -> None:
    """All earlier falls come from the night book as a file; the last one is entered by hand."""
    story.on(DEFINED["falls"], _define_falls, story, hour=9)
    days = [story.day(LAST_FALL)]
    for gap in reversed(FALLS):
        days.insert(0, days[0] - timedelta(days=gap))
    before = [day for day in days if day < story.day(DEFINED["falls"])]
    story.on(DEFINED["falls"], _import_days, story, before, hour=15)
    for day in days[len(before) :]:
        story.on(day, _record, story, "falls", day, (1,), hour=20)


def _import_days(story: Story, days: Sequence[date]) -> None:
    by = story[COLLECTORS["falls"]]
    data = "\n".join(["day", *(f"{day:%Y-%m-%d}" for day in days)]).encode()
    sheet = upload(story.measures["falls"], data=data, by=by)
    import_numbers(choose_columns(sheet, columns=Columns(period=0), by=by), by=by)


def _months(story: Story, numbers: Sequence[str], *, up_to: int) -> list[tuple[str, str]]:
    """One number per month; the last month lies `up_to` months before the latest."""
    month = periods.latest(Frequency.MONTH, story.today)
    for _step in range(up_to):
        month = periods.before(Frequency.MONTH, month)
    dated: list[tuple[str, str]] = []
    for number in reversed(numbers):
        dated.insert(0, (f"{month:%Y-%m}", number))
        month = periods.before(Frequency.MONTH, month)
    return dated


def _bring_calendar(story: Story) -> None:
    """A file with one bad row, left out when the rest was saved; it can still be downloaded."""
    by, rows = story["femi"], _months(story, MISSED, up_to=0)
    data = "\n".join(["month,people", *(f"{month},{number}" for month, number in rows)])
    draft = upload(story.measures["missed"], data=data.encode(), by=by)
    draft = choose_columns(draft, columns=Columns(period=0, numerator=1), by=by)
    import_numbers(draft, leave_out_wrong=True, by=by)


def _bring_workbook(story: Story) -> None:
    """A workbook that is chosen but not saved yet."""
    by, book, stream = story["femi"], Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in (
        ("Meetings", [("Month", "Did not come"), *_months(story, MISSED_BEFORE, up_to=3)]),
        ("Notes", [("Month", "Note"), (f"{story.today:%Y-%m}", "Snow closed the house.")]),
    ):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(stream)
    draft = upload(story.measures["missed"], data=stream.getvalue(), by=by)
    draft = choose_sheet(draft, place=0, by=by)
    choose_columns(draft, columns=Columns(period=0, numerator=1), by=by)


def _counted_on(frequency: Frequency, period: date) -> date:
    """The first or second working day after the period."""
    day = periods.following(frequency, period)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _four(place: int, average: float) -> tuple[int, ...]:
    """The waits of four people, in whole days, with about this average."""
    total = round(4 * average)
    usual, apart = total // 4, 3 + place % 4
    some = (usual - apart, usual - 1, usual + 2)
    return (*some, total - sum(some))


def _record(story: Story, key: str, period: date, number: tuple[float, ...]) -> None:
    measure = story.measures[key]
    given = [Decimal(str(value)) for value in number]
    by = story[COLLECTORS[key]]
    if measure.shape.has_values:
        record_point(measure, period=period, values=given, by=by)
    else:
        numerator, *rest = given
        denominator = rest[0] if rest else None
        record_point(measure, period=period, numerator=numerator, denominator=denominator, by=by)


def _import(story: Story, key: str, before: list[tuple[date, tuple[float, ...]]]) -> None:
    """Import a file of what was counted on paper so far."""
    measure = story.measures[key]
    between = " " if measure.shape.has_values else ","
    rows = ["period,number,of" if measure.shape.has_denominator else "period,number"]
    rows += [
        f"{period:%Y-%m-%d}," + between.join(str(value) for value in number)
        for period, number in before
    ]
    by = story[COLLECTORS[key]]
    sheet = upload(measure, data="\n".join(rows).encode(), by=by)
    of_something = measure.shape.has_denominator
    columns = Columns(period=0, numerator=1, denominator=2 if of_something else None)
    import_numbers(choose_columns(sheet, columns=columns, by=by), by=by)


def _define_helped(story: Story) -> None:
    story.measures["helped"] = define(
        story.cells["planning"].group,
        name="People who helped to write their plan",
        kind=MeasureKind.PROPORTION,
        direction=BetterWay.INCREASE,
        numerator="People who say yes to: did you help to write your plan?",
        denominator="People who had a plan meeting and were asked",
        frequency=Frequency.MONTH,
        source="The card that people fill in after the meeting",
        exclusion="Meetings that were called off",
        lowest=Decimal(20),
        highest=Decimal(90),
        lag=10,
        collected_by=story["daniel"],
        by=story["femi"],
    )


def _define_wait(story: Story) -> None:
    story.measures["wait"] = define(
        story.cells["first_visit"].group,
        name="Wait from the first call to the first visit",
        kind=MeasureKind.VALUES,
        direction=BetterWay.DECREASE,
        numerator="Days from the first call to the first visit, of each person seen in the week",
        unit="days",
        frequency=Frequency.WEEK,
        source="Call book and calendar",
        lowest=Decimal(0),
        highest=Decimal(45),
        collected_by=story["ivan"],
        by=story["alice"],
    )


def _define_held(story: Story) -> None:
    story.measures["held"] = define(
        story.cells["calm"].group,
        name="Times somebody was held or kept apart",
        kind=MeasureKind.RATE,
        direction=BetterWay.DECREASE,
        numerator="Times that somebody was held or kept apart against their will",
        denominator="Days that people spent in the house, all people together",
        per=1000,
        unit="times",
        frequency=Frequency.MONTH,
        source="The night book, read by two people",
        inclusion="Also when it took less than a minute",
        lowest=Decimal(0),
        highest=Decimal(15),
        collected_by=story["amara"],
        by=story["femi"],
    )


def _define_falls(story: Story) -> None:
    story.measures["falls"] = define(
        story.cells["calm"].group,
        name="Falls in the house",
        kind=MeasureKind.EVENTS,
        direction=BetterWay.INCREASE,
        numerator="Somebody fell, seen or not",
        source="The night book",
        inclusion="Also when nobody was hurt",
        collected_by=story["amara"],
        by=story["femi"],
    )


def _define_asked(story: Story) -> None:
    story.measures["asked"] = define(
        story.cells["calm"].group,
        name="People asked in their first week what helps them",
        kind=MeasureKind.PROPORTION,
        direction=BetterWay.INCREASE,
        numerator="People whose page in the night book says what helps them",
        denominator="People who came in the month and stayed a week",
        frequency=Frequency.MONTH,
        source="The night book",
        lag=10,
        collected_by=story["yusuf"],
        by=story["femi"],
    )


def _define_longer(story: Story) -> None:
    story.measures["longer"] = define(
        story.cells["calm"].group,
        name="Shifts that went on for longer than planned",
        kind=MeasureKind.COUNT,
        direction=BetterWay.DECREASE,
        numerator="Shifts that ended half an hour late or later",
        unit="shifts",
        frequency=Frequency.MONTH,
        source="The duty list",
        lag=10,
        collected_by=story["amara"],
        by=story["femi"],
    )


def _define_missed(story: Story) -> None:
    story.measures["missed"] = define(
        story.cells["planning"].group,
        name="People who missed their plan meeting",
        kind=MeasureKind.COUNT,
        direction=BetterWay.DECREASE,
        numerator="People who had a plan meeting and did not come",
        unit="people",
        frequency=Frequency.MONTH,
        source="The calendar of plan meetings",
        lowest=Decimal(0),
        highest=Decimal(25),
        lag=10,
        collected_by=story["daniel"],
        by=story["femi"],
    )


def _define_club(story: Story) -> None:
    story.measures["club"] = define(
        story.cells["work"].group,
        name="People at the job club",
        kind=MeasureKind.COUNT,
        direction=BetterWay.INCREASE,
        numerator="People who came in the week, each counted once",
        unit="people",
        frequency=Frequency.WEEK,
        source="A tally on the kitchen door",
        lag=1,
        collected_by=story["andre"],
        by=story["kofi"],
    )


_DEFINE: dict[str, Callable[[Story], None]] = {
    "helped": _define_helped,
    "wait": _define_wait,
    "held": _define_held,
    "club": _define_club,
    "asked": _define_asked,
    "longer": _define_longer,
}
