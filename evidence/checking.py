"""Reads sealed rows again, and finds what does not fit: changed, left out, added.

Digests and heads are computed here anew, in Python, and not by the functions that made them:

- a record's digest is the SHA-256 of its salt (32 bytes), followed by its facts: a JSON array of
  texts in UTF-8, with a space after each comma (`covered` says which facts);
- a day's head is the SHA-256 of lines of text: the head before (64 zeros for the first), the day,
  and the digests of its records in ascending order, all in hexadecimal.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched, groupby

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evidence import printed
from evidence.covered import KINDS, CoveredKind
from evidence.models import RecordHead, RecordProof
from foundation.models import Agency

FINDING_WORDS: dict[str, Promise] = {
    "day": _("This day has no seal."),
    "head": _("The seal of this day does not fit the day’s records."),
    "changed": _("This record was changed after it was sealed."),
    "gone": _("This record is gone, and no rule says that it should be."),
    "unlinked": _("Nothing leads to this record any more, and no rule says why."),
    "unsealed": _("This record was added to a day that was sealed already."),
    "late": _("This record is from an earlier day, but was not there when that was sealed."),
    "printed": _("The words printed in this review are not those of its day."),
    "rewritten": _("The seal of this day is another one than when it was last checked."),
}
FIRST_OF_ALL = "0" * 64
# Rows read at a time.
_CHUNK = 2000
_RECORDS = """
    SELECT r.number, r.kind, r.day, r.late, r.digest, s."row", s.version, s.salt, x.reason
    FROM evidence_sealedrecord r
    LEFT JOIN evidence_recordsalt s ON s.agency_id = r.agency_id AND s.record_id = r.id
        AND s.kind = r.kind
    LEFT JOIN evidence_sealremoval x ON x.agency_id = r.agency_id AND x.record_id = r.id
        AND x.kind = r.kind
    WHERE r.agency_id = %(agency)s AND r.day >= %(since)s ORDER BY r.day, r.number
"""


@dataclass(frozen=True)
class NotWhole:
    """What does not fit: the code of why, the kind of record, its number and day, its row's key."""

    day: date
    code: str
    kind: str = ""
    number: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Sealed:
    """A sealed record, with what leads to its row unless that is gone."""

    number: int
    kind: str
    day: date
    late: bool
    digest: str
    row: int | None
    version: int | None
    salt: str | None
    reason: str | None


type Facts = Sequence[str | None]
type Version = tuple[int, int]


def digest_of(salt: str, facts: Facts) -> str:
    """The digest of a record."""
    text = json.dumps(list(facts), ensure_ascii=False)
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def head_of(before: str, day: date, digests: Iterable[str]) -> str:
    """The head of a day."""
    lines = "\n".join((before, day.isoformat(), *sorted(digests)))
    return hashlib.sha256(lines.encode()).hexdigest()


def check(agency: Agency, since: date | None = None) -> list[NotWhole]:
    """What does not fit, the earliest day first; from a day on, or of the whole record.

    Only of the whole record are rows found that were added behind its back. Two queries, two for
    each kind of record and 2,000 of its rows.
    """
    records = _records(agency, since)
    found = [
        *_of_heads(agency, since, records),
        *_of_records(agency, records),
        *_of_what_was_told(agency),
    ]
    if since is None:
        found += _unsealed(agency)
    return sorted(found, key=lambda each: (each.day, each.number or 0, each.code, each.kind))


def _records(agency: Agency, since: date | None) -> list[Sealed]:
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, {"agency": agency.pk, "since": since or date.min})
        return [Sealed(*row) for row in cursor.fetchall()]


def _of_heads(agency: Agency, since: date | None, records: Sequence[Sealed]) -> Iterator[NotWhole]:
    """Days without a head, and heads that are not those of their records."""
    digests = {
        day: [each.digest for each in those]
        for day, those in groupby(records, key=lambda each: each.day)
    }
    heads = RecordHead.objects.within(agency).order_by("day").values_list("day", "digest")
    before, expected = FIRST_OF_ALL, None
    if since is not None:
        last = heads.filter(day__lt=since).last()
        heads = heads.filter(day__gte=since)
        if last is not None:
            before, expected = last[1], last[0] + timedelta(days=1)
    for day, digest in heads:
        if expected is not None and day > expected:
            yield NotWhole(expected, "day")
        if digest != head_of(before, day, digests.pop(day, ())):
            yield NotWhole(day, "head")
        before, expected = digest, day + timedelta(days=1)
    # Records of days whose heads are gone.
    yield from (NotWhole(day, "day") for day in digests)


