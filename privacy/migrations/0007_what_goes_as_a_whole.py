"""What goes as a whole is announced, worked out and destroyed by functions of the owner."""

from django.db import migrations

PLACE = """
CREATE TABLE public.privacy_wholeplace (
    place text PRIMARY KEY,
    code text NOT NULL,
    months integer NOT NULL,
    days integer NOT NULL,
    least_months integer NOT NULL,
    least_days integer NOT NULL,
    tax_due boolean NOT NULL,
    held boolean NOT NULL,
    key text NOT NULL,
    level integer NOT NULL,
    parent text,
    link text,
    since text NOT NULL,
    is_moment boolean NOT NULL,
    people text NOT NULL,
    groups text NOT NULL,
    history text,
    ties text NOT NULL,
    subject_code text,
    subject_key text,
    unless text NOT NULL
);
REVOKE ALL ON public.privacy_wholeplace FROM cqi_app, cqi_across;
GRANT SELECT ON public.privacy_wholeplace TO cqi_app;
REVOKE ALL ON public.privacy_announcedrow FROM cqi_app, cqi_across;
GRANT SELECT ON public.privacy_announcedrow TO cqi_app;
"""

# The last date of a class that is over on a day, by the agency's own schedule. What counts from the
# day on which tax is due counts by whole years.
LAST_DAY = """
CREATE FUNCTION public.wholes_last_day(agency bigint, class text, day date)
    RETURNS date LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    span interval;
    tax boolean;
    last date;
BEGIN
    SELECT make_interval(months => p.months, days => p.days), p.tax_due INTO STRICT span, tax
        FROM public.privacy_wholeplace p WHERE p.code = class LIMIT 1;
    SELECT make_interval(months => r.months, days => r.days) INTO span FROM (
        SELECT r.months, r.days FROM public.privacy_retentionrule r
        WHERE r.agency_id = agency AND r.code = class AND r.since <= day
        ORDER BY r.since DESC, r.id DESC LIMIT 1
    ) AS r
    UNION ALL SELECT span LIMIT 1;
    last := (day - span)::date + 4;
    WHILE (last + span)::date > day LOOP
        last := last - 1;
    END LOOP;
    IF tax THEN
        last := make_date(extract(year FROM last - interval '3 months 14 days')::integer - 1, 12, 31);
    END IF;
    RETURN last;
END
$$;
"""

OVER = """
-- SQL over a row called kept: its day, whether it may go ($2: the last date that is over, $3: the
-- time zone), and the hold that covers it on a day.
CREATE FUNCTION public.wholes_day(p public.privacy_wholeplace)
    RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN p.is_moment
        THEN '(' || p.since || ' AT TIME ZONE $3)::date' ELSE p.since END
$$;
CREATE FUNCTION public.wholes_over(p public.privacy_wholeplace)
    RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
        WHEN p.parent IS NOT NULL THEN 'true'
        WHEN p.is_moment THEN p.since || ' < (($2 + 1)::timestamp AT TIME ZONE $3)'
        ELSE p.since || ' <= $2' END || ' AND (' || p.unless || ') IS NOT TRUE'
$$;
CREATE FUNCTION public.wholes_hold(p public.privacy_wholeplace, agency bigint, day text)
    RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN p.held AND EXISTS (
            SELECT FROM public.privacy_legalhold h WHERE h.agency_id = agency AND h.until IS NULL)
        THEN format('public.retention_is_held(kept.agency_id, %s, %s, %s)', p.people, p.groups, day)
        ELSE 'NULL::text' END
$$;
"""

