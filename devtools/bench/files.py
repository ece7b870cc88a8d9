"""What enters and leaves as a file: an import, charts, tables, a copy of one's own data."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median

from accounts.models import Member
from charts.bench import sample, whole
from charts.kinds import Chart
from charts.labels import Labels
from devtools.bench.asking import Ask
from devtools.bench.importing import as_text, import_and_forget, series
from devtools.bench.timing import MS, PageRequest, peak, seconds
from foundation import tenancy
from foundation.models import Agency
from privacy.exports import actions
from privacy.exports.models import DataCopy
from privacy.exports.tasks import sweep_copies

REPEATS = 3
SAMPLE = Chart.RUN


@dataclass(frozen=True)
class FileFigures:
    """How long a file took, and the most bytes of memory that it needed at any moment."""

    ms: float
    peak: int
    # Of what is sent.
    bytes: int = 0
    streamed: bool = False


def download(url: str, ask: Ask) -> FileFigures:
    """A file that is sent, to somebody who keeps nothing of it."""
    asked, answer = PageRequest(url, ask), ask(url)
    return FileFigures(*_cost(asked), answer.size, answer.streamed)


def csv_import(agency: Agency, rows: int) -> FileFigures:
    """An import of so many rows, rolled back."""
    data = as_text(series(agency, rows))
    ms = MS * sum(import_and_forget(agency, data, rows).values())
    return FileFigures(ms, peak(partial(import_and_forget, agency, data, rows)))


def chart(points: int) -> FileFigures:
    """A chart of so many made-up results, judged and drawn."""
    results, labels = sample(SAMPLE, points), Labels(id="bench", title="Bench")
    return FileFigures(*_cost(partial(whole, results, labels)))


def own_copy(agency: Agency, member: Member) -> FileFigures:
    """A copy of one person's data, made by the product's job; the last one stays."""

    def make() -> None:
        with tenancy.entering(agency):
            for copy in DataCopy.objects.within(agency).filter(member=member):
                actions.delete(copy, by=member)
            actions.ask(by=member)
        sweep_copies()

    return FileFigures(*_cost(make))


def _cost(job: Callable[[], object]) -> tuple[float, int]:
    """Milliseconds (the median of some), and bytes of memory."""
    job()
    return MS * median(seconds(job) for _ in range(REPEATS)), peak(job)
