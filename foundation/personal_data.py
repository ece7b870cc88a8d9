"""The register of personal data: whose each table's rows are, and what each column holds.

An app, and each domain of a large one, classes its tables in its `personal_data.py`:

    register(
        Seat,
        _("Seats"),
        whose=of("member"),
        kept=since(MEMBERSHIP, "until"),
        standing="standing employed_peer",
        fact="voting office ending",
    )

Erasing people, exporting their data, retention, holds and "who looked at mine" use it. A test reads
the database catalog and fails for a column that is not classed here, and for a class without a
column. Only keys and dates are classed by their type; anything that could hold text, numbers, flags
or JSON must be named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from foundation.kept import Kept, always
from foundation.policies import Text

if TYPE_CHECKING:
    from accounts.models import Member
from foundation.retention import MACHINE

# Not translated: they are stored once, for readers of any language.
FORMER = "Former member"
TAKEN_BACK = "[Somebody took their words back.]"
NAME_REMOVED = "[name removed]"


class What(Enum):
    """What a column holds."""

    NOTHING = "nothing personal"
    """It concerns no person, whoever the row belongs to."""
    KEY = "a key"
    """It leads to another row, which has a class of its own."""
    PERSON = "who"
    """It leads to a member or user: the row's own person, or one who only acted."""
    FACT = "what happened"
    """A date, number, flag or code that says something about the person."""
    IDENTITY = "a name"
    """The person's name or sign-in name."""
    CONTACT = "how to reach the person"
    """An address, a phone number, or words on how to reach them."""
    STANDING = "standing"
    """The person's standing: that somebody uses services is health information."""
    WORDS = "the person’s own words"
    """Free text by the person, with the path to its author."""
    RECORD = "words that may name anybody"
    """Free text by others: minutes, decisions, summaries, reasons."""
    MONEY = "money"
    """What was earned, paid or chosen about pay."""
    TRACE = "from where and with what"
    """A network address, a browser."""
    SECRET = "a secret"  # noqa: S105 - a word
    """A password, a code or its digest, a session: it would let somebody in."""

    @property
    def is_text(self) -> bool:
        """Whether it is free text, which may name anybody."""
        return self in (What.WORDS, What.RECORD)


class OnErasing(Enum):
    """What happens to a column when its row's person is erased."""

    GOES = "deleted with its row"
    """The row is useless without the person: it is deleted."""
    BLANKED = "emptied"
    """NULL if the column allows it, otherwise its empty value; in its whole history, too."""
    REPLACED = "replaced"
    """By the fixed value that the class names; in its whole history, too."""
    KEPT = "kept under “former member”"
    """The row must stay until its time is over; the name it leads to is gone."""
    REDACTED = "looked at by a person"
    """Somebody checks whether the person is named or recognizable, and removes that."""
    FIXED = "stays as it was"
    """It was shown or sealed as it is: it goes only with its row, when its time is over."""
    UNTOUCHED = "stays"
    """It says nothing about the person."""


class InExport(Enum):
    """Whether a column is part of the export for a person who asks for their data."""

    YES = "yes"
    """The row's person gets it; words go to their author."""
    SELF = "yes, to the one it names"
    """If a row concerns several people: that the person asking is one of them, and no more."""
    REVIEWED = "after somebody has read it"
    """It may name others: somebody reads it first."""
    NOBODYS = "no: it is nobody’s"
    """It belongs to the agency, or to an untraceable person."""
    OTHERS = "no: it names somebody else"
    """Who acted, or the other one of two people."""
    SECRET = "no: it is a secret"  # noqa: S105 - a word
    """It would grant access to whoever obtains the export."""
    SAFETY = "no: it could endanger somebody"
    """Only the people responsible for safety may see it."""


@dataclass(frozen=True)
class Whose:
    """The people a table's rows concern: `paths` from a row to members or users, as lookups.

    A row that leads to a user concerns all memberships of that person: it is erased with the last
    one. A table without a key to a person may stand `beside` another one (its label) that has the
    same column (`named_by`). Without any of these, rows are the agency's or the program's own, or
    `unnamed`: of people whom nothing may lead to. `listed` names a column with the keys of the
    members whom a row concerns.
    """

    paths: tuple[str, ...] = ()
    beside: str = ""
    named_by: str = ""
    unnamed: bool = False
    listed: str = ""

    @property
    def of_people(self) -> bool:
        return bool(self.paths or self.beside or self.listed)