# What has to go with what: a row `a` of one table may go only if the row `b` of another one goes.
EDGES = """
CREATE FUNCTION public.wholes_edges(entered bigint)
    RETURNS TABLE (place text, needs text, pairs text)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    p public.privacy_wholeplace;
    s public.privacy_subject;
    tie text;
    tied text[];
    spoken_of text[];
BEGIN
    -- What refers to a row, in any table.
    RETURN QUERY SELECT w.place, c.conrelid::regclass::text, format(
            'SELECT r.%I::text AS a, r.%I::text AS b FROM public.%s r'
            ' WHERE r.agency_id = $1 AND r.%1$I IS NOT NULL',
            own.attname, COALESCE(child.key, own.attname), c.conrelid::regclass)
        FROM pg_constraint c
        JOIN public.privacy_wholeplace w ON c.confrelid = format('public.%I', w.place)::regclass
        CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k(own, other)
        JOIN pg_attribute own ON own.attrelid = c.conrelid AND own.attnum = k.own
        JOIN pg_attribute other ON other.attrelid = c.confrelid AND other.attnum = k.other
            AND other.attname = w.key
        LEFT JOIN public.privacy_wholeplace child ON child.place = c.conrelid::regclass::text
        WHERE c.contype = 'f';
    FOR p IN SELECT * FROM public.privacy_wholeplace LOOP
        IF p.parent IS NOT NULL THEN
            RETURN QUERY SELECT p.place, p.parent, format(
                'SELECT r.%I::text AS a, r.%I::text AS b FROM public.%I r WHERE r.agency_id = $1',
                p.key, p.link, p.place);
        END IF;
        FOREACH tie IN ARRAY string_to_array(p.ties, ' ') LOOP
            tied := string_to_array(tie, ':');
            RETURN QUERY SELECT p.place, tied[2], format(
                'SELECT r.%I::text AS a, r.%I::text AS b FROM public.%I r'
                ' WHERE r.agency_id = $1 AND r.%2$I IS NOT NULL',
                p.key, tied[1], p.place);
        END LOOP;
        CONTINUE WHEN p.subject_code IS NULL;
        -- A row and its subject go together.
        EXECUTE format('SELECT array_agg(DISTINCT r.%I) FROM public.%I r WHERE r.agency_id = $1',
            p.subject_code, p.place) INTO spoken_of USING entered;
        FOR s IN SELECT * FROM public.privacy_subject t WHERE t.code = ANY(spoken_of) LOOP
            RETURN QUERY SELECT p.place, s.place, format(
                'SELECT r.%1$I::text AS a, r.%2$I::text AS b FROM public.%3$I r JOIN public.%4$I t'
                ' ON t.agency_id = $1 AND t.%5$I = r.%2$I'
                ' WHERE r.agency_id = $1 AND r.%6$I = %7$L',
                p.key, p.subject_key, p.place, s.place, s.key, p.subject_code, s.code);
            RETURN QUERY SELECT s.place, p.place, format(
                'SELECT r.%I::text AS a, r.%I::text AS b FROM public.%I r'
                ' WHERE r.agency_id = $1 AND r.%I = %L',
                p.subject_key, p.key, p.place, p.subject_code, s.code);
        END LOOP;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION public.wholes_edges(bigint) FROM PUBLIC;
"""

SETTLE = """
-- Leave out what something that stays refers to, or is tied to, until nothing changes.
CREATE FUNCTION public.wholes_settle(entered bigint, run bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    edge record;
    left_out integer;
    -- The tables of which rows were left out by the pass before; NULL: it is the first one.
    shrunk text[];
    shrinking text[];
BEGIN
    WHILE shrunk IS NULL OR shrunk <> '{}' LOOP
        shrinking := '{}';
        FOR edge IN SELECT * FROM public.wholes_edges(entered) e
            WHERE (shrunk IS NULL OR e.needs = ANY(shrunk)) AND EXISTS (
                SELECT FROM public.privacy_announcedrow d
                WHERE d.agency_id = entered AND d.run_id = run AND d.place = e.place)
        LOOP
            -- Nothing is destroyed here, so retention_is_held is not asked: a row leaves the list.
            EXECUTE format(
                'DELETE FROM public.privacy_announcedrow d USING (%s) AS edge'
                ' WHERE d.agency_id = $1 AND d.run_id = $2 AND d.place = %L AND d."row" = edge.a'
                ' AND NOT EXISTS (SELECT FROM public.privacy_announcedrow x WHERE x.agency_id = $1'
                ' AND x.run_id = $2 AND x.place = %L AND x."row" = edge.b)',
                edge.pairs, edge.place, edge.needs
            ) USING entered, run;
            GET DIAGNOSTICS left_out = ROW_COUNT;
            IF left_out > 0 THEN
                shrinking := shrinking || edge.place;
            END IF;
        END LOOP;
        shrunk := shrinking;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION public.wholes_settle(bigint, bigint) FROM PUBLIC;
"""

