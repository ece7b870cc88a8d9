"""The night: all agencies begin a new day, and the product's own sweep judges them."""

from dataclasses import dataclass
from statistics import median

from devtools.bench.asking import counting
from devtools.bench.timing import MS, PageRequest, seconds
from indicators.tasks import due, sweep
from recovery.contents import Connection

# So many nights; more while they are short, fewer once they took long.
NIGHTS, SHORT, LONG = 3, 1.0, 20.0
YARDS = 5
# As if today had not been judged yet; results that have not changed are not stored again.
YESTERDAY = "UPDATE indicators_recomputation SET day = day - 1"


@dataclass(frozen=True)
class Night:
    """What a night costs, per agency; `ratio`: as a multiple of the bench page."""

    agencies: int
    ratio: float
    ms: float
    queries: float
    queries_ms: float


def night(connection: Connection, yardstick: PageRequest) -> Night:
    """Measure some nights; the connection is a superuser's. RuntimeError: nothing was due."""
    agencies = _new_day(connection)
    with counting() as spent:
        sweep()
    took, ratios = list[float](), list[float]()
    before = _yard(yardstick)
    while sum(took) < SHORT or (len(took) < NIGHTS and sum(took) < LONG):
        _new_day(connection)
        took.append(seconds(sweep))
        after = _yard(yardstick)
        ratios.append(2 * took[-1] / agencies / (before + after))
        before = after
    if due():
        raise RuntimeError("The sweep left agencies undone.")
    return Night(
        agencies=agencies,
        ratio=median(ratios),
        ms=MS * median(took) / agencies,
        queries=spent.queries / agencies,
        queries_ms=MS * spent.seconds / agencies,
    )


def _yard(yardstick: PageRequest) -> float:
    """How long the bench page takes now."""
    return median(seconds(yardstick) for _ in range(YARDS))


def _new_day(connection: Connection) -> int:
    """Let all agencies have been judged yesterday, and return how many are due."""
    connection.execute(YESTERDAY)
    agencies = len(due())
    if not agencies:
        raise RuntimeError("No agency is due.")
    return agencies
