"""Where keys of rows stand: the one register, from the catalog and from what is declared here.

Whoever copies an agency with other keys (an import, a bench that multiplies one) shifts exactly
these places. The catalog says which columns are keys of their table or of another; all others that
could hold keys are declared below, with the reason where they hold none. A test compares both with
the catalog, so that a new column is not forgotten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from django.db import models

from recovery.contents import Connection
from recovery.problems import NotPossible

# Steps through JSON: names with wildcards as in file names, or * for each item of a list.
Path = tuple[str, ...]
# Makes a text anew from the row's other columns, which are shifted already.
Renewal = Callable[[Mapping[str, str]], str]


class KeyPlace(Enum):
    """What a column holds, where it holds keys."""

    KEY = "a key: a number, a UUID, or a list of numbers"
    AGENCY = "the key of the agency"
    USER = "the key of an account"
    PATHS = "JSON with keys at declared paths"
    ROW = "a whole row as JSON, of the table that another column names"
    TEXT = "text with a key at its end"
    SEALED = "a digest or code that is unique in the whole installation"
    RENEWED = "text that is made anew from the row's keys"


# Keys that no constraint tells of: the row's kind stands beside them, or another app owns it.
KEYS = {
    "accounts_clip.ends_by",
    "accounts_clip.row",
    "accounts_consent.group_id",
    "accounts_pause.decision_id",
    "cells_ballot.choices",
    "cells_opportunity.origin_id",
    "cells_settlement.row",
    "cells_touched.row",
    "evidence_recordsalt.row",
    "evidence_sealremoval.row",
    "foundation_event.subject_id",
    "groups_cutseat.ends_by",
    "groups_decision.subject_id",
    "privacy_archivedrow.groups",
    "privacy_archivedrow.people",
    "privacy_denial.source",
    # These three are no keys of rows, but as unique.
    "accounts_invitation.seed",
    "notifications_email.message_id",
    "notifications_textmessage.key",
    "notifications_message.subject_id",
}
# Columns wide enough for a key that hold none.
NO_KEYS = {
    "accounts_invitation.batch": "what invitations of one list share; the list itself is gone",
    "accounts_peoplelist.batch": "what the invitations of the list share",
    "cells_baselinechange.made_in": "the number of the transaction that wrote the row",
}
# What an event's data calls the keys in it; and what it calls anything else.
IN_EVENTS = """
    attendances cell change closure decision decisions dialogue driver finding group into item leave
    made measure meeting member mention next opportunity owner parts period plan question rating
    replaces response review row subject_id to whole
"""
NOT_IN_EVENTS = """
    answer at_once case chart code count held hours ideas indicator invited kind language number of
    on outcome part2 place policy reason role round rows scope settled sheets since stage
    subject_type told until upheld votes what why words work
"""
# Lists of keys in an event's data.
_MANY: tuple[Path, ...] = (
    ("attendances", "*"),
    ("decisions", "*"),
    ("made", "*", "row"),
    ("parts", "*"),
)
_ONES: tuple[Path, ...] = (*((name,) for name in IN_EVENTS.split()), *_MANY)
PATHS: dict[str, tuple[Path, ...]] = {
    "cells_touched.before": (("*_id",),),
    "foundation_event.data": _ONES,
    "indicators_indicatorsnapshot.criteria": (("*", "evidence", "*", "1"),),
    "notifications_message.data": _ONES,
}
# Rows out of use, with the column that names their table.
ROWS = {"privacy_archivedrow.row": "place"}
# JSON without keys.
NO_PATHS = {
    "accounts_peoplelist.left_out": "words of the list",
    "accounts_peoplelist.result": "how many there were",
    "accounts_peoplelist.rows": "words of the list",
    "compensation_ledgerproof.findings": "codes of checks, and how often",
    "evidence_recordproof.findings": "codes, kinds, numbers of records and days",
    "foundation_policychange.value": "a number, a yes or a code",
    "indicators_indicatorsnapshot.settings": "values of policies",
    "measures_importdraft.answers": "how to import, in codes and words",
    "measures_importdraft.columns": "numbers of columns of the file",
    "measures_importdraft.head": "words of the file",
    "measures_importdraft.left_out": "numbers and words of the file",
    "measures_importdraft.result": "how many there were",
    "measures_importdraft.rows": "words of the file",
    "measures_importdraft.sheets": "words of the file",
    "privacy_mention.found": "words to remove",
    "satisfaction_answer.scores": "a number for each statement",
}
TEXTS = {"notifications_email.reason", "privacy_announcedrow.row", "privacy_mention.row"}
# Text that holds keys and stays as it is.
FIXED_TEXTS = {
    "indicators_frozensnapshot.text": "its checksum is printed on paper; nobody reads its keys",
}
SEALED = {
    "concerns_concern.receipt",
    "dialogues_voice.receipt",
    "dialogues_voicedoor.code",
    "groups_calendarfeed.token_digest",
    "satisfaction_surveycode.digest",
}
# Tables of an agency that stay behind.
STAYS = {
    "accounts_peoplelist": "an uploaded list goes within a day, and is brought again",
    "foundation_submission": "it leads second clicks on open pages to where the first one led; "
    "nobody has a page of this installation open",
}
_renewed: dict[str, Renewal] = {}

_COLUMNS = """
    SELECT c.relname, a.attname, pg_catalog.format_type(a.atttypid, NULL),
        COALESCE((
            SELECT array_agg(DISTINCT k.confrelid::regclass::text)
            FROM pg_catalog.pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey)
        ), '{}'),
        EXISTS (
            SELECT FROM pg_catalog.pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)
        )
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY c.relname, a.attname
"""
# Types that a key may have that anything leads to: a test holds it. Keys of histories are smaller
# numbers, and no row leads to them.
WIDE = ("bigint", "bigint[]", "uuid")
JSON = ("jsonb", "json")
_AGENCY, _USER = "foundation_agency", "accounts_user"
_PAST = "historical"


@dataclass(frozen=True)
class KeyColumn:
    """A column of the catalog: its type, the tables it leads to, whether it is its table's key."""

    table: str
    name: str
    type: str
    leads_to: frozenset[str]
    is_own_key: bool

    @property
    def declared_as(self) -> str:
        """What the lists above call it; a history's column is called as the live one is."""
        return f"{live(self.table)}.{self.name}"


