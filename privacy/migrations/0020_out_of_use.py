"""What the schedule takes out of use is archived and deleted by functions of the owner.

They take only the agency entered, tables in the list, rows whose time is over by the agency's own
schedule, and nothing under a legal hold.
"""

from django.db import migrations

LISTS = """
CREATE TABLE public.privacy_takenplace (
    place text PRIMARY KEY,
    code text NOT NULL,
    months integer NOT NULL,
    days integer NOT NULL,
    least_months integer NOT NULL,
    least_days integer NOT NULL,
    held boolean NOT NULL,
    key text NOT NULL,
    parent text,
    link text,
    since text NOT NULL,
    is_moment boolean NOT NULL,
    people text NOT NULL,
    groups text NOT NULL,
    unless text NOT NULL,
    undo_days integer NOT NULL
);
CREATE TABLE public.privacy_subject (
    code text PRIMARY KEY,
    place text NOT NULL,
    key text NOT NULL,
    people text NOT NULL,
    groups text NOT NULL
);
REVOKE ALL ON public.privacy_takenplace, public.privacy_subject FROM cqi_app, cqi_across;
GRANT SELECT ON public.privacy_takenplace, public.privacy_subject TO cqi_app;
"""

# Whom the subject of a row concerns. Of a subject that is gone or unknown nobody can say it: then
# any hold may cover it.
SUBJECTS = """
CREATE FUNCTION public.retention_people_of(agency bigint, subject text, id bigint)
    RETURNS bigint[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    listed record;
    concerned bigint[];
BEGIN
    SELECT * INTO listed FROM public.privacy_subject s WHERE s.code = subject;
    IF FOUND THEN
        EXECUTE format('SELECT %s FROM public.%I kept WHERE kept.agency_id = $1 AND kept.%I = $2',
            listed.people, listed.place, listed.key) INTO concerned USING agency, id;
    END IF;
    IF concerned IS NULL THEN
        SELECT array_agg(h.member_id) INTO concerned FROM public.privacy_legalhold h
            WHERE h.agency_id = agency AND h.until IS NULL;
    END IF;
    RETURN concerned;
END
$$;
CREATE FUNCTION public.retention_groups_of(agency bigint, subject text, id bigint)
    RETURNS bigint[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    listed record;
    concerned bigint[];
BEGIN
    SELECT * INTO listed FROM public.privacy_subject s WHERE s.code = subject;
    IF FOUND THEN
        EXECUTE format('SELECT %s FROM public.%I kept WHERE kept.agency_id = $1 AND kept.%I = $2',
            listed.groups, listed.place, listed.key) INTO concerned USING agency, id;
    END IF;
    IF concerned IS NULL THEN
        SELECT array_agg(h.group_id) INTO concerned FROM public.privacy_legalhold h
            WHERE h.agency_id = agency AND h.until IS NULL;
    END IF;
    RETURN concerned;
END
$$;
-- Members and groups named by key in the numbers of an event or a message.
CREATE FUNCTION public.retention_people_in(agency bigint, data jsonb)
    RETURNS bigint[] LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN jsonb_typeof(data->'member') = 'number'
        THEN ARRAY[(data->>'member')::bigint] ELSE '{}'::bigint[] END
$$;
CREATE FUNCTION public.retention_groups_in(agency bigint, data jsonb)
    RETURNS bigint[] LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN jsonb_typeof(data->'group') = 'number'
        THEN ARRAY[(data->>'group')::bigint] ELSE '{}'::bigint[] END
        || CASE WHEN jsonb_typeof(data->'cell') = 'number'
        THEN public.retention_groups_of(agency, 'cell', (data->>'cell')::bigint)
        ELSE '{}'::bigint[] END
$$;
-- The kind of a hold in force that covers these; NULL: none. A hold is in force until it is ended.
CREATE FUNCTION public.retention_is_held(agency bigint, people bigint[], groups bigint[], day date)
    RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT min(h.scope) FROM public.privacy_legalhold h
    WHERE h.agency_id = agency AND h.until IS NULL AND (
        h.member_id = ANY(people) OR h.group_id = ANY(groups)
        OR (h.scope = 'period' AND day >= h.first AND (h.last IS NULL OR day <= h.last))
    )
$$;
"""

