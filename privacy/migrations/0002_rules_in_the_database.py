"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

from foundation import walls

SUBJECT = """
CREATE TABLE public.privacy_subject (
    code text PRIMARY KEY,
    place text NOT NULL,
    key text NOT NULL,
    people text NOT NULL,
    groups text NOT NULL
);
"""

TAKENPLACE = """
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
REVOKE ALL ON public.privacy_takenplace, public.privacy_subject FROM cqi_app, cqi_across;
GRANT SELECT ON public.privacy_takenplace, public.privacy_subject TO cqi_app;
"""

REACH = """
CREATE TABLE public.privacy_reach (
    place text NOT NULL,
    field text NOT NULL,
    key text NOT NULL,
    history text,
    author text,
    value text,
    copies boolean NOT NULL,
    PRIMARY KEY (place, field)
);
REVOKE ALL ON public.privacy_reach FROM cqi_app, cqi_across;
-- Looking for names goes by the same list; only migrations write it.
GRANT SELECT ON public.privacy_reach TO cqi_app;
"""

LEGAL_ORDER_IS_KEPT = """
CREATE FUNCTION privacy_legal_order_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.agency_id, NEW.kind, NEW.received_on, NEW.asked_by, NEW.scope, NEW.member_id,
        NEW.answer_by, NEW.entered_by_id, NEW.at)
        IS DISTINCT FROM
        (OLD.agency_id, OLD.kind, OLD.received_on, OLD.asked_by, OLD.scope, OLD.member_id,
        OLD.answer_by, OLD.entered_by_id, OLD.at)
    THEN
        RAISE EXCEPTION 'what a legal order asks does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.answered_on IS NOT NULL AND (NEW.answer, NEW.answered_on, NEW.answered_by_id, NEW.given)
        IS DISTINCT FROM (OLD.answer, OLD.answered_on, OLD.answered_by_id, OLD.given)
    THEN
        RAISE EXCEPTION 'the answer to a legal order does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.told IN ('told', 'nobody') AND (NEW.told, NEW.told_on, NEW.told_by_id)
        IS DISTINCT FROM (OLD.told, OLD.told_on, OLD.told_by_id)
    THEN
        RAISE EXCEPTION 'that somebody was told of a legal order does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER legal_order_is_kept BEFORE UPDATE ON privacy_legalorder
    FOR EACH ROW EXECUTE FUNCTION privacy_legal_order_is_kept();
"""

LEGAL_HOLD_IS_KEPT = """
CREATE FUNCTION privacy_legal_hold_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.until IS NOT NULL THEN
            RAISE EXCEPTION 'a legal hold begins without its end'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.until IS NOT NULL THEN
        RAISE EXCEPTION 'this legal hold has ended' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.agency_id, NEW.scope, NEW.member_id, NEW.group_id, NEW.first, NEW.last, NEW.order_id,
        NEW.reason, NEW.since, NEW.by_id, NEW.at)
        IS DISTINCT FROM
        (OLD.agency_id, OLD.scope, OLD.member_id, OLD.group_id, OLD.first, OLD.last, OLD.order_id,
        OLD.reason, OLD.since, OLD.by_id, OLD.at)
    THEN
        RAISE EXCEPTION 'what a legal hold keeps does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER legal_hold_is_kept BEFORE INSERT OR UPDATE ON privacy_legalhold
    FOR EACH ROW EXECUTE FUNCTION privacy_legal_hold_is_kept();
"""

