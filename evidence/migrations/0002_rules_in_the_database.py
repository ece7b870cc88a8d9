"""What is sealed and how: functions of the owner write the seals, and nobody else."""

from django.db import migrations

from foundation import walls

HELPERS = """
-- The key of another row as its distance from the agency's, among the keys there are: an agency
-- that moves has all its keys shifted by one number (recovery/moving).
CREATE FUNCTION public.evidence_ref(agency bigint, key bigint) RETURNS text
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT mod(key - agency + 9007199254740991, 9007199254740991)::text
$$;
CREATE FUNCTION public.evidence_moment(at timestamptz) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
$$;
"""

# As in evidence/covered.py when this was written: the facts of each kind, and which rows are new.
QUERIES = {
    "posting": ("""
SELECT kept.id AS "row", 1 AS version, kept.at AS at, ARRAY[
    'posting', kept.kind, to_char(kept."on", 'YYYY-MM-DD'), public.evidence_moment(kept.at),
    public.evidence_ref($1, kept.claim_id), public.evidence_ref($1, kept.payment_id),
    public.evidence_ref($1, kept.reverses_id), public.evidence_ref($1, kept.by_id), (
        SELECT string_agg(concat_ws(' ', e.account, public.evidence_ref($1, e.member_id),
            e.debit::text, e.credit::text), '; ' ORDER BY e.account COLLATE "C")
        FROM public.compensation_entry e WHERE e.agency_id = $1 AND e.posting_id = kept.id
    )]::text[] AS facts
FROM public.compensation_posting kept WHERE kept.agency_id = $1 AND ({only})""", """kept.id > (
        SELECT COALESCE(max(s."row"), 0) - 1000 FROM public.evidence_recordsalt s
        WHERE s.agency_id = $1 AND s.kind = 'posting')"""),
    "setting": ("""
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, kept.made_at) AS at, ARRAY[
    'setting', kept.code, kept.value::text, to_char(kept.since, 'YYYY-MM-DD'), kept.reason,
    public.evidence_ref($1, kept.by_id), to_char(kept.made_on, 'YYYY-MM-DD'),
    public.evidence_moment(kept.made_at)]::text[] AS facts
FROM public.foundation_policychange kept
    LEFT JOIN LATERAL (
        SELECT count(*) AS times, max(x.at) AS at FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'setting' AND x."row" = kept.id
    ) AS retold ON true
WHERE kept.agency_id = $1 AND ({only})""", """kept.made_at >= $3 OR kept.id IN (
        SELECT x."row" FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'setting' AND x.at >= $3)"""),
    "seat": ("""
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
    SELECT FROM public.groups_historicalseat h WHERE h.agency_id = $1 AND h.id = kept.id)""", """kept.id IN (
        SELECT h.id FROM public.groups_historicalseat h WHERE h.agency_id = $1 AND h.history_date >= $3)"""),
    "snapshot": ("""
SELECT kept.id AS "row", 1 AS version, kept.frozen_at AS at, ARRAY[
    'snapshot', to_char(kept.as_of, 'YYYY-MM-DD'),
    encode(sha256(convert_to(kept.text, 'UTF8')), 'hex'), kept.checksum,
    public.evidence_moment(kept.frozen_at), public.evidence_ref($1, kept.by_id)]::text[] AS facts
FROM public.indicators_frozensnapshot kept WHERE kept.agency_id = $1 AND ({only})""", """kept.frozen_at >= $3"""),
    "review": ("""
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, came.at, '-infinity') AS at, ARRAY[
    'review', to_char(kept.since, 'YYYY-MM-DD'), to_char(kept.until, 'YYYY-MM-DD'),
    to_char(kept.held_on, 'YYYY-MM-DD'), to_char(kept.closed_on, 'YYYY-MM-DD'),
    public.evidence_ref($1, kept.closed_by_id), public.evidence_ref($1, kept.snapshot_id),
    kept.summary, to_char(kept.sealed_day, 'YYYY-MM-DD'), kept.sealed_digest]::text[] AS facts
FROM public.oversight_review kept
    LEFT JOIN LATERAL (
        SELECT count(*) AS times, max(x.at) AS at FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'review' AND x."row" = kept.id
    ) AS retold ON true
    LEFT JOIN LATERAL (
        SELECT min(h.history_date) AS at FROM public.oversight_historicalreview h
        WHERE h.agency_id = $1 AND h.id = kept.id AND h.status = 'closed'
    ) AS came ON true
WHERE kept.agency_id = $1 AND kept.status = 'closed' AND ({only})""", """kept.id IN (
        SELECT h.id FROM public.oversight_historicalreview h WHERE h.agency_id = $1 AND h.history_date >= $3) OR kept.id IN (
        SELECT x."row" FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'review' AND x.at >= $3)"""),
    "finding": ("""
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, came.at, '-infinity') AS at, ARRAY[
    'finding', public.evidence_ref($1, kept.review_id), kept.indicator, kept.kind, kept.text,
    public.evidence_ref($1, kept.recorded_by_id), to_char(kept.recorded_on, 'YYYY-MM-DD')
    ]::text[] AS facts
FROM public.oversight_finding kept
    LEFT JOIN LATERAL (
        SELECT count(*) AS times, max(x.at) AS at FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'finding' AND x."row" = kept.id
    ) AS retold ON true
    LEFT JOIN LATERAL (
        SELECT min(h.history_date) AS at FROM public.oversight_historicalfinding h
        WHERE h.agency_id = $1 AND h.id = kept.id
    ) AS came ON true
WHERE kept.agency_id = $1 AND ({only})""", """kept.id IN (
        SELECT h.id FROM public.oversight_historicalfinding h WHERE h.agency_id = $1 AND h.history_date >= $3) OR kept.id IN (
        SELECT x."row" FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'finding' AND x.at >= $3)"""),
    "recommendation": ("""
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, came.at, '-infinity') AS at, ARRAY[
    'recommendation', public.evidence_ref($1, kept.finding_id), kept.year::text,
    kept.serial::text, kept.title, kept.text, public.evidence_ref($1, kept.owner_id),
    to_char(kept.due, 'YYYY-MM-DD'), to_char(kept.made_on, 'YYYY-MM-DD'),
    public.evidence_ref($1, kept.made_by_id)]::text[] AS facts
FROM public.oversight_recommendation kept
    LEFT JOIN LATERAL (
        SELECT count(*) AS times, max(x.at) AS at FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'recommendation' AND x."row" = kept.id
    ) AS retold ON true
    LEFT JOIN LATERAL (
        SELECT min(h.history_date) AS at FROM public.oversight_historicalrecommendation h
        WHERE h.agency_id = $1 AND h.id = kept.id
    ) AS came ON true
WHERE kept.agency_id = $1 AND ({only})""", """kept.id IN (
        SELECT h.id FROM public.oversight_historicalrecommendation h WHERE h.agency_id = $1 AND h.history_date >= $3) OR kept.id IN (
        SELECT x."row" FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'recommendation' AND x.at >= $3)"""),
    "document": ("""
SELECT kept.id AS "row", 1 + retold.times AS version,
    COALESCE(retold.at, came.at, '-infinity') AS at, ARRAY[
    'document', d.kind, kept.number::text, kept.form, kept.text, kept.text_equivalent,
    to_char(kept.in_force_on, 'YYYY-MM-DD'), public.evidence_ref($1, kept.drafted_by_id)
    ]::text[] AS facts
FROM public.documents_version kept
    JOIN public.documents_document d ON d.agency_id = $1 AND d.id = kept.document_id
    LEFT JOIN LATERAL (
        SELECT count(*) AS times, max(x.at) AS at FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'document' AND x."row" = kept.id
    ) AS retold ON true
    LEFT JOIN LATERAL (
        SELECT min(h.history_date) AS at FROM public.documents_historicalversion h
        WHERE h.agency_id = $1 AND h.id = kept.id AND h.in_force_on IS NOT NULL
    ) AS came ON true
WHERE kept.agency_id = $1 AND kept.in_force_on IS NOT NULL AND ({only})""", """kept.id IN (
        SELECT h.id FROM public.documents_historicalversion h WHERE h.agency_id = $1 AND h.history_date >= $3) OR kept.id IN (
        SELECT x."row" FROM public.evidence_sealremoval x
        WHERE x.agency_id = $1 AND x.kind = 'document' AND x.at >= $3)"""),
    "removal": ("""
SELECT kept.id AS "row", 1 AS version, kept.at AS at, ARRAY[
    'removal', r.number::text, kept.kind, kept.reason, public.evidence_moment(kept.at)
    ]::text[] AS facts
FROM public.evidence_sealremoval kept
    JOIN public.evidence_sealedrecord r ON r.agency_id = $1 AND r.id = kept.record_id
WHERE kept.agency_id = $1 AND ({only})""", """kept.at >= $3"""),
}


