from django.db import migrations

PROLONGED = """
CREATE OR REPLACE FUNCTION oversight_pause_is_prolonged() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.groups_decision d
        JOIN public.groups_group g ON g.agency_id = d.agency_id AND g.id = d.group_id
        WHERE d.agency_id = NEW.agency_id AND d.id = NEW.decision_id AND d.status = 'adopted'
            AND d.subject_type = 'accounts.pause' AND d.subject_id = NEW.id
            AND g.kind = 'committee'
    ) THEN
        RAISE EXCEPTION 'a pause lasts longer only by a further decision of the committee'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER IF EXISTS pause_is_prolonged ON accounts_pause;
CREATE TRIGGER pause_is_prolonged BEFORE UPDATE OF until ON accounts_pause
    FOR EACH ROW WHEN (NEW.until > OLD.until) EXECUTE FUNCTION oversight_pause_is_prolonged();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_pause_of_access"),
        ("groups", "0010_caucus"),
        ("oversight", "0004_review_of_pauses"),
    ]

    operations = [
        migrations.RunSQL(
            PROLONGED,
            "DROP TRIGGER pause_is_prolonged ON accounts_pause;"
            " DROP FUNCTION oversight_pause_is_prolonged();",
        ),
    ]
