"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

SILENCING_STAYS = """
CREATE FUNCTION silencing_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what was set aside stays on record' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.agency_id, OLD.dialogue_id, OLD.contribution_id, OLD.voice_id, OLD.code, OLD."on",
        OLD.until, OLD.asked_by_id, OLD.asked_side)
       IS DISTINCT FROM
       (NEW.agency_id, NEW.dialogue_id, NEW.contribution_id, NEW.voice_id, NEW.code, NEW."on",
        NEW.until, NEW.asked_by_id, NEW.asked_side)
       OR (OLD.agreed_on IS NOT NULL
           AND (OLD.agreed_on, OLD.agreed_by_id, OLD.agreed_side)
               IS DISTINCT FROM (NEW.agreed_on, NEW.agreed_by_id, NEW.agreed_side))
       OR (OLD.ended_on IS NOT NULL
           AND (OLD.ended_on, OLD.ended_by_id, OLD.ended_how)
               IS DISTINCT FROM (NEW.ended_on, NEW.ended_by_id, NEW.ended_how))
       OR (OLD.ended_on IS NOT NULL AND OLD.agreed_on IS NULL AND NEW.agreed_on IS NOT NULL)
    THEN
        RAISE EXCEPTION 'what was set aside, by whom and why, is never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER silencing_stays BEFORE UPDATE OR DELETE ON dialogues_silencing
    FOR EACH ROW EXECUTE FUNCTION silencing_stays();
"""

# Triggers that run a function of another app.
SPENT_BEFORE_TOO = """
CREATE TRIGGER spends_token AFTER INSERT ON dialogues_sessionturn
    FOR EACH ROW EXECUTE FUNCTION portal_spend_token();
"""

# Triggers that run a function of another app.
ANSWERS_APART_TOO = """
CREATE TRIGGER keeps_answer AFTER INSERT ON dialogues_sessionanswer
    FOR EACH ROW EXECUTE FUNCTION portal_keep_answer();
"""

RIGHTS = """
REVOKE DELETE, TRUNCATE ON dialogues_silencing FROM cqi_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dialogues", "0001_initial"),
        ("foundation", "0003_rules_in_the_database"),
    ]

    operations = [
        migrations.RunSQL(SILENCING_STAYS, migrations.RunSQL.noop),
        migrations.RunSQL(SPENT_BEFORE_TOO, migrations.RunSQL.noop),
        migrations.RunSQL(ANSWERS_APART_TOO, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
