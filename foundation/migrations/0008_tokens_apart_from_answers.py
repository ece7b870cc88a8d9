from django.db import migrations

# The name of a setting that lasts as long as the transaction, and no longer.
SPENT = "portal.token_spent"
KEPT = "portal.answer_kept"

FUNCTIONS = f"""
CREATE FUNCTION portal_spend_token() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('{KEPT}', true) = 'yes' THEN
        RAISE EXCEPTION 'a token is spent in the transaction of its answer'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'token_apart_from_answer';
    END IF;
    PERFORM set_config('{SPENT}', 'yes', true);
    RETURN NULL;
END $$;

CREATE FUNCTION portal_keep_answer() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('{SPENT}', true) = 'yes' THEN
        RAISE EXCEPTION 'an answer is kept in the transaction of its token'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'answer_apart_from_token';
    END IF;
    PERFORM set_config('{KEPT}', 'yes', true);
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """Whoever reads the whole database must not find out by a transaction who gave which answer."""

    dependencies = [("foundation", "0007_subjects_have_codes")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS, "DROP FUNCTION portal_spend_token(); DROP FUNCTION portal_keep_answer();"
        )
    ]
