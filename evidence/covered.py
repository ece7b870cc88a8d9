"""What is sealed: for each kind of record, the query for its facts, and its name.

A query gives, for the agency $1: the key of the row, which of its versions, the moment it was
recorded, and its facts as an array of texts, the kind first. Digests rest on exactly these texts:
dates as 2026-03-31, moments in UTC with microseconds, keys of other rows as their distance from
the agency's own key (`evidence_ref`), which stays the same when an agency moves and all keys shift.
A row whose words were lawfully taken out is sealed again as its next version, at that moment.

`recent` holds for all rows that came after the moment $3, and for few others. Each query stands in
the database too (`evidence_query`), where the sealing uses it; a test compares the two. Facts of a
kind are never changed: rows already sealed would no longer fit.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Versions of a row by the times its words were taken out, and when that was.
_RETOLD = """
    LEFT JOIN LATERAL (
        SELECT count(*) AS times, max(x.at) AS at FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = '{kind}' AND x."row" = kept.id
    ) AS retold ON true"""
_OR_RETOLD = """ OR kept.id IN (
        SELECT x."row" FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = '{kind}' AND x.at >= $3)"""
_FIRST = """
    LEFT JOIN LATERAL (
        SELECT min(h.history_date) AS at FROM public.{history} h
        WHERE h.agency_id = $1 AND h.id = kept.id{having}
    ) AS came ON true"""
_LATELY = """kept.id IN (
        SELECT h.id FROM public.{history} h WHERE h.agency_id = $1 AND h.history_date >= $3)"""


@dataclass(frozen=True)
class CoveredKind:
    """A kind of record: `table` holds its rows, `words` are columns that may be taken out."""

    code: str
    title: str | Promise
    table: str
    query: str
    recent: str
    words: tuple[str, ...] = ()

    def asked(self, only: str) -> str:
        """The query for the rows `kept` of this condition."""
        return self.query.replace("{only}", only)


POSTING = """
SELECT kept.id AS "row", 1 AS version, kept.at AS at, ARRAY[
    'posting', kept.kind, to_char(kept."on", 'YYYY-MM-DD'), public.evidence_moment(kept.at),
    public.evidence_ref($1, kept.claim_id), public.evidence_ref($1, kept.payment_id),
    public.evidence_ref($1, kept.reverses_id), public.evidence_ref($1, kept.by_id), (
        SELECT string_agg(concat_ws(' ', e.account, public.evidence_ref($1, e.member_id),
            e.debit::text, e.credit::text), '; ' ORDER BY e.account COLLATE "C")
        FROM public.compensation_entry e WHERE e.agency_id = $1 AND e.posting_id = kept.id
    )]::text[] AS facts
FROM public.compensation_posting kept WHERE kept.agency_id = $1 AND ({only})"""

SETTING = """
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, kept.made_at) AS at, ARRAY[
    'setting', kept.code, kept.value::text, to_char(kept.since, 'YYYY-MM-DD'), kept.reason,
    public.evidence_ref($1, kept.by_id), to_char(kept.made_on, 'YYYY-MM-DD'),
    public.evidence_moment(kept.made_at)]::text[] AS facts
FROM public.foundation_policychange kept{retold}
WHERE kept.agency_id = $1 AND ({only})"""

# Each version of a seat is a record. The newest one is read from the seat itself, so that a seat
# and its history can't say different things.
SEAT = """
SELECT kept.id AS "row", kept.version, kept.history_date AS at, ARRAY[
    'seat', kept.history_type, public.evidence_ref($1, told.group_id),
    public.evidence_ref($1, told.member_id), told.standing, told.employed_peer::text,
    told.voting::text, told.office, to_char(told.since, 'YYYY-MM-DD'),
    to_char(told.until, 'YYYY-MM-DD'), told.ending,
    CASE WHEN kept.newest AND live.id IS NULL AND kept.history_type <> '-' THEN 'not there' END
    ]::text[] AS facts
