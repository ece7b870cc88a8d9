"""All days that are due are sealed by one statement; a single day is as it was."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("evidence.migrations.0002_rules_in_the_database").SEAL

# A record belongs to the first day whose end it came before. One that was overlooked before is
# sealed with the last day, when it was found.
SEAL = """
-- Seal what was recorded after the last head up to the end of a day, and take the head of each day
-- (the first time, of this one alone); returns how many records. `whole` looks among all rows, not
-- only among recent ones. A day is sealed only after the next one is over, by the database's clock.
CREATE OR REPLACE FUNCTION public.evidence_seal(of_day date, whole boolean) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    zone text;
    last public.evidence_recordhead;
    before text;
    days date[];
    ends timestamptz[];
    first integer;
    found text;
    number_of integer[];
    late_of integer[];
    digests_of text[];
    head text;
    sealed integer := 0;
BEGIN
    SELECT a.timezone INTO zone FROM public.foundation_agency a WHERE a.id = entered
        FOR NO KEY UPDATE;
    SELECT * INTO last FROM public.evidence_recordhead h WHERE h.agency_id = entered
        ORDER BY h.day DESC LIMIT 1;
    IF zone IS NULL OR of_day + 1 >= (now() AT TIME ZONE zone)::date OR of_day <= last.day THEN
        RAISE EXCEPTION 'the day % is not the next one to seal', of_day
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- A zone that was changed may end a day before the last one: greatest() leaves NULL out.
    SELECT array_agg(d.day ORDER BY d.day),
        array_agg(greatest((d.day + 1)::timestamp AT TIME ZONE zone, last.through) ORDER BY d.day)
        INTO days, ends
        FROM (SELECT COALESCE(last.day + 1, of_day) + n AS day
            FROM generate_series(0, of_day - COALESCE(last.day + 1, of_day)) AS n) AS d;
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
        WITH days AS MATERIALIZED (
            SELECT * FROM unnest($6, $8) AS d (day, ends)
        ), found AS MATERIALIZED (
            SELECT f.*, COALESCE(f.at < $7, false) AS late,
                encode(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 'hex') AS salt
            FROM (%s) AS f
        ), hashed AS MATERIALIZED (
            SELECT f.*, encode(sha256(decode(f.salt, 'hex')
                || convert_to(to_jsonb(f.facts)::text, 'UTF8')), 'hex') AS digest,
                CASE WHEN f.late THEN (SELECT max(d.day) FROM days d)
                    ELSE (SELECT min(d.day) FROM days d WHERE f.at < d.ends) END AS day
            FROM found f
        ), numbered AS MATERIALIZED (
            SELECT h.*, $5 + row_number() OVER (ORDER BY h.day, h.digest COLLATE "C") AS number
            FROM hashed h
        ), records AS (
            INSERT INTO public.evidence_sealedrecord (agency_id, number, kind, day, late, digest)
            SELECT $1, n.number, n.kind, n.day, n.late, n.digest
            FROM numbered n ORDER BY n.number RETURNING id, number, day, digest, late
        ), salts AS (
            INSERT INTO public.evidence_recordsalt (agency_id, record_id, kind, "row", version, salt)
            SELECT $1, r.id, n.kind, n."row", n.version, n.salt
            FROM numbered n JOIN records r USING (number) ORDER BY n.number
        ), told AS (
            SELECT d.day, count(r.id)::integer AS number,
                (count(*) FILTER (WHERE r.late))::integer AS late,
                COALESCE(string_agg(E'\n' || r.digest, '' ORDER BY r.digest COLLATE "C"), '')
                    AS digests
            FROM days d LEFT JOIN records r ON r.day = d.day GROUP BY d.day
        )
        SELECT array_agg(t.number ORDER BY t.day), array_agg(t.late ORDER BY t.day),
            array_agg(t.digests ORDER BY t.day) FROM told t
    $q$, found) INTO number_of, late_of, digests_of
        USING entered, NULL::bigint[], last.through - interval '1 day',
            ends[cardinality(ends)], first, days, last.through, ends;
    before := COALESCE(last.digest, repeat('0', 64));
    FOR n IN 1 .. cardinality(days) LOOP
        head := encode(sha256(convert_to(before || E'\n' || to_char(days[n], 'YYYY-MM-DD')
            || digests_of[n], 'UTF8')), 'hex');
        INSERT INTO public.evidence_recordhead
            (agency_id, day, through, records, late, digest, taken_at)
        VALUES (entered, days[n], ends[n], number_of[n], late_of[n], head, now());
        before := head;
        sealed := sealed + number_of[n];
    END LOOP;
    RETURN sealed;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_terms_of_a_charter")]

    operations = [
        migrations.RunSQL(
            SEAL, BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
        )
    ]