AGENCYS = Whose()
UNNAMED = Whose(unnamed=True)


def of(*paths: str) -> Whose:
    """Rows concerning the people at the ends of these paths (`pk`: a person's own row)."""
    if not paths:
        raise ValueError("say of whom the rows tell, or AGENCYS, or UNNAMED")
    return Whose(paths)


def beside(label: str, named_by: str) -> Whose:
    """Rows of the same people as another model's rows with the same value in a column."""
    return Whose(beside=label, named_by=named_by)


def listed(column: str) -> Whose:
    """Rows concerning the members whose keys stand in this column."""
    return Whose(listed=column)


@dataclass(frozen=True)
class ClassedField:
    """One column: what it holds, and what happens to it."""

    name: str
    what: What
    erasing: OnErasing
    export: InExport
    # WORDS: the paths to the author; the first that leads to somebody counts.
    said_by: tuple[str, ...] = ()
    # REPLACED: the new value; `{pk}` stands for the key of the row.
    value: str = ""
    # The column (or `column=value`) by which a group made these words its own: then they stay, and
    # a person looks at them.
    stays_if: str = ""


@dataclass(frozen=True)
class ClassedTable:
    """One table; its history has the same class, plus `HISTORY` for its own columns."""

    table: str
    whose: Whose
    kept: Kept
    title: Text = ""
    fields: Mapping[str, ClassedField] = field(default_factory=dict)
    model: type[models.Model] | None = None
    # The rows are deleted when the person is erased.
    goes: bool = False
    # The access log's word for reading these rows (`accounts/access.py`), if that is logged.
    read_as: str = ""
    # The columns with code and key of the row's subject, which may be a person
    # (`foundation/subjects.py`): somebody else's row may be about them.
    subject: tuple[str, ...] = ()
    # Texts that the program copies from elsewhere: erased words go here, too.
    copies: tuple[str, ...] = ()
    # The rows that this person can't find on any page, for their safety or another's: the export
    # leaves them out, too.
    hidden: "Callable[[Member], models.Q] | None" = None
    # The paths to its groups, where more than one way leads to some.
    groups: tuple[str, ...] = ()

    def texts(self) -> tuple[ClassedField, ...]:
        """Free text to search for a name, whoever's row it is."""
        return tuple(each for each in self.fields.values() if each.what.is_text)

    def overwritten(self) -> tuple[ClassedField, ...]:
        """Columns to overwrite when the person is erased, also in the history."""
        values = (OnErasing.BLANKED, OnErasing.REPLACED)
        return tuple(each for each in self.fields.values() if each.erasing in values)


_by_table: dict[str, ClassedTable] = {}

# The columns that a history table adds to those of its model.
HISTORY: Mapping[str, ClassedField] = {
    each.name: each
    for each in (
        ClassedField("history_id", What.KEY, OnErasing.UNTOUCHED, InExport.NOBODYS),
        ClassedField("history_date", What.FACT, OnErasing.KEPT, InExport.YES),
        ClassedField("history_type", What.FACT, OnErasing.KEPT, InExport.YES),
        ClassedField("history_user", What.PERSON, OnErasing.KEPT, InExport.OTHERS),
        # Nothing writes it.
        ClassedField("history_change_reason", What.NOTHING, OnErasing.UNTOUCHED, InExport.NOBODYS),
    )
}

_ERASING = {
    What.NOTHING: OnErasing.UNTOUCHED,
    What.KEY: OnErasing.UNTOUCHED,
    What.PERSON: OnErasing.KEPT,
    What.FACT: OnErasing.KEPT,
    What.STANDING: OnErasing.KEPT,
    What.MONEY: OnErasing.KEPT,
    What.RECORD: OnErasing.REDACTED,
}
_EXPORT = {
    What.NOTHING: InExport.NOBODYS,
    What.PERSON: InExport.OTHERS,
    What.RECORD: InExport.REVIEWED,
    What.SECRET: InExport.SECRET,
}


