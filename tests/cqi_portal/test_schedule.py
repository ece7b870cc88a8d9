"""Everything that beat runs is a task that the worker knows, and hands out the agencies' work."""

import inspect
from collections.abc import Iterable

from cqi_portal.celery import app
from cqi_portal.schedule import SCHEDULE


def test_each_job_that_is_planned_is_a_task() -> None:
    app.loader.import_default_modules()
    assert set(SCHEDULE) - set(app.tasks) == set()
    assert "nobody.knows_it" not in app.tasks


def test_beat_runs_what_is_listed_and_nothing_else() -> None:
    app.finalize()
    assert {each["task"] for each in app.conf.beat_schedule.values()} == set(SCHEDULE)


def works_itself(sources: Iterable[str]) -> list[str]:
    """Jobs that go into agencies instead of handing them out."""
    return [source for source in sources if "entering(" in source]


def test_what_beat_runs_goes_into_no_agency() -> None:
    app.loader.import_default_modules()
    assert works_itself(inspect.getsource(app.tasks[name].run) for name in SCHEDULE) == []
    assert works_itself(["with tenancy.entering(agency):"])
