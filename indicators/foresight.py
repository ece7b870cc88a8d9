"""How long something holds without new facts, going through the known changes in order.

A criterion's outcome for a day is a pure function of the facts known on that day. Between the days
on which a known fact changes, it can lapse only as time passes, and the outcome itself says when.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from heapq import heapify, heappop, heappush

from indicators.registry import Outcome, Settings, Verdict


def foreseen(
    on: date,
    judge: Callable[[date], Outcome],
    *,
    settings: Settings,
    turns: Iterable[date] = (),
) -> Outcome:
    """What `judge` returns for the day, with the first day on which it would fail.

    `turns`: the days on which a known fact begins or ends; those of settings are found here.
    """
    found = judge(on)
    if found.verdict is not Verdict.PASS:
        return found
    days = [*turns, *settings.ahead, *([found.lapses] if found.lapses else [])]
    waiting = [day for day in dict.fromkeys(days) if on < day < date.max]
    heapify(waiting)
    seen = on
    while waiting:
        day = heappop(waiting)
        if day == seen:
            continue
        seen = day
        then = judge(day)
        if then.verdict is Verdict.FAIL:
            return replace(found, lapses=day)
        if then.lapses is not None and then.lapses > day:
            heappush(waiting, then.lapses)
    return replace(found, lapses=None)