def registered() -> tuple[ClassedTable, ...]:
    """All classed tables, in order of registration."""
    return tuple(_by_table.values())


def of_table(table: str) -> ClassedTable | None:
    """The class of a table, by its database name, if it has one."""
    return _by_table.get(table)


def register_table(table: str, title: Text, *, nothing: str, trace: str = "") -> None:
    """Class one of the program's own tables without a model."""
    named = _named_once({What.NOTHING: nothing.split(), What.TRACE: trace.split()})
    fields = {
        name: ClassedField(name, what, OnErasing.UNTOUCHED, InExport.NOBODYS)
        for name, what in named.items()
    }
    _keep(ClassedTable(table, AGENCYS, always(MACHINE), title, fields))


def register(
    model: type[models.Model],
    title: Text,
    *,
    whose: Whose,
    kept: Kept,
    goes: bool = False,
    read_as: str = "",
    subject: str = "",
    nothing: str = "",
    key: str = "",
    fact: str = "",
    identity: str = "",
    contact: str = "",
    standing: str = "",
    money: str = "",
    trace: str = "",
    lets_in: str = "",
    record: str = "",
    words: Mapping[str, str] | None = None,
    taken_back: str = "",
    stays_if: Mapping[str, str] | None = None,
    copies: str = "",
    blanked: str = "",
    replaced: Mapping[str, str] | None = None,
    fixed: str = "",
    redacted: str = "",
    export: Mapping[InExport, str] | None = None,
    hidden: "Callable[[Member], models.Q] | None" = None,
    groups: str = "",
) -> None:
    """Class a model's columns: space-separated field names by what they hold.

    `title` names the rows for people who look for theirs. `words` gives each field's paths to its
    author, separated by spaces. `taken_back` names those that go with their author; `stays_if` says
    by which column a group made them its own. `copies` names texts that the program copies from
    elsewhere. `subject` names the two columns by which a row can be about
    anything, including a person. `blanked`, `replaced`, `fixed` and `redacted` say what happens to
    fields on erasing if that does not follow from what they hold; `export` says where the export
    differs; `hidden`: the rows it leaves out. `groups` names the paths to its groups if there is
    more than one way: a hold on a group asks all of them. ValueError: a field is named twice or not
    at all, or can't be erased.
    """
    said_by = {name: tuple(paths.split()) for name, paths in (words or {}).items()}
    replaced = dict.fromkeys(taken_back.split(), TAKEN_BACK) | dict(replaced or {})
    whats = _whats(
        model,
        whose,
        {
            What.NOTHING: nothing.split(),
            What.KEY: key.split(),
            What.FACT: fact.split(),
            What.IDENTITY: identity.split(),
            What.CONTACT: contact.split(),
            What.STANDING: standing.split(),
            What.MONEY: money.split(),
            What.TRACE: trace.split(),
            What.SECRET: lets_in.split(),
            What.RECORD: record.split(),
            What.WORDS: list(said_by),
        },
    )
    erasings = _named_once(
        {
            OnErasing.BLANKED: blanked.split(),
            OnErasing.REPLACED: list(replaced),
            OnErasing.FIXED: fixed.split(),
            OnErasing.REDACTED: redacted.split(),
        }
    )
    exports = _named_once({way: names.split() for way, names in (export or {}).items()})
    fields = {
        name: ClassedField(
            name,
            what,
            OnErasing.GOES if goes else _erasing(model, whose, name, what, erasings),
            exports.get(name, _export(whose, name, what)),
            said_by.get(name, ()),
            replaced.get(name, ""),
            (stays_if or {}).get(name, ""),
        )
        for name, what in whats.items()
    }
    named = {*erasings, *exports, *subject.split(), *copies.split(), *(stays_if or {})}
    if unknown := named - set(fields):
        raise ValueError(f"{model._meta.label} has no {', '.join(sorted(unknown))}")
    _keep(
        ClassedTable(
            model._meta.db_table,
            whose,
            kept,
            title,
            fields,
            model,
            goes,
            read_as,
            tuple(subject.split()),
            tuple(copies.split()),
            hidden,
            tuple(groups.split()),
        )
    )


