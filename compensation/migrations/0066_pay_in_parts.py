"""Wishes to be paid in parts, and no more pay in a month than was asked for."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls

# A line that is worth more than the wish is paid alone.
AS_WISHED = """
CREATE FUNCTION public.paid_as_wished() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    most numeric;
    n bigint;
    total numeric;
BEGIN
    SELECT w.per_month INTO most FROM public.compensation_partswish w
        WHERE w.agency_id = NEW.agency_id AND w.member_id = NEW.member_id;
    IF most IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT count(*), sum(c.amount) INTO n, total
        FROM public.compensation_claim c
        JOIN public.compensation_payment p ON p.agency_id = c.agency_id AND p.id = c.payment_id
        JOIN public.compensation_payment now ON now.agency_id = c.agency_id
            AND now.id = NEW.payment_id
        WHERE c.agency_id = NEW.agency_id AND c.member_id = NEW.member_id
            AND c.kind <> 'reimbursement' AND c.amount > 0 AND p.reversed_on IS NULL
            AND date_trunc('month', p.paid_on) = date_trunc('month', now.paid_on);
    IF n > 1 AND total > most THEN
        RAISE EXCEPTION 'member % asked for less pay in a month', NEW.member_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER paid_as_wished AFTER UPDATE ON compensation_claim FOR EACH ROW WHEN (
    NEW.status = 'paid' AND OLD.status <> 'paid' AND NEW.kind <> 'reimbursement' AND NEW.amount > 0
    AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on' OR CURRENT_USER = SESSION_USER)
) EXECUTE FUNCTION public.paid_as_wished();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0065_all_of_the_day_is_handed_out'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartsWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('per_month', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('changed_on', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('entered_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('member', foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('per_month', None), ('per_month__gt', 0), _connector='OR'), name='parts_wish_positive'), models.CheckConstraint(condition=models.Q(('entered_by', None), models.Q(('entered_by', models.F('member')), _negated=True), _connector='OR'), name='parts_wish_entered_by_another')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        migrations.RunSQL(AS_WISHED, migrations.RunSQL.noop),
    ]