DAYS = """
-- The last date of a class that is over on a day, by the agency's own schedule.
CREATE FUNCTION public.retention_last_day(agency bigint, class text, today date)
    RETURNS date LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    span interval;
    last date;
BEGIN
    SELECT make_interval(months => r.months, days => r.days) INTO span
        FROM public.privacy_retentionrule r
        WHERE r.agency_id = agency AND r.code = class AND r.since <= today
        ORDER BY r.since DESC, r.id DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT make_interval(months => p.months, days => p.days) INTO span
            FROM public.privacy_takenplace p WHERE p.code = class LIMIT 1;
    END IF;
    last := (today - span)::date + 4;
    WHILE (last + span)::date > today LOOP
        last := last - 1;
    END LOOP;
    RETURN last;
END
$$;
CREATE FUNCTION public.retention_is_on(agency bigint, class text, today date)
    RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT COALESCE((SELECT t."on" FROM public.privacy_retentionturn t
            WHERE t.agency_id = agency AND t.code = '' AND t.since <= today
            ORDER BY t.since DESC, t.id DESC LIMIT 1), false)
        AND COALESCE((SELECT t."on" FROM public.privacy_retentionturn t
            WHERE t.agency_id = agency AND t.code = class AND t.since <= today
            ORDER BY t.since DESC, t.id DESC LIMIT 1), true)
$$;
-- SQL over a row called kept: whether its time is over, its day, and the hold that covers it.
CREATE FUNCTION public.retention_over(p public.privacy_takenplace)
    RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN p.is_moment
        THEN p.since || ' < (($2 + 1)::timestamp AT TIME ZONE $3)' ELSE p.since || ' <= $2' END
        || ' AND NOT (' || p.unless || ')'
$$;
CREATE FUNCTION public.retention_day(p public.privacy_takenplace)
    RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN p.is_moment
        THEN '(' || p.since || ' AT TIME ZONE $3)::date' ELSE p.since END
$$;
CREATE FUNCTION public.retention_hold(p public.privacy_takenplace, agency bigint)
    RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN p.held AND EXISTS (
            SELECT FROM public.privacy_legalhold h WHERE h.agency_id = agency AND h.until IS NULL)
        THEN format('public.retention_is_held(kept.agency_id, %s, %s, %s)',
            p.people, p.groups, public.retention_day(p))
        ELSE 'NULL::text' END
$$;
-- What is over on a day, in each table: how many rows go, from when to when, and what is held back.
CREATE FUNCTION public.retention_due(today date)
    RETURNS TABLE (class text, place text, due bigint, first date, last date,
        person bigint, "group" bigint, period bigint)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    zone text;
    p public.privacy_takenplace;
BEGIN
    SELECT a.timezone INTO zone FROM public.foundation_agency a WHERE a.id = entered;
    FOR p IN SELECT * FROM public.privacy_takenplace t WHERE t.parent IS NULL ORDER BY t.place LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %L::text, %L::text, count(*) FILTER (WHERE held IS NULL),'
            ' min(day) FILTER (WHERE held IS NULL), max(day) FILTER (WHERE held IS NULL),'
            ' count(*) FILTER (WHERE held = ''person''), count(*) FILTER (WHERE held = ''group''),'
            ' count(*) FILTER (WHERE held = ''period'')'
            ' FROM (SELECT %s AS day, %s AS held FROM public.%I kept'
            ' WHERE kept.agency_id = $1 AND %s) AS found',
            p.code, p.place, public.retention_day(p), public.retention_hold(p, entered), p.place,
            public.retention_over(p)
        ) USING entered, public.retention_last_day(entered, p.code, today), zone;
    END LOOP;
END
$$;
"""

