"""Everything that the register of personal data gives to a person who asks for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import links, personal_data
from foundation.models import TenantModel
from foundation.personal_data import ClassedField, ClassedTable, InExport, What

# Of these the person gets what the row says; of SELF, whether it is them.
GIVEN = (InExport.YES, InExport.SELF)


@dataclass(frozen=True)
class CopiedTable:
    """A table of the person's rows: its title, the headings of its columns, and the cells.

    `name` is the table's name in the database, for programs. Cells are plain Python values, in
    which codes and keys have been put into words.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class LeftOut:
    """Why something is not in the copy, and from which tables it is left out."""

    why: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class CopiedData:
    """All of a person's tables that have rows, and what is not in them."""

    tables: tuple[CopiedTable, ...]
    left_out: tuple[LeftOut, ...]


def collect(member: Member) -> CopiedData:
    """The member's own data, in the language that is active. It takes some 150 queries."""
    tables, reasons = [], dict[InExport, list[str]]()
    for classed in personal_data.registered():
        if not classed.whose.paths or classed.model is None:
            continue
        given = [each for each in classed.fields.values() if _is_given(each)]
        mine = _mine(classed, member)
        if not mine.exists():
            continue
        for each in classed.fields.values():
            if each.export not in GIVEN and each.what is not What.KEY:
                titles = reasons.setdefault(each.export, [])
                if str(classed.title) not in titles:
                    titles.append(str(classed.title))
        if given:
            tables.append(_table(classed, given, mine, member))
    return CopiedData(
        tuple(tables),
        tuple(LeftOut(_why(way), tuple(titles)) for way, titles in reasons.items()),
    )


def _is_given(each: ClassedField) -> bool:
    # All of it is from the one agency whose copy it is.
    return each.export in GIVEN and each.what is not What.SECRET and each.name != "agency"


def _why(way: InExport) -> str:
    words = {
        InExport.REVIEWED: _(
            "Texts by others that may name somebody else. Somebody has to read them first: ask an "
            "administrator for them."
        ),
        InExport.NOBODYS: _("What belongs to the program, and says nothing about you."),
        InExport.OTHERS: _("The names of other people."),
        InExport.SECRET: _("Passwords and codes. Whoever found the copy could sign in with them."),
        InExport.SAFETY: _(
            "What could put somebody in danger. Only the people responsible for safety see it."
        ),
    }
    return words[way]


def _mine(classed: ClassedTable, member: Member) -> "models.QuerySet[Any]":
    model = classed.model
    assert model is not None
    mine = models.Q()
    for path in classed.whose.paths:
        key = member.user_id if _end(model, path) is get_user_model() else member.pk
        if key is not None:
            mine |= models.Q(**{path: key})
    if not mine:
        mine = models.Q(pk__in=[])
    if issubclass(model, TenantModel):
        rows: models.QuerySet[Any] = model.objects.within(member.agency)
    else:
        rows = model.objects.all()  # type: ignore[attr-defined]
    if classed.hidden is not None:
        rows = rows.exclude(classed.hidden(member))
    return rows.filter(mine).order_by("pk")


def _end(model: type[models.Model], path: str) -> type[models.Model]:
    """The model at the end of a path of keys."""
    for step in path.split("__"):
        if step != "pk":
            further = model._meta.get_field(step).related_model
            assert isinstance(further, type)
            model = further
    return model


def _table(
    classed: ClassedTable,
    given: list[ClassedField],
    mine: "models.QuerySet[Any]",
    member: Member,
) -> CopiedTable:
    model = classed.model
    assert model is not None
    columns = [
        (each, column)
        for each in given
        if not (column := _column(model, each.name)).primary_key
        and not isinstance(column, models.BinaryField)
        and (each.what is not What.KEY or column.is_relation)
    ]
    authors = {path for each, _column in columns for path in each.said_by}
    rows = list(mine.values(*(column.attname for _each, column in columns), *authors))
    titles = _titles(model, columns, rows, member)
    return CopiedTable(
        classed.table,
        str(classed.title),
        tuple(each.name for each, _column in columns),
        tuple(_heading(column) for _each, column in columns),
        tuple(
            tuple(_cell(each, column, row, titles, member) for each, column in columns)
            for row in rows
        ),
    )


def _column(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    column = model._meta.get_field(name)
    assert isinstance(column, models.Field)
    return column


def _heading(column: "models.Field[Any, Any]") -> str:
    words = str(column.verbose_name)
    return f"{words[:1].upper()}{words[1:]}"


def _titles(
    model: type[models.Model],
    columns: Iterable[tuple[ClassedField, "models.Field[Any, Any]"]],
    rows: list[dict[str, Any]],
    member: Member,
) -> Mapping[str, dict[int, str]]:
    """By column that is a key: the titles of the rows it leads to that the member may know of."""
    found = {}
    for each, column in columns:
        code = getattr(column.related_model, "subject_code", "")
        if each.what is not What.KEY or not code:
            continue
        keys = {row[column.attname] for row in rows} - {None}
        seen = links.links(code, keys, member)
        found[column.attname] = {key: str(link.title) for key, link in seen.items()}
    return found


def _cell(
    each: ClassedField,
    column: "models.Field[Any, Any]",
    row: dict[str, Any],
    titles: Mapping[str, dict[int, str]],
    member: Member,
) -> Any:
    value = row[column.attname]
    if value is None:
        return ""
    if each.what is What.PERSON:
        return _("you") if value in _keys(member) else _("somebody else")
    if each.what is What.KEY:
        return titles.get(column.attname, {}).get(value, "")
    if each.said_by and next(_said(each, row), member.pk) not in _keys(member):
        return _("(words of somebody else)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return value


def _said(each: ClassedField, row: dict[str, Any]) -> Iterator[int]:
    """The authors of the words; the first one counts."""
    return (row[path] for path in each.said_by if row[path] is not None)


def _keys(member: Member) -> set[int]:
    return {member.pk} | ({member.user_id} if member.user_id is not None else set())
