-- What every `migrate` ends with, as the owner, for whatever the migrations have made. Repeatable.
-- Tables of others in the same schema are left alone.
DO $$
DECLARE
    name text;
BEGIN
    -- Functions that run as their owner look for nothing where others may put something.
    FOR name IN
        SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
            AND pg_get_userbyid(p.proowner) = current_user
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', name);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', name);
    END LOOP;

    -- History is only added to; erasing a person goes through a function of its own.
    FOR name IN
        SELECT c.oid::regclass FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'history_id'
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND pg_get_userbyid(c.relowner) = current_user
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM cqi_app', name);
    END LOOP;

    -- What only migrations write.
    FOR name IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND pg_get_userbyid(c.relowner) = current_user AND (
            c.relname IN ('django_migrations', 'django_content_type') OR c.relname LIKE 'auth\_%'
        )
    LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %s FROM cqi_app', name);
    END LOOP;

    -- Who reads across agencies needs their rows, and nothing of how people sign in.
    FOR name IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND pg_get_userbyid(c.relowner) = current_user
            AND c.relname <> 'foundation_agency' AND NOT EXISTS (
                SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'agency_id'
            )
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM cqi_across', name);
    END LOOP;
END
$$;