# One chunk, in the order of keys after `beyond`. Returns how many rows went and the last key looked
# at, NULL at the end.
TAKE = """
CREATE FUNCTION public.retention_take(run bigint, taken_from text, beyond bigint, size integer)
    RETURNS TABLE (went integer, reached bigint) LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    zone text;
    r public.privacy_retentionrun;
    p public.privacy_takenplace;
    child public.privacy_takenplace;
    last date;
    keys bigint[];
    looked integer;
BEGIN
    -- Turns with legal holds, which lock the agency while they are set.
    SELECT a.timezone INTO zone FROM public.foundation_agency a WHERE a.id = entered
        FOR NO KEY UPDATE;
    SELECT * INTO r FROM public.privacy_retentionrun t
        WHERE t.agency_id = entered AND t.id = run AND t.undone_on IS NULL
            AND t.destroyed_on IS NULL FOR UPDATE;
    SELECT * INTO p FROM public.privacy_takenplace t
        WHERE t.place = taken_from AND t.code = r.code AND t.parent IS NULL;
    IF r.id IS NULL OR p.place IS NULL OR size NOT BETWEEN 1 AND 10000
        OR NOT public.retention_is_on(entered, r.code, r.day)
        -- A day that is still to come would take what is not over.
        OR r.day > (now() AT TIME ZONE zone)::date
        OR r.destroy_on < r.day + p.undo_days
    THEN
        RAISE EXCEPTION 'run % takes nothing from %', run, taken_from
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    last := public.retention_last_day(entered, r.code, r.day);
    EXECUTE format(
        'SELECT COALESCE(array_agg(key ORDER BY key) FILTER (WHERE held IS NULL), ''{}''),'
        ' max(key), count(*) FROM (SELECT kept.%1$I AS key, %2$s AS held FROM public.%3$I kept'
        ' WHERE kept.agency_id = $1 AND kept.%1$I > $4 AND %4$s ORDER BY kept.%1$I LIMIT $5'
        ' FOR UPDATE OF kept SKIP LOCKED) AS found',
        p.key, public.retention_hold(p, entered), p.place, public.retention_over(p)
    ) INTO keys, reached, looked USING entered, last, zone, beyond, size;
    EXECUTE format(
        'INSERT INTO public.privacy_archivedrow'
        ' (agency_id, run_id, place, "row", day, people, groups, destroy_on)'
        ' SELECT $1, $4, %L, to_jsonb(kept), %s, array_remove(%s, NULL), array_remove(%s, NULL), $6'
        ' FROM public.%I kept WHERE kept.agency_id = $1 AND kept.%I = ANY($5) ORDER BY kept.%I',
        p.place, public.retention_day(p), p.people, p.groups, p.place, p.key, p.key
    ) USING entered, last, zone, run, keys, r.destroy_on;
    PERFORM set_config('cqi.erasing', 'on', true);
    FOR child IN SELECT * FROM public.privacy_takenplace t WHERE t.parent = p.place LOOP
        EXECUTE format(
            'INSERT INTO public.privacy_archivedrow'
            ' (agency_id, run_id, place, "row", day, people, groups, destroy_on)'
            ' SELECT $1, $2, %1$L, to_jsonb(c), a.day, a.people, a.groups, a.destroy_on'
            ' FROM public.%1$I c JOIN public.privacy_archivedrow a ON a.agency_id = $1'
            ' AND a.run_id = $2 AND a.place = %2$L AND (a."row"->>%3$L)::bigint = c.%4$I'
            ' WHERE c.agency_id = $1 AND c.%4$I = ANY($3) ORDER BY c.%5$I',
            child.place, p.place, p.key, child.link, child.key
        ) USING entered, run, keys;
        EXECUTE format('DELETE FROM public.%I c WHERE c.agency_id = $1 AND c.%I = ANY($2)'
            ' /* retention_is_held was asked of its parent */', child.place, child.link)
            USING entered, keys;
    END LOOP;
    EXECUTE format('DELETE FROM public.%I kept WHERE kept.agency_id = $1 AND kept.%I = ANY($2)',
        p.place, p.key) USING entered, keys;
    PERFORM set_config('cqi.erasing', '', true);
    went := cardinality(keys);
    IF looked < size THEN
        reached := NULL;
    END IF;
    UPDATE public.privacy_retentionrun t SET taken = t.taken + went
        WHERE t.agency_id = entered AND t.id = run AND went > 0;
    RETURN NEXT;
END
$$;
"""