def _case(place: int) -> str:
    return "\n".join(f"WHEN '{code}' THEN $q${told[place]}$q$" for code, told in QUERIES.items())


QUERY = f"""
CREATE FUNCTION public.evidence_query(kind text) RETURNS text
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE kind {_case(0)} END
$$;
CREATE FUNCTION public.evidence_recent(kind text) RETURNS text
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE kind {_case(1)} END
$$;
CREATE FUNCTION public.evidence_kinds() RETURNS text[]
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ARRAY[{", ".join(f"'{code}'" for code in QUERIES)}]
$$;
"""

SEAL = """
-- Seal what was recorded up to the end of a day, and take its head; returns how many records.
-- `whole` looks among all rows, not only among recent ones. A day is sealed only after the next one
-- is over, by the database's clock, and days in their order.
CREATE FUNCTION public.evidence_seal(of_day date, whole boolean) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    zone text;
    last public.evidence_recordhead;
    ends timestamptz;
    first integer;
    found text;
    digests text[];
    late_ones integer;
BEGIN
    SELECT a.timezone INTO zone FROM public.foundation_agency a WHERE a.id = entered
        FOR NO KEY UPDATE;
    SELECT * INTO last FROM public.evidence_recordhead h WHERE h.agency_id = entered
        ORDER BY h.day DESC LIMIT 1;
    IF zone IS NULL OR of_day + 1 >= (now() AT TIME ZONE zone)::date
        OR of_day <> last.day + 1
    THEN
        RAISE EXCEPTION 'the day % is not the next one to seal', of_day
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    ends := greatest((of_day + 1)::timestamp AT TIME ZONE zone, last.through);
    SELECT COALESCE(max(r.number), 0) INTO first FROM public.evidence_sealedrecord r
        WHERE r.agency_id = entered;
    SELECT string_agg(format(
        'SELECT %L AS kind, f."row", f.version, f.at, f.facts FROM (%s) AS f WHERE f.at < $4'
        ' AND NOT EXISTS (SELECT FROM public.evidence_recordsalt s WHERE s.agency_id = $1'
        ' AND s.kind = %1$L AND s."row" = f."row" AND s.version = f.version)',
        kind, replace(public.evidence_query(kind), '{only}',
            CASE WHEN whole OR last.day IS NULL THEN 'true' ELSE public.evidence_recent(kind) END)
    ), ' UNION ALL ') INTO found FROM unnest(public.evidence_kinds()) AS kind;
    EXECUTE format($q$
        WITH found AS MATERIALIZED (
            SELECT f.*, encode(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 'hex')
                AS salt FROM (%s) AS f
        ), hashed AS MATERIALIZED (
            SELECT f.*, encode(sha256(decode(f.salt, 'hex')
                || convert_to(to_jsonb(f.facts)::text, 'UTF8')), 'hex') AS digest FROM found f
        ), numbered AS MATERIALIZED (
            SELECT h.*, $5 + row_number() OVER (ORDER BY h.digest COLLATE "C") AS number
            FROM hashed h
        ), records AS (
            INSERT INTO public.evidence_sealedrecord (agency_id, number, kind, day, late, digest)
            SELECT $1, n.number, n.kind, $6, COALESCE(n.at < $7, false), n.digest
            FROM numbered n ORDER BY n.number RETURNING id, number, digest, late
        ), salts AS (
            INSERT INTO public.evidence_recordsalt (agency_id, record_id, kind, "row", version, salt)
            SELECT $1, r.id, n.kind, n."row", n.version, n.salt
            FROM numbered n JOIN records r USING (number) ORDER BY n.number
        )
        SELECT COALESCE(array_agg(r.digest ORDER BY r.digest COLLATE "C"), '{}'),
            count(*) FILTER (WHERE r.late) FROM records r
    $q$, found) INTO digests, late_ones
        USING entered, NULL::bigint[], last.through - interval '1 day', ends, first, of_day,
            last.through;
    INSERT INTO public.evidence_recordhead
        (agency_id, day, through, records, late, digest, taken_at)
    VALUES (entered, of_day, ends, cardinality(digests), late_ones, encode(sha256(convert_to(
        array_to_string(ARRAY[COALESCE(last.digest, repeat('0', 64)), to_char(of_day, 'YYYY-MM-DD')]
            || digests, E'\n'), 'UTF8')), 'hex'), now());
    RETURN cardinality(digests);
END
$$;
REVOKE EXECUTE ON FUNCTION public.evidence_seal(date, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.evidence_seal(date, boolean) TO cqi_app;
"""

