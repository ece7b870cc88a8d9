"""Rules for special cases of pay, which stay as they were decided."""

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
CREATE FUNCTION public.special_case_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.until IS NOT NULL OR NEW.until IS NULL THEN
        RAISE EXCEPTION 'rule % gets its end once', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.agency_id, NEW."case", NEW.words, NEW.contact, NEW.decided_by, NEW.advice,
        NEW.since, NEW.recorded_by_id, NEW.at)
        IS DISTINCT FROM
        (OLD.id, OLD.agency_id, OLD."case", OLD.words, OLD.contact, OLD.decided_by, OLD.advice,
        OLD.since, OLD.recorded_by_id, OLD.at)
    THEN
        RAISE EXCEPTION 'what was decided about a special case does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER special_case_is_kept BEFORE UPDATE ON compensation_specialcaserule
    FOR EACH ROW EXECUTE FUNCTION public.special_case_is_kept();
REVOKE DELETE, TRUNCATE ON compensation_specialcaserule FROM cqi_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0024_lines_by_day_of_service'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='SpecialCaseRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.CharField(choices=[('no_number', 'Somebody has no Social Security number'), ('minor', 'Somebody is under 18'), ('payee', 'Somebody else receives a person’s money')], max_length=10)),
                ('words', models.CharField(max_length=1000)),
                ('contact', models.CharField(max_length=200)),
                ('decided_by', models.CharField(max_length=200)),
                ('advice', models.CharField(max_length=300)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('recorded_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('case__in', ['no_number', 'minor', 'payee']), models.Q(('words', ''), _negated=True), models.Q(('contact', ''), _negated=True), models.Q(('decided_by', ''), _negated=True), models.Q(('advice', ''), _negated=True)), name='special_case_whole'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='special_case_period'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('agency', '='), ('case', '='), (accounts.dated.DateRange('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='special_case_no_overlap')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
