"""Repeatable jobs: import big files, and delete abandoned rows."""

from types import TracebackType
from typing import Self

from celery import shared_task
from django.db import connection
from django.utils import timezone

from foundation import tenancy
from foundation.models import Agency
from foundation.postgresql.base import show_rows_of
from measures.importing import actions
from measures.importing.models import ImportDraft, ImportProgress
from measures.policies import IMPORT_KEPT


class Progress:
    """Write the progress of an import on its own connection, so that others see it at once."""

    def __init__(self, agency: Agency, draft: int) -> None:
        self.agency, self.draft, self.begun = agency, draft, False

    def __enter__(self) -> Self:
        # Connect only when needed: most often another job is already importing the file.
        self.connection = connection.copy()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    def __call__(self, done: int) -> None:
        table = ImportProgress._meta.db_table
        with self.connection.cursor() as cursor:
            if not self.begun:
                show_rows_of(cursor, self.agency.pk)
            cursor.execute(
                f"UPDATE {table} SET done = LEAST(%s, total), tries = tries + %s"  # noqa: S608
                " WHERE agency_id = %s AND draft_id = %s",
                [done, 0 if self.begun else 1, self.agency.pk, self.draft],
            )
        self.begun = True


@shared_task(name="measures.bring_in")
def bring_in(agency_id: int) -> None:
    """Import the requested big files of one agency."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        asked = ImportDraft.objects.within(agency).unfinished().order_by("asked_at")
        for pk, tries in asked.values_list("pk", "progress__tries"):
            if (tries or 0) >= actions.MOST_TRIES:
                actions.give_up(agency, pk)
                continue
            with Progress(agency, pk) as tell:
                actions.carry_out(agency, pk, tell=tell)


@shared_task(name="measures.sweep")
def sweep() -> None:
    """Find agencies with an unfinished import; this sweep makes importing certain."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        unfinished = ImportDraft.objects.across(agencies).unfinished().order_by()
        waiting = list(unfinished.values_list("agency_id", flat=True).distinct())
    for agency_id in waiting:
        bring_in.delay(agency_id)


@shared_task(name="measures.forget_rows")
def forget_rows(agency_id: int) -> None:
    """Delete rows of one agency's files after a day."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        actions.forget(agency, timezone.now())


@shared_task(name="measures.forget")
def forget() -> None:
    """Find agencies with rows of files that are older than a day."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        old = ImportDraft.objects.across(agencies).to_forget(timezone.now() - IMPORT_KEPT.span)
        found = sorted(old.order_by().values_list("agency_id", flat=True).distinct())
    for agency_id in found:
        forget_rows.delay(agency_id)
