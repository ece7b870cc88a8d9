"""What erasing a person does, table by table, by the titles and times of the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, DateField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import personal_data
from foundation.models import TenantModel
from foundation.personal_data import ClassedTable, InExport
from foundation.retention import RetentionClass
from privacy.retention.reading import ScheduleLine, lines

# The access log's words for reading what an administrator may not; without a word nobody does.
NOT_THEIRS = ("", "call", "payments")


@dataclass(frozen=True)
class Erased:
    """One kind of rows: how many there are, why they stay, and until when."""

    title: str
    # None where the reader may not know.
    count: int | None
    why: str = ""
    until: str = ""


@dataclass(frozen=True)
class Foreseen:
    """What goes at once, whose words are taken out, and what stays without a name."""

    goes: tuple[Erased, ...]
    words: tuple[Erased, ...]
    stays: tuple[Erased, ...]


def preview(member: Member, reader: Member) -> Foreseen:
    """What erasing this person does, with times by the agency's schedule; three queries.

    The person reads how many rows there are of each kind. Others read that only of what they may
    read anyway; of the rest, each kind is listed, whether there is anything or not.
    """
    tables = [each for each in personal_data.registered() if _is_shown(each)]
    found = _counted(member, tables)
    kept = {each.found.code: each for each in lines(member.agency, member.agency.today())}
    goes, words, stays = [], [], []
    for each in tables:
        count, last = found.get(each.table, (0, None))
        # Who takes pay, or asks to be contacted, administrators do not know.
        known = reader.pk == member.pk or each.read_as not in NOT_THEIRS
        if known and not count:
            continue
        line = _line(each, kept, count if known else None, last if known else None)
        if each.goes:
            goes.append(line)
        elif any(column.value == personal_data.TAKEN_BACK for column in each.fields.values()):
            words.append(line)
        else:
            stays.append(line)
    return Foreseen(tuple(goes), tuple(words), tuple(stays))


def _is_shown(classed: ClassedTable) -> bool:
    """Whether its rows concern people of an agency, who may know of them."""
    model = classed.model
    # That there is a no-contact order may be unknown to one of the two.
    secret = any(each.export is InExport.SAFETY for each in classed.fields.values())
    tenant = model is not None and issubclass(model, TenantModel)
    return tenant and bool(classed.whose.paths) and not secret


def _counted(member: Member, tables: list[ClassedTable]) -> dict[str, tuple[int, date | None]]:
    parts = [_rows(member, each) for each in tables]
    if not parts:
        return {}
    return {table: (count, last) for table, count, last in parts[0].union(*parts[1:], all=True)}


def _rows(member: Member, classed: ClassedTable) -> "QuerySet[Any, Any]":
    assert classed.model is not None
    assert issubclass(classed.model, TenantModel)
    mine = Q()
    for path in classed.whose.paths:
        mine |= Q(**{path: member.pk})
    _term, path = counts_from(classed)
    last: Any = Max(Cast(path, DateField())) if path else Value(None, output_field=DateField())
    rows = classed.model.objects.within(member.agency).filter(mine)
    table = Value(classed.table, output_field=CharField())
    counted = rows.order_by().values("agency_id").annotate(n=Count("pk"), last=last, of=table)
    return counted.values_list("of", "n", "last")


def counts_from(classed: ClassedTable) -> tuple[RetentionClass | None, str]:
    """The class of the schedule by which rows are kept, and the path to the date it counts from."""
    path: list[str] = []
    while step := classed.kept.within:
        assert classed.model is not None
        other = classed.model._meta.get_field(step).related_model
        assert isinstance(other, type)
        following = personal_data.of_table(other._meta.db_table)
        assert following is not None
        path.append(step)
        classed = following
    since = classed.kept.since
    return classed.kept.term, "__".join([*path, since]) if since else ""


def _line(
    classed: ClassedTable, kept: Mapping[str, ScheduleLine], count: int | None, last: date | None
) -> Erased:
    term, _path = counts_from(classed)
    if classed.goes or term is None:
        return Erased(str(classed.title), count)
    sources = "; ".join(str(each.cites) for each in term.sources)
    return Erased(
        str(classed.title), count, f"{term.title} ({sources})", _until(term, kept[term.code], last)
    )


def _until(term: RetentionClass, line: ScheduleLine, last: date | None) -> str:
    if line.kept is None:
        return _("as long as the agency is here")
    if last is None:
        return _("%(time)s after it ends") % {"time": line.words}
    over = date_format(line.kept.after(term.counts.start(last)), "F j, Y")
    if term.whole:
        # It goes with what belongs to it.
        return _("%(day)s, or as long as something newer needs it") % {"day": over}
    return over