FROM (
    SELECT kept.*, row_number() OVER versions AS version,
        lead(kept.history_id) OVER versions IS NULL AS newest
    FROM public.groups_historicalseat kept WHERE kept.agency_id = $1 AND ({only})
    WINDOW versions AS (PARTITION BY kept.id ORDER BY kept.history_date, kept.history_id)
) AS kept
LEFT JOIN public.groups_seat live
    ON live.agency_id = $1 AND live.id = kept.id AND kept.newest AND kept.history_type <> '-'
CROSS JOIN LATERAL (
    SELECT kept.group_id, kept.member_id, kept.standing, kept.employed_peer, kept.voting,
        kept.office, kept.since, kept.until, kept.ending WHERE live.id IS NULL
    UNION ALL
    SELECT live.group_id, live.member_id, live.standing, live.employed_peer, live.voting,
        live.office, live.since, live.until, live.ending WHERE live.id IS NOT NULL
) AS told
UNION ALL
SELECT kept.id, 1, '-infinity'::timestamptz, ARRAY['seat', 'without a history']
FROM public.groups_seat kept WHERE kept.agency_id = $1 AND ({only}) AND NOT EXISTS (
    SELECT FROM public.groups_historicalseat h WHERE h.agency_id = $1 AND h.id = kept.id)"""

SNAPSHOT = """
SELECT kept.id AS "row", 1 AS version, kept.frozen_at AS at, ARRAY[
    'snapshot', to_char(kept.as_of, 'YYYY-MM-DD'),
    encode(sha256(convert_to(kept.text, 'UTF8')), 'hex'), kept.checksum,
    public.evidence_moment(kept.frozen_at), public.evidence_ref($1, kept.by_id)]::text[] AS facts
FROM public.indicators_frozensnapshot kept WHERE kept.agency_id = $1 AND ({only})"""

REVIEW = """
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, came.at, '-infinity') AS at, ARRAY[
    'review', to_char(kept.since, 'YYYY-MM-DD'), to_char(kept.until, 'YYYY-MM-DD'),
    to_char(kept.held_on, 'YYYY-MM-DD'), to_char(kept.closed_on, 'YYYY-MM-DD'),
    public.evidence_ref($1, kept.closed_by_id), public.evidence_ref($1, kept.snapshot_id),
    kept.summary, to_char(kept.sealed_day, 'YYYY-MM-DD'), kept.sealed_digest]::text[] AS facts
FROM public.oversight_review kept{retold}{came}
WHERE kept.agency_id = $1 AND kept.status = 'closed' AND ({only})"""

FINDING = """
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, came.at, '-infinity') AS at, ARRAY[
    'finding', public.evidence_ref($1, kept.review_id), kept.indicator, kept.kind, kept.text,
    public.evidence_ref($1, kept.recorded_by_id), to_char(kept.recorded_on, 'YYYY-MM-DD')
    ]::text[] AS facts
FROM public.oversight_finding kept{retold}{came}
WHERE kept.agency_id = $1 AND ({only})"""

RECOMMENDATION = """
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, came.at, '-infinity') AS at, ARRAY[
    'recommendation', public.evidence_ref($1, kept.finding_id), kept.year::text,
    kept.serial::text, kept.title, kept.text, public.evidence_ref($1, kept.owner_id),
    to_char(kept.due, 'YYYY-MM-DD'), to_char(kept.made_on, 'YYYY-MM-DD'),
    public.evidence_ref($1, kept.made_by_id)]::text[] AS facts