ANNOUNCE = """
-- List what a run of today will destroy on its day; returns how many rows.
CREATE FUNCTION public.wholes_announce(run bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    zone text;
    today date;
    r public.privacy_retentionrun;
    p public.privacy_wholeplace;
    total integer;
BEGIN
    SELECT a.timezone INTO zone FROM public.foundation_agency a WHERE a.id = entered
        FOR NO KEY UPDATE;
    today := (now() AT TIME ZONE zone)::date;
    SELECT * INTO r FROM public.privacy_retentionrun t
        WHERE t.agency_id = entered AND t.id = run AND t.code = 'wholes' AND t.undone_on IS NULL
            AND t.destroyed_on IS NULL FOR UPDATE;
    IF r.id IS NULL OR NOT public.retention_is_on(entered, 'wholes', r.day)
        OR r.day > today OR r.destroy_on < r.day + 30
        OR EXISTS (SELECT FROM public.privacy_announcedrow d
            WHERE d.agency_id = entered AND d.run_id = run)
    THEN
        RAISE EXCEPTION 'run % announces nothing', run USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR p IN SELECT * FROM public.privacy_wholeplace w ORDER BY w.level, w.place LOOP
        EXECUTE format(
            'INSERT INTO public.privacy_announcedrow'
            ' (agency_id, run_id, place, "row", day, announced_on, chosen)'
            ' SELECT $1, $4, %L, kept.%I::text, %s, $5, false FROM public.%I kept %s'
            ' WHERE kept.agency_id = $1 AND %s AND %s IS NULL',
            p.place, p.key,
            CASE WHEN p.parent IS NULL THEN public.wholes_day(p) ELSE 'above.day' END, p.place,
            CASE WHEN p.parent IS NULL THEN '' ELSE format(
                'JOIN public.privacy_announcedrow above ON above.agency_id = $1'
                ' AND above.run_id = $4 AND above.place = %L AND above."row" = kept.%I::text',
                p.parent, p.link) END,
            public.wholes_over(p),
            public.wholes_hold(p, entered,
                CASE WHEN p.parent IS NULL THEN public.wholes_day(p) ELSE 'above.day' END)
        ) USING entered, public.wholes_last_day(entered, p.code, r.destroy_on), zone, run, today;
        CONTINUE WHEN p.history IS NULL;
        -- Versions of rows that are gone already.
        EXECUTE format(
            'INSERT INTO public.privacy_announcedrow'
            ' (agency_id, run_id, place, "row", day, announced_on, chosen)'
            ' SELECT $1, $4, %L, gone.key, gone.day, $5, false FROM ('
            ' SELECT kept.%I::text AS key, max((kept.history_date AT TIME ZONE $3)::date) AS day,'
            ' bool_or(%s IS NOT NULL) AS held FROM public.%I kept WHERE kept.agency_id = $1'
            ' AND NOT EXISTS (SELECT FROM public.%I live'
            ' WHERE live.agency_id = $1 AND live.%2$I = kept.%2$I) GROUP BY kept.%2$I::text) AS gone'
            ' WHERE gone.day <= $2 AND NOT gone.held',
            p.history, p.key,
            public.wholes_hold(p, entered, '(kept.history_date AT TIME ZONE $3)::date'),
            p.history, p.place
        ) USING entered, public.wholes_last_day(entered, p.code, r.destroy_on), zone, run, today;
    END LOOP;
    PERFORM public.wholes_settle(entered, run);
    SELECT count(*) INTO total FROM public.privacy_announcedrow d
        WHERE d.agency_id = entered AND d.run_id = run;
    UPDATE public.privacy_retentionrun t SET taken = total
        WHERE t.agency_id = entered AND t.id = run;
    RETURN total;
END
$$;
REVOKE EXECUTE ON FUNCTION public.wholes_announce(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.wholes_announce(bigint) TO cqi_app;
"""

