"""Whoever changed the hours of a line last, before its approval, does not pay it."""

import django.db.models.deletion
import foundation.models
from django.db import migrations, models

from foundation import walls

# It changes with the hours, and never again once the line is decided.
KEPT = """
CREATE FUNCTION public.claim_keeps_who_corrected() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'who corrected line % does not change', OLD.id
        USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER claim_keeps_who_corrected BEFORE UPDATE ON compensation_claim
    FOR EACH ROW WHEN (
        NEW.corrected_by_id IS DISTINCT FROM OLD.corrected_by_id
        AND (OLD.status IN ('approved', 'paid', 'refused')
            OR NEW.hours IS NOT DISTINCT FROM OLD.hours)
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.claim_keeps_who_corrected();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0068_planned_beyond_the_budget'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='corrected_by',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='historicalclaim',
            name='corrected_by',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.member'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('corrected_by', None), ('paid_by', None), models.Q(('paid_by', models.F('corrected_by')), _negated=True), _connector='OR'), name='claim_corrected_by_another'),
        ),
        walls.Walls(),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
