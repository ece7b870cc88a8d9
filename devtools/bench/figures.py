"""All figures of one run, as lines of words and numbers whose names stay."""

import os
import platform
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

import psycopg
from django.db import connections
from django.utils.timezone import now

from devtools import worker
from devtools.bench import files
from devtools.bench.asking import Ask, asking_as, member_of_demo, session_of
from devtools.bench.files import FileFigures
from devtools.bench.multiplying import Multiplier
from devtools.bench.nightly import Night, night
from devtools.bench.pages import FILES, PAGES, BenchedPage, NoWay, address_of
from devtools.bench.timing import KILOBYTE, Benched, PageRequest, against
from devtools.demo.database import build_demo_in
from devtools.demo.people import AGENCY
from devtools.servers.postgres import SUPERUSER, address
from foundation.addresses import at
from foundation.models import Agency
from foundation.postgresql.base import DatabaseWrapper

ROOT = Path(__file__).parents[2]
GIGABYTE = 2**30
# A growth is told between so many agencies and this many times as many.
TIMES = 10
CHARTS = (24, 120)
IMPORTS = (500, 2000)
# Who downloads a copy of their data.
OWN = "rosa"

Figure = str | int | float


def line(*words: str, **figures: Figure) -> str:
    """Words, then each figure after its name."""
    parts = [*words]
    for name, figure in figures.items():
        parts += [name, f"{figure:.2f}" if isinstance(figure, float) else str(figure)]
    return " ".join(parts)


@dataclass(frozen=True)
class Extent:
    """How much a run measures."""

    agencies: int
    years: int
    turns: int
    pages: Sequence[BenchedPage] = PAGES
    files: Sequence[BenchedPage] = FILES
    # Rows.
    imports: Sequence[int] = IMPORTS


class Bench:
    """One run in a database of its own, to which Django's connection leads."""

    def __init__(self, database: str, extent: Extent, say: Callable[[str], None]) -> None:
        self._database, self._extent, self._say = database, extent, say
        self._asks: dict[str, Ask] = {}
        # Pages on the way to others are asked for once.
        self._looking: dict[str, Ask] = {}
        self._missing = 0

    def run(self) -> int:
        """Build the demo and print all figures; 1 if a page was not found."""
        began = perf_counter()
        self._say(line("run", **machine()))
        build_demo_in(self._database)
        self._say(line("demo", seconds=perf_counter() - began))
        self.measure()
        self._say(line("done", seconds=perf_counter() - began, missing=self._missing))
        return min(self._missing, 1)

    def measure(self) -> None:
        """Multiply the demo that is there, and print the figures."""
        agencies = self._extent.agencies
        url = address(worker.folder(), SUPERUSER, self._database)
        with psycopg.connect(url, autocommit=True) as superuser:
            multiplier = Multiplier(superuser)
            multiplier.add_years(self._extent.years - 1)
            multiplier.add_agencies(max(1, agencies // TIMES))
            self._agency = Agency.objects.get(slug=AGENCY)
            yardstick = PageRequest(at(self._agency, "bench_page"), self._ask(OWN))
            few = night(superuser, yardstick)
            multiplier.add_agencies(agencies)
            self._tell_rows(multiplier.rows())
            self._tell_night(few, night(superuser, yardstick))
        self._pages(yardstick)
        self._files()

    def close(self) -> None:
        """Give the connections back before the servers stop."""
        serving = connections["default"]
        assert isinstance(serving, DatabaseWrapper)
        serving.close()
        serving.close_pool()

    def _tell_rows(self, rows: int) -> None:
        agencies, years = self._extent.agencies, self._extent.years
        each = rows // agencies
        self._say(line("rows", all=rows, agencies=agencies, years=years, per_agency=each))

    def _tell_night(self, few: Night, many: Night) -> None:
        for one in (few, many):
            growth: Mapping[str, Figure] = {} if one is few else {"growth": many.ratio / few.ratio}
            self._say(
                line(
                    "nightly",
                    agencies=one.agencies,
                    ratio=one.ratio,
                    ms_per_agency=one.ms,
                    queries_per_agency=one.queries,
                    queries_ms_per_agency=one.queries_ms,
                    **growth,
                )
            )

    def _pages(self, yardstick: PageRequest) -> None:
        found = {page.name: asked for page in self._extent.pages if (asked := self._found(page))}
        own, figures = against(yardstick, found, turns=self._extent.turns)
        for name, figure in {"bench": own, **figures}.items():
            self._say(page_line(name, figure))

    def _files(self) -> None:
        for page in self._extent.files:
            if asked := self._found(page):
                self._tell_export(page.name, page.person, asked.url)
        for points in CHARTS:
            self._say(file_line("chart", f"run.{points}", files.chart(points)))
        for rows in self._extent.imports:
            self._say(file_line("import", f"csv.{rows}", files.csv_import(self._agency, rows)))
        own = files.own_copy(self._agency, member_of_demo(self._agency, OWN))
        self._say(file_line("job", "own_copy", own))
        self._tell_export("own_copy.zip", OWN, at(self._agency, "privacy:download_my_data"))

    def _tell_export(self, name: str, person: str, url: str) -> None:
        ask = asking_as(session_of(member_of_demo(self._agency, person)), keep=False)
        self._say(file_line("export", name, files.download(url, ask)))

    def _found(self, page: BenchedPage) -> PageRequest | None:
        ask = self._ask(page.person)
        try:
            looking = self._looking.setdefault(page.person, cache(ask))
            return PageRequest(address_of(page, at(self._agency, "home_of"), looking), ask)
        except NoWay as reason:
            self._missing += 1
            self._say(f"missing {page.name} {reason}")
            return None

    def _ask(self, person: str) -> Ask:
        if person not in self._asks:
            self._asks[person] = asking_as(session_of(member_of_demo(self._agency, person)))
        return self._asks[person]


def page_line(name: str, figure: Benched) -> str:
    return line(
        "page",
        name,
        ratio=figure.ratio,
        fastest=figure.fastest,
        queries=figure.queries,
        ms=figure.ms,
        queries_ms=figure.queries_ms,
    )


def file_line(kind: str, name: str, figure: FileFigures) -> str:
    sent: dict[str, Figure] = {}
    if figure.bytes:
        sent = {
            "kilobytes": figure.bytes // KILOBYTE,
            "streamed": "yes" if figure.streamed else "no",
        }
    return line(kind, name, ms=figure.ms, peak_kilobytes=figure.peak // KILOBYTE, **sent)


def machine() -> dict[str, Figure]:
    """The day, the version of the code, and the machine with its load."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    return {
        "date": now().date().isoformat(),
        "commit": commit(),
        "load": os.getloadavg()[0],
        "cores": os.cpu_count() or 1,
        "memory_gb": round(memory),
        "python": platform.python_version(),
    }


def commit() -> str:
    """The version of the code, with a + if files differ from it; `none` outside a checkout."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "none"