DESTROY = """
-- Destroy a chunk of what was announced for long enough; returns how many rows, 0 at the end. What
-- is held or needed by then is left out, and announced anew some day.
CREATE FUNCTION public.wholes_destroy(run bigint, today date, size integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    zone text;
    real_day date;
    p public.privacy_wholeplace;
    edge record;
    step integer;
    -- The tables of which rows were added by the pass before.
    grown text[];
    growing text[];
    gone integer;
BEGIN
    SELECT a.timezone INTO zone FROM public.foundation_agency a WHERE a.id = entered
        FOR NO KEY UPDATE;
    real_day := (now() AT TIME ZONE zone)::date;
    PERFORM FROM public.privacy_retentionrun t
        WHERE t.agency_id = entered AND t.id = run AND t.code = 'wholes' AND t.undone_on IS NULL
            AND t.destroyed_on IS NULL AND t.destroy_on <= today FOR UPDATE;
    IF NOT FOUND OR today > real_day OR size NOT BETWEEN 1 AND 10000
        OR NOT public.retention_is_on(entered, 'wholes', today)
        OR EXISTS (SELECT FROM public.privacy_announcedrow d WHERE d.agency_id = entered
            AND d.run_id = run AND d.announced_on + 30 > real_day)
    THEN
        RAISE EXCEPTION 'run % can not be destroyed yet', run
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR p IN SELECT * FROM public.privacy_wholeplace w WHERE EXISTS (
        SELECT FROM public.privacy_announcedrow d
        WHERE d.agency_id = entered AND d.run_id = run AND d.place IN (w.place, w.history))
    LOOP
        EXECUTE format(
            'DELETE FROM public.privacy_announcedrow d WHERE d.agency_id = $1 AND d.run_id = $4'
            ' AND d.place = %L AND NOT EXISTS (SELECT FROM public.%I kept WHERE kept.agency_id = $1'
            ' AND kept.%I::text = d."row" AND %s AND %s IS NULL)',
            p.place, p.place, p.key, public.wholes_over(p),
            public.wholes_hold(p, entered, 'd.day')
        ) USING entered, public.wholes_last_day(entered, p.code, today), zone, run;
        CONTINUE WHEN p.history IS NULL;
        EXECUTE format(
            'DELETE FROM public.privacy_announcedrow d WHERE d.agency_id = $1 AND d.run_id = $4'
            ' AND d.place = %L AND EXISTS (SELECT FROM public.%I kept WHERE kept.agency_id = $1'
            ' AND kept.%I::text = d."row" AND (%s IS NOT NULL'
            ' OR (kept.history_date AT TIME ZONE $3)::date > $2))',
            p.history, p.history, p.key, public.wholes_hold(p, entered, 'd.day')
        ) USING entered, public.wholes_last_day(entered, p.code, today), zone, run;
    END LOOP;
    PERFORM public.wholes_settle(entered, run);
    -- A chunk, with all that has to go with it.
    UPDATE public.privacy_announcedrow c SET chosen = true WHERE c.id IN (
        SELECT d.id FROM public.privacy_announcedrow d
        WHERE d.agency_id = entered AND d.run_id = run ORDER BY d.id LIMIT size);
    SELECT COALESCE(array_agg(DISTINCT d.place), '{}') INTO grown
        FROM public.privacy_announcedrow d
        WHERE d.agency_id = entered AND d.run_id = run AND d.chosen;
    WHILE grown <> '{}' LOOP
        growing := '{}';
        FOR edge IN SELECT * FROM public.wholes_edges(entered) e WHERE e.place = ANY(grown) LOOP
            EXECUTE format(
                'UPDATE public.privacy_announcedrow x SET chosen = true'
                ' FROM (%s) AS edge JOIN public.privacy_announcedrow d ON d.agency_id = $1'
                ' AND d.run_id = $2 AND d.place = %L AND d."row" = edge.a AND d.chosen'
                ' WHERE x.agency_id = $1 AND x.run_id = $2 AND x.place = %L'
                ' AND x."row" = edge.b AND NOT x.chosen',
                edge.pairs, edge.place, edge.needs
            ) USING entered, run;
            GET DIAGNOSTICS step = ROW_COUNT;
            IF step > 0 THEN
                growing := growing || edge.needs;
            END IF;
        END LOOP;
        grown := growing;
    END LOOP;
    PERFORM set_config('cqi.erasing', 'on', true);
    -- retention_is_held was asked above of every row.
    FOR p IN SELECT * FROM public.privacy_wholeplace w ORDER BY w.level DESC LOOP
        IF p.history IS NOT NULL THEN
            EXECUTE format(
                'DELETE FROM public.%I h USING public.privacy_announcedrow d'
                ' WHERE h.agency_id = $1 AND h.%I::text = d."row" AND d.agency_id = $1'
                ' AND d.run_id = $2 AND d.place IN (%L, %L) AND d.chosen'
                ' /* retention_is_held was asked */',
                p.history, p.key, p.place, p.history
            ) USING entered, run;
        END IF;
        EXECUTE format(
            'DELETE FROM public.%I kept USING public.privacy_announcedrow d'
            ' WHERE kept.agency_id = $1 AND kept.%I::text = d."row" AND d.agency_id = $1'
            ' AND d.run_id = $2 AND d.place = %L AND d.chosen /* retention_is_held was asked */',
            p.place, p.key, p.place
        ) USING entered, run;
    END LOOP;
    PERFORM set_config('cqi.erasing', '', true);
    DELETE FROM public.privacy_announcedrow d
        WHERE d.agency_id = entered AND d.run_id = run AND d.chosen;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;
REVOKE EXECUTE ON FUNCTION public.wholes_destroy(bigint, date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.wholes_destroy(bigint, date, integer) TO cqi_app;
"""

