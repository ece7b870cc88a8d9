"""The history of a row: each of its versions, kept beside it."""

from functools import cache
from typing import Any

from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords


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
