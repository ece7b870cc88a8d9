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

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

GRANT USAGE, CREATE ON SCHEMA public TO cqi_owner;
GRANT USAGE ON SCHEMA public TO cqi_app, cqi_across;
ALTER DEFAULT PRIVILEGES FOR ROLE cqi_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cqi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE cqi_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO cqi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE cqi_owner IN SCHEMA public
    GRANT SELECT ON TABLES TO cqi_across;
