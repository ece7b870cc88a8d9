"""Minutes that the oversight committee approved are fixed with their meeting."""
from django.db import migrations, models

# Only the owner's functions that erase and destroy pass.
FIXED = """
CREATE FUNCTION groups_approved_minutes_are_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.group_id, NEW."on", NEW.status, NEW.minutes,
        NEW.minutes_approved_on) IS NOT DISTINCT FROM (OLD.group_id, OLD."on", OLD.status,
        OLD.minutes, OLD.minutes_approved_on)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'approved minutes stay as they are' USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER approved_minutes_are_fixed BEFORE UPDATE OR DELETE ON groups_meeting FOR EACH ROW
    WHEN (
        OLD.minutes_approved_on IS NOT NULL AND (
            current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER
        )
    )
    EXECUTE FUNCTION groups_approved_minutes_are_fixed();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0016_interests_in_a_decision'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalmeeting',
            name='minutes_approved_on',
            field=models.DateField(blank=True, help_text='The day on which the oversight committee approved them: from then on, fixed.', null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='minutes_approved_on',
            field=models.DateField(blank=True, help_text='The day on which the oversight committee approved them: from then on, fixed.', null=True),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('minutes_approved_on', None), models.Q(('status', 'held'), models.Q(('minutes', ''), _negated=True)), _connector='OR'), name='meeting_approved_minutes_are_there'),
        ),
        migrations.RunSQL(FIXED, migrations.RunSQL.noop),
    ]