def renew(model: type[models.Model], name: str, make: Renewal) -> None:
    """Make this text anew after the keys were shifted: it was computed from them.

    The function gets the row's other columns, as PostgreSQL writes them.
    """
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    _renewed[f"{model._meta.db_table}.{field.attname}"] = make


def renewals() -> Mapping[str, Renewal]:
    return dict(_renewed)


def live(table: str) -> str:
    """The table whose history this is; of any other, the table itself."""
    app, _, name = table.partition("_")
    return f"{app}_{name.removeprefix(_PAST)}"


def columns(connection: Connection) -> list[KeyColumn]:
    """All columns of the database that hold something of their own."""
    return [
        KeyColumn(table, name, kind, frozenset(leads_to), is_key)
        for table, name, kind, leads_to, is_key in connection.execute(_COLUMNS).fetchall()
    ]


def agency_tables(found: list[KeyColumn]) -> list[str]:
    """The tables of which an agency has its own rows, but for the agency's own."""
    named = {each.table for each in found if each.name == "agency_id"}
    return sorted(named - set(STAYS))


def counted(found: list[KeyColumn]) -> set[str]:
    """Keys that no row leads to, as "table.column": each database counts its own."""
    return {
        f"{each.table}.{each.name}" for each in found if each.is_own_key and each.type not in WIDE
    }


def register(found: list[KeyColumn]) -> dict[str, dict[str, KeyPlace]]:
    """Where keys stand, by table and column, in the tables of agencies.

    NotPossible: a column could hold keys, and nobody says whether it does.
    """
    tables = set(agency_tables(found))
    keys = _keys_of_live_rows(found)
    held: dict[str, dict[str, KeyPlace]] = {}
    for each in found:
        if each.table not in tables:
            continue
        holds = _holds(each, keys)
        if holds is not None:
            held.setdefault(each.table, {})[each.name] = holds
    return held


def undeclared(found: list[KeyColumn]) -> set[str]:
    """Columns that could hold keys while nobody says whether they do."""
    tables, keys = set(agency_tables(found)), _keys_of_live_rows(found)
    return {
        f"{each.table}.{each.name}"
        for each in found
        if each.table in tables and _is_open(each, keys)
    }


def _keys_of_live_rows(found: list[KeyColumn]) -> dict[str, frozenset[str]]:
    """Where each key column leads, for histories, which have no constraints."""
    return {
        f"{each.table}.{each.name}": each.leads_to
        for each in found
        if each.leads_to or each.is_own_key
    }


def _is_open(each: KeyColumn, keys: Mapping[str, frozenset[str]]) -> bool:
    if each.type in JSON:
        return each.declared_as not in {*PATHS, *ROWS, *NO_PATHS}
    return each.type in WIDE and not _known(each, keys) and each.declared_as not in NO_KEYS


def _known(each: KeyColumn, keys: Mapping[str, frozenset[str]]) -> bool:
    return (
        each.is_own_key
        or bool(each.leads_to)
        or each.declared_as in KEYS
        or each.declared_as in keys
        or each.name == "agency_id"
    )


def _holds(each: KeyColumn, keys: Mapping[str, frozenset[str]]) -> KeyPlace | None:
    if _is_open(each, keys):
        raise NotPossible(
            f"Nobody says whether {each.table}.{each.name} holds keys: declare it in "
            "recovery/moving/register.py."
        )
    name = each.declared_as
    leads_to = each.leads_to | keys.get(name, frozenset())
    if name in _renewed and live(each.table) == each.table:
        return KeyPlace.RENEWED
    if each.name == "agency_id":
        return KeyPlace.AGENCY
    if _USER in leads_to:
        return KeyPlace.USER
    if each.type in WIDE and _known(each, keys):
        return KeyPlace.KEY
    for holds, names in (
        (KeyPlace.PATHS, PATHS),
        (KeyPlace.ROW, ROWS),
        (KeyPlace.TEXT, TEXTS),
        (KeyPlace.SEALED, SEALED),
    ):
        if name in names:
            return holds
    return None