UNLINK = """
-- Let a row's salts go, with the reason. Only functions of the owner do. Whoever destroyed the row
-- has asked retention_is_held.
CREATE FUNCTION public.evidence_unlink(agency bigint, of_kind text, key bigint, why text)
    RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    WITH gone AS (
        DELETE FROM public.evidence_recordsalt s
        WHERE s.agency_id = agency AND s.kind = of_kind AND s."row" = key RETURNING s.record_id
    )
    INSERT INTO public.evidence_sealremoval (agency_id, record_id, kind, "row", reason, at)
    SELECT agency, g.record_id, of_kind, CASE why WHEN 'words' THEN key END, why, now() FROM gone g
$$;
REVOKE EXECUTE ON FUNCTION public.evidence_unlink(bigint, text, bigint, text) FROM PUBLIC;

-- A row was deleted, or the words in it were taken out. What the schedule only put aside can come
-- back: its salt stays until that is destroyed.
CREATE FUNCTION public.evidence_row_went() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF CURRENT_USER = SESSION_USER THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        PERFORM public.evidence_unlink(OLD.agency_id, TG_ARGV[0], OLD.id, 'words');
    ELSIF TG_ARGV[0] <> 'snapshot' OR NOT EXISTS (
        SELECT FROM public.privacy_archivedrow a WHERE a.agency_id = OLD.agency_id
            AND a.place = TG_TABLE_NAME AND (a."row" ->> 'id')::bigint = OLD.id)
    THEN
        PERFORM public.evidence_unlink(OLD.agency_id, TG_ARGV[0], OLD.id, 'schedule');
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION public.evidence_archived_row_went() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF CURRENT_USER <> SESSION_USER THEN
        PERFORM public.evidence_unlink(
            OLD.agency_id, 'snapshot', (OLD."row" ->> 'id')::bigint, 'schedule');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER snapshot_leaves_its_seal AFTER DELETE ON public.privacy_archivedrow
    FOR EACH ROW WHEN (OLD.place = 'indicators_frozensnapshot'
        AND current_setting('cqi.undoing', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION public.evidence_archived_row_went();

-- Which of these frozen snapshots are put aside by the schedule, and can come back.
CREATE FUNCTION public.evidence_put_aside(keys bigint[]) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (a."row" ->> 'id')::bigint FROM public.privacy_archivedrow a
    WHERE a.agency_id = NULLIF(current_setting('cqi.agency', true), '')::bigint
        AND a.place = 'indicators_frozensnapshot' AND (a."row" ->> 'id')::bigint = ANY(keys)
$$;
REVOKE EXECUTE ON FUNCTION public.evidence_put_aside(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.evidence_put_aside(bigint[]) TO cqi_app;
"""