# Words of a person who was erased in the agency entered: over each of their texts goes the value
# that the list names, in live rows and all their history; copies of these texts go as well.
ERASE_WORDS = """
CREATE FUNCTION public.erase_words(person bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    listed record;
    name text;
    shape text;
    found text[];
    said text[] := '{}';
    kept record;
    words text;
    one text;
    changed integer;
    total integer := 0;
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.accounts_member
        WHERE agency_id = entered AND id = person AND erased_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'member % was not erased in this agency', person
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Triggers that keep rows as they are let this through, until the end of this function.
    PERFORM set_config('cqi.erasing', 'on', true);
    FOR listed IN SELECT * FROM public.privacy_reach WHERE author IS NOT NULL ORDER BY place, field
    LOOP
        FOREACH name IN ARRAY array_remove(ARRAY[listed.place, listed.history], NULL) LOOP
            EXECUTE format(
                'SELECT array_agg(DISTINCT kept.%1$I::text) FROM public.%2$I kept'
                ' WHERE kept.agency_id = $1 AND (%3$s) = $2 AND kept.%1$I::text <> $3'
                ' AND $3 LIKE ''[%%'' AND length(kept.%1$I::text) >= 8',
                listed.field, name, listed.author
            ) INTO found USING entered, person, listed.value;
            said := said || COALESCE(found, '{}');
        END LOOP;
    END LOOP;
    FOR listed IN SELECT * FROM public.privacy_reach WHERE author IS NOT NULL ORDER BY place, field
    LOOP
        SELECT format_type(a.atttypid, a.atttypmod) INTO STRICT shape FROM pg_attribute a
            WHERE a.attrelid = format('public.%I', listed.place)::regclass
                AND a.attname = listed.field;
        FOREACH name IN ARRAY array_remove(ARRAY[listed.place, listed.history], NULL) LOOP
            EXECUTE format(
                'UPDATE public.%1$I kept SET %2$I = replace($3, ''{pk}'', kept.%3$I::text)::%4$s'
                ' WHERE kept.agency_id = $1 AND (%5$s) = $2 AND kept.%2$I::text <> '''''
                ' AND kept.%2$I IS DISTINCT FROM replace($3, ''{pk}'', kept.%3$I::text)::%4$s',
                name, listed.field, listed.key, shape, listed.author
            ) USING entered, person, listed.value;
            GET DIAGNOSTICS changed = ROW_COUNT;
            total := total + changed;
        END LOOP;
    END LOOP;
    -- The longest first: a shorter one may be part of it.
    SELECT COALESCE(array_agg(each ORDER BY length(each) DESC), '{}') INTO said
        FROM (SELECT DISTINCT unnest(said) AS each) AS all_of_them;
    FOR listed IN SELECT * FROM public.privacy_reach WHERE copies ORDER BY place, field LOOP
        SELECT format_type(a.atttypid, a.atttypmod) INTO STRICT shape FROM pg_attribute a
            WHERE a.attrelid = format('public.%I', listed.place)::regclass
                AND a.attname = listed.field;
        found := said;
        IF shape = 'jsonb' THEN
            SELECT COALESCE(array_agg(substr(j, 2, length(j) - 2) ORDER BY length(j) DESC), '{}')
                INTO found FROM (SELECT to_jsonb(each)::text AS j FROM unnest(said) AS each) AS as_json;
        END IF;
        FOREACH name IN ARRAY array_remove(ARRAY[listed.place, listed.history], NULL) LOOP
            FOR kept IN EXECUTE format(
                'SELECT kept.%3$I::text AS at, kept.%2$I::text AS words FROM public.%1$I kept'
                ' WHERE kept.agency_id = $1 AND EXISTS ('
                'SELECT FROM unnest($2) AS each WHERE strpos(kept.%2$I::text, each) > 0)',
                name, listed.field, CASE WHEN name = listed.place THEN listed.key ELSE 'history_id' END
            ) USING entered, found LOOP
                words := kept.words;
                FOREACH one IN ARRAY found LOOP
                    words := replace(words, one, '[Somebody took their words back.]');
                END LOOP;
                EXECUTE format(
                    'UPDATE public.%1$I kept SET %2$I = $1::%4$s'
                    ' WHERE kept.agency_id = $2 AND kept.%3$I::text = $3',
                    name, listed.field,
                    CASE WHEN name = listed.place THEN listed.key ELSE 'history_id' END, shape
                ) USING words, entered, kept.at;
                total := total + 1;
            END LOOP;
        END LOOP;
    END LOOP;
    PERFORM set_config('cqi.erasing', '', true);
    RETURN total;
END
$$;
REVOKE EXECUTE ON FUNCTION public.erase_words(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.erase_words(bigint) TO cqi_app;
"""

