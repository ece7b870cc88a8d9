from django.db import migrations

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

# The words found in one mention, which somebody has decided to remove; of a person who was erased
# in the agency entered, and only in a place of the list.
REMOVE_NAME = """
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
        IF shape = 'jsonb' THEN
            one := to_jsonb(one)::text;
            one := substr(one, 2, length(one) - 2);
        END IF;
        pattern := '(?<![[:alnum:]])'
            || regexp_replace(one, '([^[:alnum:][:space:]])', '\\\\\\1', 'g')
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
GONE = """
DROP FUNCTION public.find_words(text);
DROP FUNCTION public.remove_name(bigint);
DROP FUNCTION public.erase_words(bigint);
DROP TABLE public.privacy_reach;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0010_erasing")]

    operations = [
        migrations.RunSQL(
            [(sql, None) for sql in (REACH, ERASE_WORDS, REMOVE_NAME, FIND_WORDS)], [(GONE, None)]
        ),
    ]