def _of_records(agency: Agency, records: Sequence[Sealed]) -> Iterator[NotWhole]:
    """Records that were added late, and those whose rows say something else, or are gone."""
    linked: dict[str, list[Sealed]] = {}
    for each in records:
        if each.late:
            yield NotWhole(each.day, "late", each.kind, each.number, each.row)
        if each.row is not None:
            linked.setdefault(each.kind, []).append(each)
        elif each.reason is None:
            yield NotWhole(each.day, "unlinked", each.kind, each.number)
    for code, those in linked.items():
        for some in batched(those, _CHUNK):
            yield from _of_rows(agency, code, some)


def _of_rows(agency: Agency, code: str, records: Sequence[Sealed]) -> Iterator[NotWhole]:
    kind = KINDS.get(code)
    keys = [each.row for each in records if each.row is not None]
    facts = {} if kind is None else _facts(agency, kind, keys)
    gone = [key for key in keys if code == "snapshot" and (key, 1) not in facts]
    aside = _put_aside(gone) if gone else set()
    for each in records:
        assert each.row is not None
        assert each.version is not None
        assert each.salt is not None
        said = facts.get((each.row, each.version))
        if said is None:
            if each.row not in aside:
                yield NotWhole(each.day, "gone", code, each.number, each.row)
        elif digest_of(each.salt, said) != each.digest:
            yield NotWhole(each.day, "changed", code, each.number, each.row)


def _named(query: str) -> str:
    """The query with named parameters, as Django's cursor takes them."""
    return query.replace("$1", "%(agency)s").replace("$2", "%(keys)s")


def _facts(agency: Agency, kind: CoveredKind, keys: Sequence[int]) -> Mapping[Version, Facts]:
    query = _named(kind.asked("kept.id = ANY($2)"))
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT f."row", f.version, f.facts FROM ({query}) AS f',  # noqa: S608 - our own
            {"agency": agency.pk, "keys": list(keys)},
        )
        return {(row, version): facts for row, version, facts in cursor.fetchall()}


def _put_aside(keys: Sequence[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence_put_aside(%s)", [list(keys)])
        return {key for (key,) in cursor.fetchall()}


def _unsealed(agency: Agency) -> Iterator[NotWhole]:
    """Rows that say they are from sealed days, and are in none."""
    last = RecordHead.objects.within(agency).newest_first().first()
    if last is None:
        return
    for code, kind in KINDS.items():
        query = _named(kind.asked("true"))
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT f."row", CASE WHEN isfinite(f.at) THEN f.at END'  # noqa: S608 - our own
                f" FROM ({query}) AS f WHERE f.at < %(through)s AND NOT EXISTS ("
                "SELECT FROM evidence_recordsalt s WHERE s.agency_id = %(agency)s"
                ' AND s.kind = %(kind)s AND s."row" = f."row" AND s.version = f.version)'
                ' ORDER BY f."row"',
                {"agency": agency.pk, "through": last.through, "kind": code},
            )
            rows = cursor.fetchall()
        for row, at in rows:
            day = last.day if at is None else agency.date_of(at)
            yield NotWhole(day, "unsealed", code, None, row)


def _of_what_was_told(agency: Agency) -> Iterator[NotWhole]:
    """Heads that are others than those printed, or than the last one that was checked."""
    told: list[tuple[str, date, str, int | None]] = [
        ("printed", each.day, each.digest, each.row) for each in printed.of(agency)
    ]
    proof = RecordProof.objects.within(agency).first()
    if proof is not None and proof.day is not None:
        told.append(("rewritten", proof.day, proof.digest, None))
    days = {day for _code, day, _digest, _row in told}
    heads = RecordHead.objects.within(agency).filter(day__in=days)
    there = dict(heads.values_list("day", "digest"))
    for code, day, digest, row in told:
        if there.get(day) != digest:
            yield NotWhole(day, code, "review" if code == "printed" else "", None, row)