# All texts of the agency entered in which a pattern is found, by the reader's own rights.
FIND_WORDS = """
CREATE FUNCTION public.find_words(pattern text)
    RETURNS TABLE (place text, field text, "row" text, words text)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    listed record;
    name text;
BEGIN
    FOR listed IN SELECT * FROM public.privacy_reach r ORDER BY r.place, r.field LOOP
        FOREACH name IN ARRAY array_remove(ARRAY[listed.place, listed.history], NULL) LOOP
            RETURN QUERY EXECUTE format(
                'SELECT %1$L, %2$L, kept.%3$I::text, kept.%2$I::text FROM public.%4$I kept'
                ' WHERE kept.agency_id = $1 AND kept.%2$I::text ~* $2 ORDER BY kept.%5$I',
                listed.place, listed.field, listed.key, name,
                CASE WHEN name = listed.place THEN listed.key ELSE 'history_id' END
            ) USING entered, pattern;
        END LOOP;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION public.find_words(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.find_words(text) TO cqi_app;
"""

# In JSON, a line break is written as letters, which are no part of the word after them.
REMOVE_NAME = r"""
CREATE FUNCTION public.remove_name(mention bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered bigint := NULLIF(current_setting('cqi.agency', true), '')::bigint;
    task record;
    listed record;
    name text;
    shape text;
    one text;
    pattern text;
    changed integer;
    total integer := 0;
BEGIN
    SELECT p.place, p.field, p."row", p.found INTO task
        FROM public.privacy_mention p
        JOIN public.privacy_erasure e ON e.agency_id = p.agency_id AND e.id = p.erasure_id
        JOIN public.accounts_member m ON m.agency_id = e.agency_id AND m.id = e.member_id
        WHERE p.agency_id = entered AND p.id = mention AND p.state = 'removed'
            AND m.erased_at IS NOT NULL;
    IF task IS NULL THEN
        RAISE EXCEPTION 'nobody decided about mention % of an erased member of this agency', mention
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO listed FROM public.privacy_reach r
        WHERE r.place = task.place AND r.field = task.field;
    IF listed IS NULL THEN
        RAISE EXCEPTION 'names are not removed from %.%', task.place, task.field
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT format_type(a.atttypid, a.atttypmod) INTO STRICT shape FROM pg_attribute a
        WHERE a.attrelid = format('public.%I', listed.place)::regclass
            AND a.attname = listed.field;
    PERFORM set_config('cqi.erasing', 'on', true);
    FOR one IN SELECT each FROM jsonb_array_elements_text(task.found) AS each
        WHERE length(each) >= 3 ORDER BY length(each) DESC
    LOOP
        pattern := '(?:(?<![[:alnum:]])|(?<=\\[nrt]))'
            || regexp_replace(one, '([^[:alnum:][:space:]])', '\\\1', 'g')
            || '(?![[:alnum:]])';
        FOREACH name IN ARRAY array_remove(ARRAY[listed.place, listed.history], NULL) LOOP
            EXECUTE format(
                'UPDATE public.%1$I kept'
                ' SET %2$I = regexp_replace(kept.%2$I::text, $3, ''[name removed]'', ''gi'')::%4$s'
                ' WHERE kept.agency_id = $1 AND kept.%3$I::text = $2 AND kept.%2$I::text ~* $3',
                name, listed.field, listed.key, shape
            ) USING entered, task."row", pattern;
            GET DIAGNOSTICS changed = ROW_COUNT;
            total := total + changed;
        END LOOP;
    END LOOP;
    PERFORM set_config('cqi.erasing', '', true);
    RETURN total;
END
$$;
REVOKE EXECUTE ON FUNCTION public.remove_name(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.remove_name(bigint) TO cqi_app;
"""

AGREEMENT_IS_KEPT = """
CREATE FUNCTION privacy_agreement_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.ended_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'an agreement begins without its early end'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.ended_by_id IS NOT NULL OR NEW.ended_by_id IS NULL THEN
        RAISE EXCEPTION 'an agreement gets its early end once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.agency_id, NEW.kind, NEW.partner, NEW.signed_on, NEW.since, NEW.until,
        NEW.recorded_by_id, NEW.at)
        IS DISTINCT FROM
        (OLD.id, OLD.agency_id, OLD.kind, OLD.partner, OLD.signed_on, OLD.since, OLD.until,
        OLD.recorded_by_id, OLD.at)
    THEN
        RAISE EXCEPTION 'what was agreed does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER agreement_is_kept BEFORE INSERT OR UPDATE ON privacy_dataagreement
    FOR EACH ROW EXECUTE FUNCTION privacy_agreement_is_kept();
"""

