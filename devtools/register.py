"""Draws the register of personal data into docs/personal-data.md, for privacy officers."""

import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.utils import translation

from accounts import access
from foundation import personal_data, retention
from foundation.personal_data import ClassedField, ClassedTable, InExport, OnErasing, What
from foundation.retention import RetentionClass

ROOT = Path(__file__).resolve().parents[1]
PATH = ROOT / "docs" / "personal-data.md"
HEAD = """# What is kept of people

Table by table: of whom its rows tell, how long they stay, what becomes of them when the person is
erased, and what the person gets who asks for all that is theirs. Drawn from the register in the
code by `manage.py personal_data`; edit the register. A test holds that every column of the database
is in it.

The schedule is a starting point. An agency can keep a class longer, and its state may ask for more.
Once an administrator has turned it on, what is over is taken out of use, and destroyed after some
time in which that can be undone. Some classes wait: the table says why.

What lies outside of the database is not in it: backups, the mailboxes that e-mail went to, the
log of the server. Whoever runs the portal says how long these are kept.
"""
MEANINGS = """
## How to read it

Keys, counts of edits and what tells of nobody are left out. An earlier version of a row (its
history) has the same class as the row and goes with it.

When somebody is erased, each column is one of these:

{erasing}
To the person who asks for all that is theirs, each column is one of these:

{export}
A row goes when its time is over and no row leads to it that has to stay longer. A hold suspends
what the schedule says, but for what is marked there. What leads to an account is of all agencies
that the person takes part in: it is erased with the last of them.
"""
# Left out of the tables.
LEFT_OUT = (What.NOTHING, What.KEY)


def written() -> str:
    """The whole page."""
    with translation.override("en"):
        parts = [HEAD, _meanings(), *_schedule(), *_of_people(), *_unnamed(), *_agencys()]
    return "\n".join(each.strip("\n") + "\n" for each in parts)


def _meanings() -> str:
    return MEANINGS.format(
        erasing="".join(f"- **{each.value}**: {_meant(each)}\n" for each in OnErasing),
        export="".join(f"- **{each.value}**: {_meant(each)}\n" for each in InExport),
    )


def _meant(value: OnErasing | InExport) -> str:
    """The docstring below a value in its enumeration."""
    source = inspect.getsource(type(value))
    return source.partition(f"{value.name} = ")[2].split('"""')[1]


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    names = list(head)
    return "\n".join([_row(*names), _row(*["---"] * len(names)), *(_row(*each) for each in rows)])


def _schedule() -> Iterator[str]:
    yield "## How long"
    classes = retention.schedule()
    yield _table(
        ["what", "starts at", "never less than", "the time counts", "rests on", "hold", "goes"],
        [
            [
                each.title,
                each.words,
                each.least.words if each.least else "",
                each.counts.value if each.usual else "",
                "; ".join(str(source.cites) for source in each.sources),
                "suspends it" if each.held else "does not",
                each.waits or ("yes" if each.usual else ""),
            ]
            for each in classes
        ],
    )
    sources = dict.fromkeys(source for each in classes for source in each.sources)
    yield "".join(f"- {source.cites}: {source.words}\n" for source in sources)


def _of_people() -> Iterator[str]:
    yield "## Of people"
    for each in personal_data.registered():
        if each.whose.of_people:
            yield _of_somebody(each)


def _of_somebody(found: ClassedTable) -> str:
    lines = [f"### {found.title}", "", f"`{found.table}`", ""]
    lines += [f"- Of: {_whose(found)}", f"- Kept: {_kept(found)}"]
    if found.goes:
        lines.append("- The whole row is deleted when the person is erased.")
    if personal_data.history_of(found):
        lines.append("- Each earlier version is kept with it.")
    if found.read_as:
        lines.append(f"- Who reads it is logged: “looked at {access.words(found.read_as)}”.")
    rows = _grouped(found)
    if rows:
        lines += ["", _table(["what", "columns", "when erased", "in their export"], rows)]
    return "\n".join(lines)


