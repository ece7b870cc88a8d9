"""Everything that beat runs is a task that the worker knows."""

from cqi_portal.celery import app
from cqi_portal.schedule import SCHEDULE


def test_each_job_that_is_planned_is_a_task() -> None:
    app.loader.import_default_modules()
    assert set(SCHEDULE) - set(app.tasks) == set()
    assert "nobody.knows_it" not in app.tasks


def test_beat_runs_what_is_listed_and_nothing_else() -> None:
    app.finalize()
    assert {each["task"] for each in app.conf.beat_schedule.values()} == set(SCHEDULE)