# Put back a chunk of an undone run, with its keys; returns how many rows.
RESTORE = """
CREATE FUNCTION public.retention_restore(run bigint, size integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    chunk bigint[];
    name text;
    names text;
BEGIN
    PERFORM FROM public.privacy_retentionrun t
        WHERE t.agency_id = entered AND t.id = run AND t.undone_on IS NOT NULL
            AND t.restored_on IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'run % was not undone in this agency', run
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT COALESCE(array_agg(found.id), '{}') INTO chunk FROM (
        SELECT a.id FROM public.privacy_archivedrow a
        WHERE a.agency_id = entered AND a.run_id = run ORDER BY a.id LIMIT size FOR UPDATE
    ) AS found;
    -- Parents were archived first.
    FOR name IN SELECT a.place FROM public.privacy_archivedrow a WHERE a.id = ANY(chunk)
        GROUP BY a.place ORDER BY min(a.id)
    LOOP
        -- Columns that came since then get their default.
        SELECT string_agg(quote_ident(c.attname), ', ' ORDER BY c.attnum) INTO STRICT names
            FROM pg_attribute c
            WHERE c.attrelid = format('public.%I', name)::regclass AND c.attnum > 0
                AND NOT c.attisdropped AND c.attgenerated = '' AND c.attname IN (
                    SELECT jsonb_object_keys(a."row") FROM public.privacy_archivedrow a
                    WHERE a.id = ANY(chunk) AND a.place = name);
        EXECUTE format(
            'INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM (SELECT back.*, a.id AS archived_id_'
            ' FROM public.privacy_archivedrow a,'
            ' LATERAL jsonb_populate_record(NULL::public.%1$I, a."row") AS back'
            ' WHERE a.id = ANY($1) AND a.place = %1$L) AS found ORDER BY archived_id_',
            name, names
        ) USING chunk;
    END LOOP;
    PERFORM set_config('cqi.undoing', 'on', true);
    -- Not asked: retention_is_held. Under a hold, too, nothing is lost by putting rows back.
    DELETE FROM public.privacy_archivedrow a WHERE a.id = ANY(chunk);
    PERFORM set_config('cqi.undoing', '', true);
    RETURN cardinality(chunk);
END
$$;
"""

# Destroy a chunk of a run whose time to undo is over; returns how many rows.
DESTROY = """
CREATE FUNCTION public.retention_destroy(run bigint, today date, size integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    zone text;
    gone integer;
BEGIN
    SELECT a.timezone INTO zone FROM public.foundation_agency a WHERE a.id = entered
        FOR NO KEY UPDATE;
    PERFORM FROM public.privacy_retentionrun t
        WHERE t.agency_id = entered AND t.id = run AND t.undone_on IS NULL
            AND t.destroyed_on IS NULL AND t.destroy_on <= today FOR UPDATE;
    IF NOT FOUND OR today > (now() AT TIME ZONE zone)::date THEN
        RAISE EXCEPTION 'run % can not be destroyed yet', run
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM public.privacy_archivedrow d WHERE d.id IN (
        SELECT a.id FROM public.privacy_archivedrow a
        LEFT JOIN public.privacy_takenplace p ON p.place = a.place
        WHERE a.agency_id = entered AND a.run_id = run AND a.destroy_on <= today AND (
            p.held IS FALSE
            OR public.retention_is_held(entered, a.people, a.groups, a.day) IS NULL
        ) ORDER BY a.id LIMIT size FOR UPDATE OF a
    );
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;
"""

# What is archived of a person who was erased, or names them by this pattern; returns how many rows.
FORGET = """
CREATE FUNCTION public.retention_forget(person bigint, pattern text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    gone integer;
BEGIN
    PERFORM FROM public.accounts_member m
        WHERE m.agency_id = entered AND m.id = person AND m.erased_at IS NOT NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'member % was not erased in this agency', person
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM public.privacy_archivedrow a WHERE a.agency_id = entered
        AND (person = ANY(a.people) OR (pattern <> '' AND a."row"::text ~* pattern))
        AND public.retention_is_held(entered, a.people, a.groups, a.day) IS NULL;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;
"""

