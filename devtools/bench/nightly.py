"""The night: all agencies begin a new day, and the product's own sweep judges them."""

from dataclasses import dataclass
from statistics import median
from time import perf_counter

from devtools.bench.asking import counting
from devtools.bench.timing import MS, seconds
from indicators.tasks import due, sweep
from recovery.contents import Connection

# At least this many nights, as long as they take no longer than this.
NIGHTS, ENOUGH = 3, 20.0
# As if today had not been judged yet.
UNDONE = (
    "SET LOCAL session_replication_role = replica",
    "DELETE FROM indicators_indicatorsnapshot AS each USING indicators_recomputation AS done"
    " WHERE done.agency_id = each.agency_id AND each.day >= done.day",
    "UPDATE indicators_recomputation SET day = day - 1",
)


@dataclass(frozen=True)
class Night:
    """What a night costs, per agency."""

    agencies: int
    ms: float
    queries: float
    queries_ms: float


def night(connection: Connection) -> Night:
    """Measure some nights; the connection is a superuser's. RuntimeError: nothing was due."""
    began, took = perf_counter(), list[float]()
    agencies = _new_day(connection)
    with counting() as spent:
        sweep()
    while len(took) < NIGHTS and (not took or perf_counter() - began < ENOUGH):
        _new_day(connection)
        took.append(seconds(sweep))
    if due():
        raise RuntimeError("The sweep left agencies undone.")
    return Night(
        agencies,
        MS * median(took) / agencies,
        spent.queries / agencies,
        MS * spent.seconds / agencies,
    )


def _new_day(connection: Connection) -> int:
    """Let all agencies have been judged yesterday, and return how many are due."""
    with connection.transaction():
        for statement in UNDONE:
            connection.execute(statement.encode())
    agencies = len(due())
    if not agencies:
        raise RuntimeError("No agency is due.")
    return agencies
