"""The history of a row: each of its versions, kept beside it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords

from foundation.once import once


class KeptManager(HistoryManager):  # type: ignore[misc]
    """Made once for each kind of query set: by itself a class would be built at each version."""

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
    """By key, these fields of each row as they stood at the end of that day, where the agency is;
    one query. A row that was written down later is left out, though it may tell of that day."""
    rows = model.history.filter(agency_id__in=list(agencies), **only)
    found: dict[int, tuple[Any, ...]] = {}
    # A day is over at the latest so long after the same day in Greenwich.
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
