"""No plan comes into force that the committee has not ratified, but for the founding's own."""

from django.db import migrations

RATIFIED_FIRST = """
DO $$
DECLARE
    was text := pg_get_functiondef('public.compensation_plan_keeps_its_word'::regproc);
    others text;
    about text;
    kept text;
BEGIN
    others := replace(
        was,
        'IF NEW.ratified_on IS NOT NULL OR (NEW.attested_on IS NULL AND NEW.since >= over) THEN',
        'IF NEW.ratified_on IS NOT NULL THEN'
    );
    about := replace(
        others,
        'AND d.decided_on = NEW.ratified_on',
        'AND d.decided_on = NEW.ratified_on
                AND d.subject_type = ''payment_plan_version'' AND d.subject_id = NEW.id
                AND d.text = NEW.text'
    );
    kept := replace(
        about,
        'IF TG_OP = ''UPDATE'' AND OLD.ratified_on IS NOT NULL
        AND NEW.ratified_on IS DISTINCT FROM OLD.ratified_on
    THEN',
        'IF TG_OP = ''UPDATE'' AND OLD.ratified_on IS NOT NULL
        AND (NEW.ratified_on, NEW.ratification_id, NEW.text, NEW.hourly_rate, NEW.daily_cap,
            NEW.due_days) IS DISTINCT FROM (OLD.ratified_on, OLD.ratification_id, OLD.text,
            OLD.hourly_rate, OLD.daily_cap, OLD.due_days)
    THEN'
    );
    ASSERT others <> was AND about <> others AND kept <> about;
    EXECUTE kept;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("compensation", "0012_questions_about_pay")]

    operations = [migrations.RunSQL(RATIFIED_FIRST, migrations.RunSQL.noop)]