# Counts as whoever changes it may: of an agency that was not entered nobody is found.
AGENCY_PRACTICE_IS_KEPT = """
CREATE FUNCTION agency_practice_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.sandbox THEN
        RAISE EXCEPTION 'a real agency never becomes one to practice'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT count(*) FROM accounts_member WHERE agency_id = NEW.id) <> 1 THEN
        RAISE EXCEPTION 'a practice agency with people in it never becomes real'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER practice_is_kept BEFORE UPDATE OF sandbox ON foundation_agency
    FOR EACH ROW WHEN (OLD.sandbox IS DISTINCT FROM NEW.sandbox)
    EXECUTE FUNCTION agency_practice_is_kept();
"""

DENIAL_IS_KEPT = """
CREATE FUNCTION privacy_denial_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.answered_at IS NOT NULL THEN
            RAISE EXCEPTION 'what is denied begins without an answer'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.answered_at IS NOT NULL THEN
        RAISE EXCEPTION 'this was answered' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.agency_id, NEW.member_id, NEW.kind, NEW.source, NEW.what, NEW.happened_at,
        NEW.accused_id, NEW.at)
        IS DISTINCT FROM
        (OLD.id, OLD.agency_id, OLD.member_id, OLD.kind, OLD.source, OLD.what, OLD.happened_at,
        OLD.accused_id, OLD.at)
    THEN
        RAISE EXCEPTION 'what was denied does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER denial_begins_unanswered BEFORE INSERT ON privacy_denial
    FOR EACH ROW EXECUTE FUNCTION privacy_denial_is_kept();
CREATE TRIGGER denial_is_kept BEFORE UPDATE ON privacy_denial
    FOR EACH ROW EXECUTE FUNCTION privacy_denial_is_kept();
"""

# Whom the subject of a row concerns. Of a subject that is gone or unknown nobody can say it: then
# any hold may cover it.
RETENTION_PEOPLE_OF = """
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
"""

RETENTION_GROUPS_OF = """
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
"""

RETENTION_PEOPLE_IN = """
-- Members and groups named by key in the numbers of an event or a message.
CREATE FUNCTION public.retention_people_in(agency bigint, data jsonb)
    RETURNS bigint[] LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN jsonb_typeof(data->'member') = 'number'
        THEN ARRAY[(data->>'member')::bigint] ELSE '{}'::bigint[] END
$$;
"""

RETENTION_GROUPS_IN = """
CREATE FUNCTION public.retention_groups_in(agency bigint, data jsonb)
    RETURNS bigint[] LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN jsonb_typeof(data->'group') = 'number'
        THEN ARRAY[(data->>'group')::bigint] ELSE '{}'::bigint[] END
        || CASE WHEN jsonb_typeof(data->'cell') = 'number'
        THEN public.retention_groups_of(agency, 'cell', (data->>'cell')::bigint)
        ELSE '{}'::bigint[] END
$$;
"""

RETENTION_IS_HELD = """
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

RETENTION_LAST_DAY = """
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
"""

RETENTION_IS_ON = """
CREATE FUNCTION public.retention_is_on(agency bigint, class text, today date)
    RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT COALESCE((SELECT t."on" FROM public.privacy_retentionturn t
            WHERE t.agency_id = agency AND t.code = '' AND t.since <= today
            ORDER BY t.since DESC, t.id DESC LIMIT 1), false)
        AND COALESCE((SELECT t."on" FROM public.privacy_retentionturn t
            WHERE t.agency_id = agency AND t.code = class AND t.since <= today
            ORDER BY t.since DESC, t.id DESC LIMIT 1), true)
