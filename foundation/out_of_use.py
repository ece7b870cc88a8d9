"""What the schedule takes out of use: tables, dates and people, derived from the register.

Functions of the owner archive and delete rows (`privacy/retention`), in the tables listed in
`privacy_takenplace`. `TakenOut` fills that list; a test compares it with `wanted()`. To tell which
people and groups the subject of a row concerns, they read `privacy_subject`, filled by `Subjects`.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from foundation import personal_data, subjects
from foundation.personal_data import ClassedTable, What
from foundation.reach import expression
from foundation.retention import UNDO, Counts, KeptFor
from foundation.walls import SqlStep

# Keys from a row to its group: further ways lead to other things.
FAR = 4


@dataclass(frozen=True)
class TakenPlace:
    """One table whose rows go when their time is over; SQL is over a row called `kept`.

    `since` is the row's date (`is_moment`: a time). A table with a `parent` goes with the row that
    its column `link` leads to. `people` and `groups` are arrays of keys. `unless` tells whether
    the row is still needed ($2 is the last date that is over).
    """

    place: str
    code: str
    months: int
    days: int
    least_months: int
    least_days: int
    held: bool
    key: str
    parent: str | None
    link: str | None
    since: str
    is_moment: bool
    people: str
    groups: str
    unless: str
    undo_days: int = UNDO.value


@dataclass(frozen=True)
class ListedSubject:
    """A code that rows speak of others by: its table and key, whom it concerns, which group."""

    code: str
    place: str
    key: str
    people: str
    groups: str


def wanted() -> tuple[TakenPlace, ...]:
    """The tables that the register lets go, parents first."""
    taken = [each for each in personal_data.registered() if _goes(each)]
    found = [_place(each) for each in taken]
    found += [
        _child(each, parent)
        for each in personal_data.registered()
        for parent in taken
        if _goes_with(each, parent)
    ]
    return tuple(found)


def taken_codes() -> frozenset[str]:
    """The classes of the schedule that take rows out of use."""
    return frozenset(
        each.kept.term.code
        for each in personal_data.registered()
        if each.kept.term is not None and _goes(each)
    )


def listed_subjects() -> tuple[ListedSubject, ...]:
    """All subjects of an agency, by code."""
    found = []
    for code, model in sorted(subjects.models().items()):
        if not is_tenant(model):
            continue
        classed = personal_data.of_table(model._meta.db_table)
        assert classed is not None
        table, key = model._meta.db_table, str(model._meta.pk.column)
        found.append(ListedSubject(code, table, key, people_of(classed), groups_of(model)))
    return tuple(found)


def _goes(found: ClassedTable) -> bool:
    term, model = found.kept.term, found.model
    if model is None or term is None or term.usual is None or not is_tenant(model):
        return False
    if found.kept.is_whole:
        return False
    return bool(found.kept.since) and not found.kept.why_waiting


def is_tenant(model: type[models.Model]) -> bool:
    return any(each.name == "agency" for each in model._meta.local_fields)


def _at(found: ClassedTable, path: str) -> str:
    assert found.model is not None
    other = found.model._meta.get_field(path).related_model
    assert isinstance(other, type)
    assert issubclass(other, models.Model)
    return str(other._meta.db_table)


def _place(found: ClassedTable) -> TakenPlace:
    """ValueError: its rows have versions, count from another's date, or from when tax is due."""
    term, model = found.kept.term, found.model
    assert term is not None
    assert term.usual is not None
    assert model is not None
    if personal_data.history_of(found) or "__" in found.kept.since:
        raise ValueError(f"{found.table} can’t go by itself: say why it waits")
    if term.counts is not Counts.DAY or term.usual.hours:
        raise ValueError(f"{term.code} counts otherwise: say why it waits")
    date = model._meta.get_field(found.kept.since)
    assert isinstance(date, models.DateField)
    least = term.least or KeptFor()
    return TakenPlace(
        found.table,
        term.code,
        term.usual.months,
        term.usual.days,
        least.months,
        least.days,
        term.held,
        str(model._meta.pk.column),
        None,
        None,
        f"kept.{date.column}",
        isinstance(date, models.DateTimeField),
        people_of(found),
        groups_of(model),
        _needed(found),
    )


def _child(found: ClassedTable, parent: ClassedTable) -> TakenPlace:
    above = _place(parent)
    model = found.model
    assert model is not None
    link = model._meta.get_field(found.kept.within)
    assert isinstance(link, models.Field)
    values = {"place": found.table, "key": str(model._meta.pk.column)}
    values |= {"parent": parent.table, "link": str(link.column)}
    nothing: dict[str, Any] = {"since": "", "is_moment": False, "people": "", "groups": ""}
    return TakenPlace(**{**vars(above), **values, **nothing, "unless": ""})


def people_of(found: ClassedTable) -> str:
    """All members whom a row concerns: its own, who acted, and those of its subject."""
    model = found.model
    assert model is not None
    paths = [*found.whose.paths]
    paths += [
        each.name
        for each in found.fields.values()
        if each.what is What.PERSON and each.name not in paths
    ]
    ends = [_member_at(model, path) for path in paths]
    parts = [f"ARRAY[{', '.join(each for each in ends if each)}]::bigint[]"]
    return " || ".join([*parts, *_of_subject(found, "people")])


def _member_at(model: type[models.Model], path: str) -> str:
    """SQL for the key of the member at the end of a path; empty if it ends at a user."""
    if path == "pk":
        return f"kept.{model._meta.pk.column}"
    end: Any = model
    for step in path.split("__"):
        end = end._meta.get_field(step).related_model
    if end is not apps.get_model("accounts", "Member"):
        return ""
    return expression(model, path.split("__"), "kept", 0)


