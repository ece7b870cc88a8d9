"""The history of a row: all its versions, kept beside it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords

from foundation.once import once


class KeptManager(HistoryManager):  # type: ignore[misc]
    """A manager class made once per query set; simple-history would build one for each version."""

    @classmethod
    @cache
    def from_queryset(
        cls, queryset_class: type[HistoricalQuerySet], class_name: str | None = None
    ) -> Any:
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("history_manager", KeptManager)
        super().__init__(*args, **kwargs)

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        return {**super().get_meta_options(model), "default_permissions": ()}


@once
def as_known(
    model: Any, agencies: Iterable[int], on: date, fields: Sequence[str], **only: Any
) -> dict[int, tuple[Any, ...]]:
    """These fields of each row, by key, as of the end of that day in the agency's time zone.

    One query. Rows recorded later are left out, even if they describe that day.
    """
    rows = model.history.filter(agency_id__in=list(agencies), **only)
    found: dict[int, tuple[Any, ...]] = {}
    # The latest end of that day in any time zone, in UTC.
    latest = datetime.combine(on, time.max, UTC) + timedelta(days=1)
    rows = rows.filter(history_date__lte=latest).order_by("history_date", "history_id")
    names = ("id", "history_date", "history_type", "agency__timezone", *fields)
    for pk, moment, kind, zone, *values in rows.values_list(*names):
        if moment.astimezone(ZoneInfo(zone)).date() > on:
            continue
        if kind == "-":
            found.pop(pk, None)
        else:
            found[pk] = tuple(values)
    return found


def versions(row: Any, fields: Sequence[str]) -> list[tuple[Any, ...]]:
    """These fields of a row in all its versions."""
    past = row.history.filter(agency_id=row.agency_id)
    return list(past.order_by().values_list(*fields).distinct())