FROM public.oversight_recommendation kept{retold}{came}
WHERE kept.agency_id = $1 AND ({only})"""

DOCUMENT = """
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, came.at, '-infinity') AS at, ARRAY[
    'document', d.kind, kept.number::text, kept.form, kept.text, kept.text_equivalent,
    to_char(kept.in_force_on, 'YYYY-MM-DD'), public.evidence_ref($1, kept.drafted_by_id)
    ]::text[] || ARRAY(
        SELECT jsonb_build_array(s.position, s.name, s.who_decides, s.consumers, s.feedback,
            s.appeal, s.measure)::text
        FROM public.documents_processstep s
        WHERE s.agency_id = $1 AND s.process_id = kept.id ORDER BY s.position
    ) || ARRAY(
        SELECT jsonb_build_array('terms', t.seats_consumers, t.seats_family, t.seats_staff,
            t.seats_others, t.term_months, t.terms_in_a_row, t.quorum_percent, t.quorum_consumers,
            t.decides_by, t.chair, t.co_chair, t.note_taker, t.grounds, t.powers, t.budget,
            t.disputes, t.minutes_to_board, t.minutes_to_program, t.minutes_to_public)::text
        FROM public.documents_charterterms t
        WHERE t.agency_id = $1 AND t.charter_id = kept.id
    ) AS facts
FROM public.documents_version kept
    JOIN public.documents_document d ON d.agency_id = $1 AND d.id = kept.document_id{retold}{came}
WHERE kept.agency_id = $1 AND kept.in_force_on IS NOT NULL AND ({only})"""

REMOVAL = """
SELECT kept.id AS "row", 1 AS version, kept.at AS at, ARRAY[
    'removal', r.number::text, kept.kind, kept.reason, public.evidence_moment(kept.at)
    ]::text[] AS facts
FROM public.evidence_sealremoval kept
    JOIN public.evidence_sealedrecord r ON r.agency_id = $1 AND r.id = kept.record_id
WHERE kept.agency_id = $1 AND ({only})"""

# Keys are given out in order, but a row with a lower one can be written a little later.
_POSTED_LATELY = """kept.id > (
        SELECT COALESCE(max(s."row"), 0) - 1000 FROM public.evidence_recordsalt s
        WHERE s.agency_id = $1 AND s.kind = 'posting')"""


def _of(
    code: str,
    title: Promise,
    table: str,
    query: str,
    *words: str,
    history: str = "",
    having: str = "",
    recent: str = "",
) -> CoveredKind:
    """A kind; with a `history`, its rows came with their first version `having` something."""
    came = _FIRST.format(history=history, having=having) if history else ""
    query = query.replace("{retold}", _RETOLD.format(kind=code)).replace("{came}", came)
    recent = recent or _LATELY.format(history=history)
    if words:
        recent += _OR_RETOLD.format(kind=code)
    return CoveredKind(code, title, table, query, recent, words)


KINDS = {
    each.code: each
    for each in (
        _of(
            "posting",
            _("Posting of the ledger"),
            "compensation_posting",
            POSTING,
            recent=_POSTED_LATELY,
        ),
        _of(
            "setting",
            _("Change of a setting"),
            "foundation_policychange",
            SETTING,
            "reason",
            recent="kept.made_at >= $3",
        ),
        _of(
            "seat",
            _("Seat in a group"),
            "groups_seat",
            SEAT,
            recent=_LATELY.format(history="groups_historicalseat"),
        ),
        _of(
            "snapshot",
            _("Frozen numbers of a review"),
            "indicators_frozensnapshot",
            SNAPSHOT,
            recent="kept.frozen_at >= $3",
        ),
        _of(
            "review",
            _("Closed review"),
            "oversight_review",
            REVIEW,
            "summary",
            history="oversight_historicalreview",
            having=" AND h.status = 'closed'",
        ),
        _of(
            "finding",
            _("Finding of a review"),
            "oversight_finding",
            FINDING,
            "text",
            history="oversight_historicalfinding",
        ),
        _of(
            "recommendation",
            _("Recommendation"),
            "oversight_recommendation",
            RECOMMENDATION,
            "title",
            "text",
            history="oversight_historicalrecommendation",
        ),
        _of(
            "document",
            _("Document in force"),
            "documents_version",
            DOCUMENT,
            "text",
            "text_equivalent",
            history="documents_historicalversion",
            having=" AND h.in_force_on IS NOT NULL",
        ),
        _of(
            "removal",
            _("Note that a record was lawfully removed"),
            "evidence_sealremoval",
            REMOVAL,
            recent="kept.at >= $3",
        ),
    )
}