def _keep(found: ClassedTable) -> None:
    if found.table in _by_table:
        raise ValueError(f"{found.table} is classed twice")
    _by_table[found.table] = found


def _named_once[K](named: Mapping[K, Iterable[str]]) -> dict[str, K]:
    """The argument that names each field. ValueError: two name the same."""
    found: dict[str, K] = {}
    for each, names in named.items():
        for name in names:
            if name in found:
                raise ValueError(f"{name} is named twice")
            found[name] = each
    return found


def _whats(
    model: type[models.Model], whose: Whose, named: Mapping[What, list[str]]
) -> dict[str, What]:
    by_name = _named_once(named)
    columns = {each.name: each for each in model._meta.local_concrete_fields}
    if unknown := set(by_name) - set(columns):
        raise ValueError(f"{model._meta.label} has no {', '.join(sorted(unknown))}")
    found = {name: by_name.get(name) or by_type(each, whose) for name, each in columns.items()}
    if unnamed := [name for name, what in found.items() if what is None]:
        raise ValueError(f"{model._meta.label}: what is {', '.join(unnamed)}?")
    return {name: what for name, what in found.items() if what is not None}


def by_type(column: "models.Field[Any, Any]", whose: Whose) -> What | None:
    """A column's kind by its type alone; None if it must be named."""
    if column.remote_field is not None:
        return What.PERSON if leads_to_person(column) else What.KEY
    if column.primary_key and isinstance(column, models.IntegerField | models.UUIDField):
        return What.KEY
    if isinstance(column, models.DateField):  # including DateTimeField
        return What.FACT if whose.of_people else What.NOTHING
    # The edit version, which prevents overwriting somebody else's change.
    if column.name == "version" and isinstance(column, models.IntegerField):
        return What.NOTHING
    return None


def people() -> tuple[type[models.Model], ...]:
    """The models whose rows are people: users and members."""
    return get_user_model(), apps.get_model("accounts", "Member")


def leads_to_person(column: "models.Field[Any, Any]") -> bool:
    """Whether it is a key to a member or a user."""
    return column.related_model in people()


def _erasing(
    model: type[models.Model],
    whose: Whose,
    name: str,
    what: What,
    named: Mapping[str, OnErasing],
) -> OnErasing:
    if name in named:
        return named[name]
    if what.is_text and not whose.of_people:
        return OnErasing.REDACTED
    if what is not What.PERSON and not whose.of_people:
        # It leads to nobody who could be erased.
        return OnErasing.UNTOUCHED
    found = _ERASING.get(what)
    if found is None:
        raise ValueError(f"{model._meta.label}: what becomes of {name} when somebody is erased?")
    return found


def _export(whose: Whose, name: str, what: What) -> InExport:
    if not whose.of_people and what not in (What.SECRET, What.RECORD):
        return InExport.NOBODYS
    if what is What.PERSON and name in whose.paths:
        return InExport.SELF
    return _EXPORT.get(what, InExport.YES)


def tables() -> Iterator[ClassedTable]:
    """All classed tables, each followed by its history."""
    for each in _by_table.values():
        yield each
        if (kept := history_of(each)) is not None:
            yield kept


def history_of(found: ClassedTable) -> ClassedTable | None:
    """The class of its history table: the row's, without what the history leaves out."""
    records = getattr(found.model, "history", None) if found.model else None
    if records is None:
        return None
    past: type[models.Model] = records.model
    kept = {each.name for each in past._meta.local_concrete_fields} - set(HISTORY)
    fields = {name: each for name, each in found.fields.items() if name in kept}
    for name, each in HISTORY.items():
        own = found.whose.of_people
        fields[name] = each if own else replace(each, export=InExport.NOBODYS)
    assert found.model is not None
    # Of a history the key is its own: that of the row is a column like others.
    row = found.model._meta.pk.name
    paths = tuple(row if path == "pk" else path for path in found.whose.paths)
    whose = replace(found.whose, paths=paths)
    table = past._meta.db_table
    return replace(found, table=table, whose=whose, fields=fields, model=past)