$$;
"""

RETENTION_OVER = """
-- SQL over a row called kept: whether its time is over, its day, and the hold that covers it.
CREATE FUNCTION public.retention_over(p public.privacy_takenplace)
    RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN p.is_moment
        THEN p.since || ' < (($2 + 1)::timestamp AT TIME ZONE $3)' ELSE p.since || ' <= $2' END
        || ' AND NOT (' || p.unless || ')'
$$;
"""

RETENTION_DAY = """
CREATE FUNCTION public.retention_day(p public.privacy_takenplace)
    RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN p.is_moment
        THEN '(' || p.since || ' AT TIME ZONE $3)::date' ELSE p.since END
$$;
"""

RETENTION_HOLD = """
CREATE FUNCTION public.retention_hold(p public.privacy_takenplace, agency bigint)
    RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN p.held AND EXISTS (
            SELECT FROM public.privacy_legalhold h WHERE h.agency_id = agency AND h.until IS NULL)
        THEN format('public.retention_is_held(kept.agency_id, %s, %s, %s)',
            p.people, p.groups, public.retention_day(p))
        ELSE 'NULL::text' END
$$;
"""

RETENTION_DUE = """
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
RETENTION_TAKE = """
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
REVOKE EXECUTE ON FUNCTION public.retention_take(bigint, text, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.retention_take(bigint, text, bigint, integer) TO cqi_app;
"""

# Put back a chunk of an undone run, with its keys; returns how many rows.
RETENTION_RESTORE = """
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
REVOKE EXECUTE ON FUNCTION public.retention_restore(bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.retention_restore(bigint, integer) TO cqi_app;
"""

# Destroy a chunk of a run whose time to undo is over; returns how many rows.
RETENTION_DESTROY = """
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
REVOKE EXECUTE ON FUNCTION public.retention_destroy(bigint, date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.retention_destroy(bigint, date, integer) TO cqi_app;
"""

# What is archived of a person who was erased, or names them by this pattern; returns how many rows.
RETENTION_FORGET = """
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
REVOKE EXECUTE ON FUNCTION public.retention_forget(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.retention_forget(bigint, text) TO cqi_app;
"""

ARCHIVED_ROW_IS_KEPT = """
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
"""

LEAST_IS_KEPT = """
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

RIGHTS = """
REVOKE DELETE, TRUNCATE ON privacy_legalorder FROM cqi_app;
REVOKE DELETE, TRUNCATE ON privacy_legalhold FROM cqi_app;
REVOKE DELETE, TRUNCATE ON privacy_dataagreement FROM cqi_app;
REVOKE DELETE, TRUNCATE ON privacy_denial FROM cqi_app;
REVOKE ALL ON public.privacy_archivedrow FROM cqi_app, cqi_across;
-- All but what the row says.
GRANT SELECT (id, agency_id, run_id, place, day, people, groups, destroy_on)
    ON public.privacy_archivedrow TO cqi_app;
REVOKE DELETE, TRUNCATE ON public.privacy_retentionrun FROM cqi_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_initial"),
        ("accounts", "0001_initial"),
        ("foundation", "0002_events_and_changes_of_policies"),
    ]

    operations = [
        walls.AppendOnly("RetentionRule", "RetentionTurn"),
        migrations.RunSQL(SUBJECT, migrations.RunSQL.noop),
        migrations.RunSQL(TAKENPLACE, migrations.RunSQL.noop),
        migrations.RunSQL(REACH, migrations.RunSQL.noop),
        migrations.RunSQL(LEGAL_ORDER_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(LEGAL_HOLD_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(ERASE_WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(FIND_WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(REMOVE_NAME, migrations.RunSQL.noop),
        migrations.RunSQL(AGREEMENT_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(AGENCY_PRACTICE_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(DENIAL_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_PEOPLE_OF, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_GROUPS_OF, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_PEOPLE_IN, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_GROUPS_IN, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_IS_HELD, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_LAST_DAY, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_IS_ON, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_OVER, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_DAY, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_HOLD, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_DUE, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_TAKE, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_RESTORE, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_DESTROY, migrations.RunSQL.noop),
        migrations.RunSQL(RETENTION_FORGET, migrations.RunSQL.noop),
        migrations.RunSQL(ARCHIVED_ROW_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(LEAST_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
