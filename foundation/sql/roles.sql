-- The logins and roles of one installation; run once per database by a superuser. Repeatable.
-- cqi_owner migrates; cqi_app serves and is held by row-level security;
-- cqi_across may only read, over all agencies, and only after SET ROLE.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cqi_owner') THEN
        CREATE ROLE cqi_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cqi_across') THEN
        CREATE ROLE cqi_across NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cqi_app') THEN
        CREATE ROLE cqi_app LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
END
$$;
GRANT cqi_across TO cqi_app;

-- No statement and no open transaction of the portal holds others up for ever. A job may live for
-- five minutes. RESET ALL, when a connection goes back to the pool, comes back to these.
ALTER ROLE cqi_app SET statement_timeout = '60s';
ALTER ROLE cqi_app SET idle_in_transaction_session_timeout = '300s';
ALTER ROLE cqi_app SET timezone = 'UTC';

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A temporary table is searched before any other: the serving login could put one in front of a
-- table that a function of the owner reads, and have its own code run by the owner. A database made
-- from another as its template starts without this again.
DO $$
BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- Large objects lie outside every agency's walls, and the portal keeps none.
DO $$
DECLARE
    name regprocedure;
BEGIN
    FOR name IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
            AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite'))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', name);
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'large objects stay open to all logins: this login may not close them';
END
$$;

GRANT USAGE, CREATE ON SCHEMA public TO cqi_owner;
GRANT USAGE ON SCHEMA public TO cqi_app, cqi_across;
ALTER DEFAULT PRIVILEGES FOR ROLE cqi_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cqi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE cqi_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO cqi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE cqi_owner IN SCHEMA public
    GRANT SELECT ON TABLES TO cqi_across;
