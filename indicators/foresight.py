"""Until when something holds with no new facts: what is known to come is gone through in order.

What a criterion says of a day is a pure function of the facts known on the day looked at. Between
the days on which a known fact changes it can only lapse by the passing of time, which the outcome
itself says.
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
    """What `judge` says of the day, with the first day on which it would fail.

    `turns`: the days on which one of the known facts begins or ends; of settings they are known.
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