# The table whose rows go when a record does: for seats, their versions.
WATCHED = {
    "posting": ("compensation_posting", ()),
    "setting": ("foundation_policychange", ("reason",)),
    "seat": ("groups_historicalseat", ()),
    "snapshot": ("indicators_frozensnapshot", ()),
    "review": ("oversight_review", ("summary",)),
    "finding": ("oversight_finding", ("text",)),
    "recommendation": ("oversight_recommendation", ("title", "text")),
    "document": ("documents_version", ("text", "text_equivalent")),
}


def _watching() -> str:
    statements = []
    for kind, (table, words) in WATCHED.items():
        statements.append(f"""
CREATE TRIGGER row_leaves_its_seal AFTER DELETE ON public.{table}
    FOR EACH ROW WHEN (current_setting('cqi.erasing', true) = 'on')
    EXECUTE FUNCTION public.evidence_row_went('{kind}');
""")
        if words:
            old = ", ".join(f"OLD.{each}" for each in words)
            new = ", ".join(f"NEW.{each}" for each in words)
            statements.append(f"""
CREATE TRIGGER words_leave_their_seal AFTER UPDATE OF {", ".join(words)} ON public.{table}
    FOR EACH ROW WHEN (current_setting('cqi.erasing', true) = 'on'
        AND ROW({old}) IS DISTINCT FROM ROW({new}))
    EXECUTE FUNCTION public.evidence_row_went('{kind}');
""")
    return "".join(statements)


