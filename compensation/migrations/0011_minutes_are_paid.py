"""Pay is worth its minutes: the money is rounded, not the hours."""

from django.db import migrations

# Hours are stored with two decimals, which tell every minute apart: 0.33 are 20 minutes.
MINUTES = """
DO $$
DECLARE
    before text := pg_get_functiondef('public.claim_keeps_its_way'::regproc);
    after text := replace(
        before, 'round(NEW.hours * NEW.rate, 2)', 'round(round(NEW.hours * 60) * NEW.rate / 60, 2)'
    );
BEGIN
    ASSERT before <> after;
    EXECUTE after;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("compensation", "0010_whether_payments_came")]

    operations = [migrations.RunSQL(MINUTES, migrations.RunSQL.noop)]