DROP = """
-- Forget what an undone run had announced. Nothing else goes, so retention_is_held is not asked.
CREATE FUNCTION public.wholes_drop(run bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
BEGIN
    PERFORM FROM public.privacy_retentionrun t
        WHERE t.agency_id = entered AND t.id = run AND t.undone_on IS NOT NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'run % was not undone in this agency', run
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM public.privacy_announcedrow d WHERE d.agency_id = entered AND d.run_id = run;
END
$$;
REVOKE EXECUTE ON FUNCTION public.wholes_drop(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.wholes_drop(bigint) TO cqi_app;
"""

DUE = """
-- What is over on a day, in each table that heads a whole: how many rows, from when to when, and
-- what is held back. What is still needed is counted, too: that is worked out for an announcement.
CREATE FUNCTION public.wholes_due(today date)
    RETURNS TABLE (class text, place text, due bigint, first date, last date,
        person bigint, "group" bigint, period bigint)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    zone text;
    p public.privacy_wholeplace;
BEGIN
    SELECT a.timezone INTO zone FROM public.foundation_agency a WHERE a.id = entered;
    FOR p IN SELECT * FROM public.privacy_wholeplace w WHERE w.parent IS NULL ORDER BY w.place LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %L::text, %L::text, count(*) FILTER (WHERE held IS NULL),'
            ' min(day) FILTER (WHERE held IS NULL), max(day) FILTER (WHERE held IS NULL),'
            ' count(*) FILTER (WHERE held = ''person''), count(*) FILTER (WHERE held = ''group''),'
            ' count(*) FILTER (WHERE held = ''period'')'
            ' FROM (SELECT %s AS day, %s AS held FROM public.%I kept'
            ' WHERE kept.agency_id = $1 AND %s) AS found',
            p.code, p.place, public.wholes_day(p),
            public.wholes_hold(p, entered, public.wholes_day(p)), p.place, public.wholes_over(p)
        ) USING entered, public.wholes_last_day(entered, p.code, today), zone;
    END LOOP;
END
$$;
"""

LEAST = """
CREATE OR REPLACE FUNCTION public.privacy_least_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.cites = '' AND EXISTS (
        SELECT FROM (
            SELECT p.code, p.least_months, p.least_days FROM public.privacy_takenplace p
            UNION ALL SELECT w.code, w.least_months, w.least_days FROM public.privacy_wholeplace w
        ) AS p WHERE p.code = NEW.code
            AND date '2026-01-01' + make_interval(months => NEW.months, days => NEW.days)
                < date '2026-01-01' + make_interval(months => p.least_months, days => p.least_days)
    ) THEN
        RAISE EXCEPTION 'this is kept for longer, unless the state says otherwise'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0006_announced_rows")]

    operations = [
        migrations.RunSQL(each, migrations.RunSQL.noop)
        for each in (PLACE, LAST_DAY, OVER, EDGES, SETTLE, ANNOUNCE, DESTROY, DROP, DUE, LEAST)
    ]