GUARDS = """
-- Not even their owner changes or deletes them, but for the functions above.
CREATE FUNCTION public.evidence_salt_is_kept() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND CURRENT_USER <> SESSION_USER THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the salt of a record goes only with its row'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER salt_is_kept BEFORE UPDATE OR DELETE ON public.evidence_recordsalt
    FOR EACH ROW EXECUTE FUNCTION public.evidence_salt_is_kept();
CREATE TRIGGER salt_is_kept_truncate BEFORE TRUNCATE ON public.evidence_recordsalt
    FOR EACH STATEMENT EXECUTE FUNCTION public.evidence_salt_is_kept();
REVOKE UPDATE, DELETE, TRUNCATE ON public.evidence_recordsalt FROM cqi_app;
REVOKE INSERT ON public.evidence_sealedrecord, public.evidence_recordsalt,
    public.evidence_sealremoval, public.evidence_recordhead FROM cqi_app;
REVOKE DELETE, TRUNCATE ON public.evidence_recordproof FROM cqi_app;
"""

REVIEW = """
-- A review closes over a head that there is, and keeps it.
CREATE FUNCTION public.evidence_review_keeps_its_seal() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'closed' THEN
        RAISE EXCEPTION 'the seal of a closed review is never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.evidence_recordhead h WHERE h.agency_id = NEW.agency_id
            AND h.day = NEW.sealed_day AND h.digest = NEW.sealed_digest
            AND NOT EXISTS (SELECT FROM public.evidence_recordhead n
                WHERE n.agency_id = NEW.agency_id AND n.day > h.day)
    ) THEN
        RAISE EXCEPTION 'a review closes over the newest head of the record'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER review_begins_with_its_seal BEFORE INSERT ON public.oversight_review
    FOR EACH ROW WHEN (NEW.sealed_digest <> '')
    EXECUTE FUNCTION public.evidence_review_keeps_its_seal();
CREATE TRIGGER review_keeps_its_seal BEFORE UPDATE ON public.oversight_review
    FOR EACH ROW WHEN (
        (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on' OR CURRENT_USER = SESSION_USER)
        AND ROW(OLD.sealed_day, OLD.sealed_digest)
            IS DISTINCT FROM ROW(NEW.sealed_day, NEW.sealed_digest))
    EXECUTE FUNCTION public.evidence_review_keeps_its_seal();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
        ("compensation", "0060_special_cases"),
        ("documents", "0002_rules_in_the_database"),
        ("groups", "0015_since_when_a_meeting_has_its_date"),
        ("indicators", "0003_marks_by_indicator"),
        ("oversight", "0003_reviews_keep_the_seal"),
        ("privacy", "0070_special_cases"),
    ]

    operations = [
        migrations.RunSQL(HELPERS, migrations.RunSQL.noop),
        migrations.RunSQL(QUERY, migrations.RunSQL.noop),
        migrations.RunSQL(SEAL, migrations.RunSQL.noop),
        migrations.RunSQL(UNLINK, migrations.RunSQL.noop),
        migrations.RunSQL(_watching(), migrations.RunSQL.noop),
        walls.AppendOnly("SealedRecord", "SealRemoval", "RecordHead"),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.RunSQL(REVIEW, migrations.RunSQL.noop),
    ]