def _grouped(found: ClassedTable) -> list[list[str]]:
    """One line for all columns that share the same description."""
    groups: dict[tuple[What, OnErasing, InExport], list[ClassedField]] = {}
    for each in found.fields.values():
        if each.what not in LEFT_OUT:
            groups.setdefault((each.what, each.erasing, each.export), []).append(each)
    return [
        [what.value, _names(found, fields), _erased(erasing, fields), export.value]
        for (what, erasing, export), fields in groups.items()
    ]


def _erased(erasing: OnErasing, fields: list[ClassedField]) -> str:
    values = dict.fromkeys(each.value for each in fields if each.value)
    return (
        f"{erasing.value}: {', '.join(f'“{each}”' for each in values)}" if values else erasing.value
    )


def _names(found: ClassedTable, fields: Iterable[ClassedField]) -> str:
    """The columns, as their models name them in words."""
    if found.model is None:
        return ", ".join(each.name for each in fields)
    named = {each.name: each.verbose_name for each in found.model._meta.local_concrete_fields}
    return ", ".join(str(named[each.name]) for each in fields)


def _way(path: str) -> str:
    """ "claim__member" as "member of the claim"."""
    return " of the ".join(step.replace("_", " ") for step in reversed(path.split("__")))


def _whose(found: ClassedTable) -> str:
    if found.whose.listed:
        return f"the people whose keys stand in its “{found.whose.listed}”"
    if found.whose.beside:
        other = apps.get_model(found.whose.beside)._meta.verbose_name
        return f"whoever has the {other} with the same {_way(found.whose.named_by)}"
    ways = ["the person" if path == "pk" else _way(path) for path in found.whose.paths]
    return ", ".join(ways)


def _kept(found: ClassedTable) -> str:
    if found.kept.within:
        return f"as long as its {_way(found.kept.within)}"
    term = found.kept.term
    assert isinstance(term, RetentionClass)
    before, _, column = found.kept.since.rpartition("__")
    of_what = f" of the {_way(before)}" if before else ""
    counted = f", counted from “{column.replace('_', ' ')}”{of_what}" if column else ""
    whole = ". Goes as part of a whole" if found.kept.is_whole else ""
    ties = ", ".join(each.replace("_", " ") for each in found.kept.ties)
    ties = f". Goes only with its {ties}" if ties else ""
    last = found.kept.last_of
    last = f". The last row of each {last} stays" if last else ""
    return f"{term.words}{counted} ({term.title}){last}{whole}{ties}"


def _unnamed() -> Iterator[str]:
    yield "## Of people whom nothing leads to"
    yield (
        "Nobody is erased here and nothing is exported, since nobody can say whose it is. Words may"
        " name somebody else: then a person looks at them."
    )
    yield _table(
        ["", "table", "columns", "kept"],
        [
            [each.title, f"`{each.table}`", _shown(each), _kept(each)]
            for each in personal_data.registered()
            if each.whose.unnamed
        ],
    )


def _agencys() -> Iterator[str]:
    own = [
        each
        for each in personal_data.registered()
        if not (each.whose.of_people or each.whose.unnamed)
    ]
    yield "## The agency’s own"
    yield (
        "Rows that tell of no person. In some somebody wrote freely, and anybody may be named: when"
        " somebody is erased, a person looks for them there. Who acted stands beside it, and"
        " becomes a former member."
    )
    telling = [each for each in own if each.texts() or _actors(each)]
    yield _table(
        ["", "table", "free text", "who acted", "kept"],
        [
            [t.title, f"`{t.table}`", _names(t, t.texts()), _names(t, _actors(t)), _kept(t)]
            for t in telling
        ],
    )
    others = [each for each in own if each not in telling]
    plain = [each for each in others if not _shown(each)]
    told = ", ".join(f"{each.title} (`{each.table}`)" for each in plain)
    yield f"Neither text nor people: {told}."
    yield _table(
        ["", "table", "columns", "kept"],
        [[t.title, f"`{t.table}`", _shown(t), _kept(t)] for t in others if t not in plain],
    )


def _actors(found: ClassedTable) -> list[ClassedField]:
    return [each for each in found.fields.values() if each.what is What.PERSON]


def _shown(found: ClassedTable) -> str:
    shown = [each for each in found.fields.values() if each.what not in LEFT_OUT]
    return ", ".join(f"{_names(found, [each])} ({each.what.value})" for each in shown)