GUARDS = """
CREATE FUNCTION public.privacy_archived_row_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'what is archived does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF current_setting('cqi.undoing', true) = 'on' AND CURRENT_USER <> SESSION_USER THEN
        RETURN OLD;
    END IF;
    IF public.retention_is_held(OLD.agency_id, OLD.people, OLD.groups, OLD.day) IS NOT NULL
        AND COALESCE((SELECT p.held FROM public.privacy_takenplace p WHERE p.place = OLD.place), true)
    THEN
        RAISE EXCEPTION 'a legal hold keeps this' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER archived_row_is_kept BEFORE UPDATE OR DELETE ON public.privacy_archivedrow
    FOR EACH ROW EXECUTE FUNCTION public.privacy_archived_row_is_kept();
REVOKE ALL ON public.privacy_archivedrow FROM cqi_app, cqi_across;
-- All but what the row says.
GRANT SELECT (id, agency_id, run_id, place, day, people, groups, destroy_on)
    ON public.privacy_archivedrow TO cqi_app;
REVOKE DELETE, TRUNCATE ON public.privacy_retentionrun FROM cqi_app;

CREATE FUNCTION public.privacy_least_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.cites = '' AND EXISTS (
        SELECT FROM public.privacy_takenplace p WHERE p.code = NEW.code
            AND date '2026-01-01' + make_interval(months => NEW.months, days => NEW.days)
                < date '2026-01-01' + make_interval(months => p.least_months, days => p.least_days)
    ) THEN
        RAISE EXCEPTION 'this is kept for longer, unless the state says otherwise'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER least_is_kept BEFORE INSERT ON public.privacy_retentionrule
    FOR EACH ROW EXECUTE FUNCTION public.privacy_least_is_kept();
"""
CALLED = (
    "retention_take(bigint, text, bigint, integer)",
    "retention_restore(bigint, integer)",
    "retention_destroy(bigint, date, integer)",
    "retention_forget(bigint, text)",
)
GRANTS = "".join(
    f"REVOKE EXECUTE ON FUNCTION public.{each} FROM PUBLIC;"
    f"GRANT EXECUTE ON FUNCTION public.{each} TO cqi_app;"
    for each in CALLED
)
GONE = """
DROP TRIGGER least_is_kept ON public.privacy_retentionrule;
DROP TRIGGER archived_row_is_kept ON public.privacy_archivedrow;
DROP FUNCTION public.privacy_least_is_kept();
DROP FUNCTION public.privacy_archived_row_is_kept();
DROP FUNCTION public.retention_forget(bigint, text);
DROP FUNCTION public.retention_destroy(bigint, date, integer);
DROP FUNCTION public.retention_restore(bigint, integer);
DROP FUNCTION public.retention_take(bigint, text, bigint, integer);
DROP FUNCTION public.retention_due(date);
DROP FUNCTION public.retention_hold(public.privacy_takenplace, bigint);
DROP FUNCTION public.retention_day(public.privacy_takenplace);
DROP FUNCTION public.retention_over(public.privacy_takenplace);
DROP FUNCTION public.retention_is_on(bigint, text, date);
DROP FUNCTION public.retention_last_day(bigint, text, date);
DROP FUNCTION public.retention_is_held(bigint, bigint[], bigint[], date);
DROP FUNCTION public.retention_groups_in(bigint, jsonb);
DROP FUNCTION public.retention_people_in(bigint, jsonb);
DROP FUNCTION public.retention_groups_of(bigint, text, bigint);
DROP FUNCTION public.retention_people_of(bigint, text, bigint);
DROP TABLE public.privacy_subject;
DROP TABLE public.privacy_takenplace;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0019_retention")]

    operations = [
        migrations.RunSQL(
            [
                (sql, None)
                for sql in (LISTS, SUBJECTS, DAYS, TAKE, RESTORE, DESTROY, FORGET, GUARDS, GRANTS)
            ],
            [(GONE, None)],
        ),
    ]
