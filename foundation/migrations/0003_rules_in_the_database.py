"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

from foundation import walls

SPENT_BEFORE = """
CREATE FUNCTION portal_spend_token() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('portal.answer_kept', true) = 'yes' THEN
        RAISE EXCEPTION 'a token is spent in the transaction of its answer'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'token_apart_from_answer';
    END IF;
    PERFORM set_config('portal.token_spent', 'yes', true);
    RETURN NULL;
END $$;
"""

ANSWERS_APART = """
CREATE FUNCTION portal_keep_answer() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('portal.token_spent', true) = 'yes' THEN
        RAISE EXCEPTION 'an answer is kept in the transaction of its token'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'answer_apart_from_token';
    END IF;
    PERFORM set_config('portal.answer_kept', 'yes', true);
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_events_and_changes_of_policies"),
    ]

    operations = [
        walls.AppendOnly("Event", "PolicyChange"),
        migrations.RunSQL(SPENT_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(ANSWERS_APART, migrations.RunSQL.noop),
    ]
