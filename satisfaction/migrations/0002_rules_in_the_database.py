"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

# A closing day is put off, never brought forward; what a round asks about, of how many, and what
# was counted stays; while it is open answers are only added or written anew, after that not at all.
SURVEY_ROUND_KEEPS_ITS_DAY = """
CREATE FUNCTION survey_round_keeps_its_day() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'survey rounds are not deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.closed_on IS NOT NULL THEN
        RAISE EXCEPTION 'survey round % is closed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.closes < OLD.closes THEN
        RAISE EXCEPTION 'the closing day of survey round % is never brought forward', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.id, NEW.agency_id, NEW.number, NEW.instrument, NEW.since, NEW.until, NEW.opens,
        NEW.invited, NEW.consumers_invited)
        IS DISTINCT FROM
       (OLD.id, OLD.agency_id, OLD.number, OLD.instrument, OLD.since, OLD.until, OLD.opens,
        OLD.invited, OLD.consumers_invited) THEN
        RAISE EXCEPTION 'what survey round % asks stays as it was opened', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER survey_round_keeps_its_day BEFORE UPDATE OR DELETE ON satisfaction_surveyround
    FOR EACH ROW EXECUTE FUNCTION survey_round_keeps_its_day();
"""

SURVEY_ONLY_WHILE_OPEN = """
CREATE FUNCTION survey_only_while_open() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    closed date;
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- Waits for a close that is under way, which holds the round.
        SELECT closed_on INTO closed FROM public.satisfaction_surveyround
            WHERE id = NEW.round_id FOR SHARE;
    ELSE
        -- Without waiting: who spends a code holds its row, which the close waits for.
        SELECT closed_on INTO closed FROM public.satisfaction_surveyround WHERE id = OLD.round_id;
    END IF;
    IF NOT FOUND OR closed IS NOT NULL THEN
        RAISE EXCEPTION 'this survey round takes nothing' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.round_id <> OLD.round_id THEN
            RAISE EXCEPTION 'nothing moves to another round' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    RETURN CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
END
$$;
CREATE TRIGGER survey_only_while_open BEFORE INSERT OR UPDATE OR DELETE ON satisfaction_answer
    FOR EACH ROW EXECUTE FUNCTION survey_only_while_open();
CREATE TRIGGER survey_only_while_open BEFORE INSERT OR UPDATE OR DELETE ON satisfaction_comment
    FOR EACH ROW EXECUTE FUNCTION survey_only_while_open();
CREATE TRIGGER survey_only_while_open
    BEFORE INSERT OR UPDATE OR DELETE ON satisfaction_surveyinvitation
    FOR EACH ROW EXECUTE FUNCTION survey_only_while_open();
CREATE TRIGGER survey_only_while_open BEFORE INSERT OR UPDATE OR DELETE ON satisfaction_surveysheet
    FOR EACH ROW EXECUTE FUNCTION survey_only_while_open();
"""

# Triggers that run a function of another app.
SPENT_BEFORE_TOO = """
CREATE TRIGGER spends_token AFTER UPDATE OF spent ON satisfaction_surveyinvitation
    FOR EACH ROW WHEN (NEW.spent AND NOT OLD.spent) EXECUTE FUNCTION portal_spend_token();
CREATE TRIGGER spends_token AFTER UPDATE OF spent ON satisfaction_surveysheet
    FOR EACH ROW WHEN (NEW.spent AND NOT OLD.spent) EXECUTE FUNCTION portal_spend_token();
"""

# Triggers that run a function of another app.
ANSWERS_APART_TOO = """
CREATE TRIGGER keeps_answer AFTER INSERT ON satisfaction_answer
    FOR EACH ROW EXECUTE FUNCTION portal_keep_answer();
CREATE TRIGGER keeps_answer AFTER INSERT ON satisfaction_comment
    FOR EACH ROW EXECUTE FUNCTION portal_keep_answer();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("satisfaction", "0001_initial"),
        ("foundation", "0003_rules_in_the_database"),
    ]

    operations = [
        migrations.RunSQL(SURVEY_ROUND_KEEPS_ITS_DAY, migrations.RunSQL.noop),
        migrations.RunSQL(SURVEY_ONLY_WHILE_OPEN, migrations.RunSQL.noop),
        migrations.RunSQL(SPENT_BEFORE_TOO, migrations.RunSQL.noop),
        migrations.RunSQL(ANSWERS_APART_TOO, migrations.RunSQL.noop),
    ]