def groups_of(model: type[models.Model]) -> str:
    classed = personal_data.of_table(model._meta.db_table)
    assert classed is not None
    own = [
        f"kept.{model._meta.pk.column}" if path == ["pk"] else expression(model, path, "kept", 0)
        for path in _ways_to_groups(model)
    ]
    return " || ".join([f"ARRAY[{', '.join(own)}]::bigint[]", *_of_subject(classed, "groups")])


def _ways_to_groups(model: type[models.Model]) -> list[list[str]]:
    """The path to its group, or each of those that the register names for a row on that path."""
    path = _way_to_group(model)
    # A related model may be a name as long as apps are loading, which none is here.
    here: Any = model
    for place in range(len(path)):
        classed = personal_data.of_table(here._meta.db_table)
        if classed is not None and classed.groups:
            return [[*path[:place], *way.split("__")] for way in classed.groups]
        if path[place] != "pk":
            here = here._meta.get_field(path[place]).related_model
    return [path] if path else []


def _way_to_group(model: type[models.Model]) -> list[str]:
    """The path of keys from a row to its group, else the shortest; empty if there is none."""
    group = apps.get_model("groups", "Group")
    if model is group:
        return ["pk"]
    if path := _within_group(model, group):
        return path
    apart = {*personal_data.people(), apps.get_model("foundation", "Agency")}
    paths: deque[tuple[type[models.Model], list[str]]] = deque([(model, [])])
    passed = {model}
    while paths:
        here, path = paths.popleft()
        for column in here._meta.local_fields:
            other = column.related_model
            if not isinstance(other, type) or other in apart or other in passed:
                continue
            if other is group:
                return [*path, column.name]
            passed.add(other)
            if len(path) < FAR - 1:
                paths.append((other, [*path, column.name]))
    return []


def _within_group(model: type[models.Model], group: type[models.Model]) -> list[str]:
    """The path through the rows it stays within, if one of them has a group."""
    path: list[str] = []
    here: Any = model
    while here is not None:
        for column in here._meta.local_fields:
            if column.related_model is group:
                return [*path, column.name]
        classed = personal_data.of_table(here._meta.db_table)
        step = classed.kept.within if classed is not None else ""
        here = here._meta.get_field(step).related_model if step else None
        path.append(step)
    return []


def _of_subject(found: ClassedTable, what: str) -> Iterator[str]:
    if not found.subject:
        return
    code, key = found.subject
    yield f"public.retention_{what}_of(kept.agency_id, kept.{code}, kept.{key})"
    if "data" in found.fields:
        yield f"public.retention_{what}_in(kept.agency_id, kept.data)"


def _needed(found: ClassedTable) -> str:
    """Whether another row leads to this one, or it is the last of its kind that still holds."""
    model = found.model
    assert model is not None
    key = model._meta.pk.column
    parts = []
    for each in model._meta.get_fields(include_hidden=True):
        other = each.related_model if each.auto_created and not each.concrete else None
        if not isinstance(other, type) or not issubclass(other, models.Model):
            continue
        classed = personal_data.of_table(other._meta.db_table)
        column = getattr(each, "field", None)
        if classed is None or column is None or _goes_with(classed, found):
            continue
        parts.append(
            f"EXISTS (SELECT FROM public.{other._meta.db_table} r"
            f" WHERE r.agency_id = kept.agency_id AND r.{column.column} = kept.{key})"
        )
    if found.kept.last_of:
        parts.append(later_row(found))
    return " OR ".join(sorted(parts)) or "false"


def later_row(found: ClassedTable) -> str:
    """Whether no later row says what holds by the last date that is over."""
    model = found.model
    assert model is not None
    same = model._meta.get_field(found.kept.last_of)
    date = model._meta.get_field(found.kept.since)
    key = model._meta.pk.column
    assert isinstance(same, models.Field)
    assert isinstance(date, models.Field)
    return (
        f"NOT EXISTS (SELECT FROM public.{found.table} later"
        f" WHERE later.agency_id = kept.agency_id AND later.{same.column} = kept.{same.column}"
        f" AND later.{key} > kept.{key} AND later.{date.column} <= $2)"
    )


def _goes_with(found: ClassedTable, parent: ClassedTable) -> bool:
    return bool(found.kept.within) and _at(found, found.kept.within) == parent.table


class Listed(SqlStep):
    """Fill one list: each row put in, or over the one with the same key."""

    table = ""
    columns: tuple[str, ...] = ()

    def statements(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> Iterable[str]:
        key, *others = self.columns
        changed = ", ".join(f"{name} = excluded.{name}" for name in others)
        for each in self.parts:
            values = ", ".join(
                "NULL" if value is None else schema_editor.quote_value(value)
                for value in astuple(each)
            )
            yield (
                f"INSERT INTO public.{self.table} ({', '.join(self.columns)})"  # noqa: S608
                f" VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changed}"
            )

    def describe(self) -> str:
        return f"Listed in {self.table}: {len(self.parts)}"


class TakenOut(Listed):
    """List tables whose rows the schedule takes out of use; in a migration of its own."""

    table = "privacy_takenplace"
    columns = tuple(TakenPlace.__dataclass_fields__)


class Subjects(Listed):
    """List whom a subject concerns; in a migration of its own."""

    table = "privacy_subject"
    columns = tuple(ListedSubject.__dataclass_fields__)
