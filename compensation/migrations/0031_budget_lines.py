"""Lines of the budget: rows that can only be taken out, once."""

import accounts.dated
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import foundation.models
from django.db import migrations, models

from foundation import walls

KEPT = """
CREATE FUNCTION public.budget_line_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.out_on IS NOT NULL OR (to_jsonb(NEW) - '{out_on,out_by_id,out_why}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{out_on,out_by_id,out_why}'::text[])
    THEN
        RAISE EXCEPTION 'line % of the budget is only taken out, once', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER budget_line_is_kept BEFORE UPDATE ON compensation_budgetline
    FOR EACH ROW WHEN (
        (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
        OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.budget_line_is_kept();
REVOKE DELETE, TRUNCATE ON compensation_budgetline FROM cqi_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0050_tax_forms'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('covers', models.CharField(choices=[('meetings', 'Pay for meetings'), ('other_pay', 'Pay for other work'), ('costs', 'Costs of taking part')], max_length=10)),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=11)),
                ('decided_on', models.DateField()),
                ('decided_by', models.CharField(max_length=120)),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('out_on', models.DateField(blank=True, null=True)),
                ('out_why', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('entered_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('out_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('covers__in', ['meetings', 'other_pay', 'costs']), ('until__gt', models.F('since')), models.Q(('name', ''), _negated=True), models.Q(('decided_by', ''), _negated=True)), name='budget_line_whole'), models.CheckConstraint(condition=models.Q(models.Q(('out_by', None), ('out_on', None), ('out_why', '')), models.Q(('out_by__isnull', False), ('out_on__isnull', False), models.Q(('out_why', ''), _negated=True)), _connector='OR'), name='budget_line_out_with_reason'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('out_on', None)), expressions=[('agency', '='), ('covers', '='), (accounts.dated.DateRange('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='budget_line_no_overlap')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
