"""A benchmark of charts, as ratios within one run: `python -m charts.bench`."""

import random
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from time import perf_counter

from charts.analysis import analyze
from charts.drawing import WIDE, draw
from charts.figures import figure
from charts.kinds import Chart
from charts.labels import Labels
from charts.picture import Drawing
from charts.series import Series


def months(count: int) -> list[date]:
    """The first days of `count` months from January 2015 on."""
    return [date(2015 + index // 12, index % 12 + 1, 1) for index in range(count)]


def sample(chart: Chart, count: int) -> Series:
    """A made-up series, the same every time."""
    chance = random.Random(count)  # noqa: S311 - made-up results, no secret
    sizes = [chance.randint(40, 400) for _ in range(count)]
    return Series(
        chart=chart,
        values=[sum(chance.random() < 0.3 for _ in range(size)) + 1 for size in sizes],
        denominators=[size + 1 for size in sizes] if chart.shape.sized else None,
        dates=months(count),
        target=0.4,
    )


def fastest(job: Callable[[], object], repeats: int = 20) -> float:
    """The shortest of several runs, in seconds."""
    times: list[float] = []
    for _ in range(repeats):
        began = perf_counter()
        job()
        times.append(perf_counter() - began)
    return min(times)


def whole(series: Series, labels: Labels) -> Drawing:
    """Analyze and draw one chart from its results."""
    return draw(series, analyze(series), labels, WIDE)


def main() -> None:
    """Print each job's time as a multiple of drawing a 120-point run chart, and in ms."""
    labels = Labels(id="bench", title="Bench")
    jobs: dict[str, Callable[[], object]] = {}
    for chart in (Chart.RUN, Chart.INDIVIDUAL, Chart.P, Chart.P_PRIME):
        for count in (24, 120):
            series = sample(chart, count)
            analysis = analyze(series)
            jobs[f"analyze {chart} {count}"] = partial(analyze, series)
            jobs[f"draw {chart} {count}"] = partial(draw, series, analysis, labels, WIDE)
            jobs[f"figure {chart} {count}"] = partial(figure, series, analysis, labels)
            jobs[f"whole {chart} {count}"] = partial(whole, series, labels)
    times = {name: fastest(job) for name, job in jobs.items()}
    unit = times["draw run 120"]
    for name, time in times.items():
        sys.stdout.write(f"{name:<20} {time / unit:6.2f} {time * 1000:8.3f} ms\n")


if __name__ == "__main__":
    main()
