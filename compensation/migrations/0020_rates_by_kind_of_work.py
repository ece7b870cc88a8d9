"""What a plan pays for each kind of work: rules that stay as they were when people decided."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls

# Whoever proposes a version or puts it in force waits for who writes its rules, and the other way
# round: the version's row is locked by both.
RULES_STAY = """
CREATE FUNCTION public.rate_rule_keeps_its_word() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    plan public.compensation_planversion;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.agency_id, NEW.plan_id, NEW.work)
        IS DISTINCT FROM (OLD.agency_id, OLD.plan_id, OLD.work)
    THEN
        RAISE EXCEPTION 'rule % is about its plan and its work', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO plan FROM public.compensation_planversion
        WHERE agency_id = NEW.agency_id AND id = NEW.plan_id FOR SHARE;
    IF plan.id IS NULL OR plan.since IS NOT NULL OR plan.ratified_on IS NOT NULL
        OR plan.ratification_id IS NOT NULL OR plan.asked_id IS NOT NULL
        OR EXISTS (
            SELECT FROM public.groups_decision d
            WHERE d.agency_id = NEW.agency_id AND d.subject_type = 'payment_plan_version'
                AND d.subject_id = NEW.plan_id AND d.status IN ('open', 'adopted')
        )
    THEN
        RAISE EXCEPTION 'people decide on plan % as it is: another version follows it', NEW.plan_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER rate_rule_keeps_its_word BEFORE INSERT OR UPDATE ON compensation_raterule
    FOR EACH ROW EXECUTE FUNCTION public.rate_rule_keeps_its_word();
REVOKE DELETE, TRUNCATE ON compensation_raterule FROM cqi_app;

CREATE FUNCTION public.compensation_rate_of(plan bigint, kind text)
RETURNS TABLE (amount numeric, basis text) LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT found.amount, found.basis FROM (
        SELECT r.amount, r.basis, CASE WHEN r.work = kind THEN 1 ELSE 2 END AS place
            FROM public.compensation_raterule r
            WHERE r.plan_id = plan AND r.amount IS NOT NULL
                AND (r.work = kind OR (kind = 'co_facilitation' AND r.work = 'dialogue'))
        UNION ALL
        SELECT p.hourly_rate, 'hour', 3 FROM public.compensation_planversion p
            WHERE p.id = plan AND kind IN ('meeting', 'dialogue', 'co_facilitation')
    ) found ORDER BY found.place LIMIT 1
$$;

-- A provisional plan is raised in each kind of work, never cut.
CREATE FUNCTION public.compensation_rates_are_less(plan bigint, than bigint)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM (
            SELECT r.work FROM public.compensation_raterule r WHERE r.plan_id IN (plan, than)
            UNION SELECT unnest(ARRAY['meeting', 'dialogue', 'co_facilitation'])
        ) kinds
        CROSS JOIN LATERAL public.compensation_rate_of(than, kinds.work) was
        LEFT JOIN LATERAL public.compensation_rate_of(plan, kinds.work) now ON true
        WHERE now.amount IS NULL OR now.basis <> was.basis OR now.amount < was.amount
    )
$$;

DO $$
DECLARE
    before text := pg_get_functiondef('public.compensation_plan_keeps_its_word'::regproc);
    after text := replace(
        before, 'OR p.hourly_rate > NEW.hourly_rate',
        'OR p.hourly_rate > NEW.hourly_rate
                OR public.compensation_rates_are_less(NEW.id, p.id)'
    );
BEGIN
    ASSERT before <> after;
    EXECUTE after;
END
$$;
"""

# A line says by which rule it was earned, and the rule says how much.
LINES_BY_RULES = """
DO $$
DECLARE
    before text := pg_get_functiondef('public.claim_keeps_its_way'::regproc);
    whose text := replace(replace(
        before,
        'NEW.kind, NEW.attendance_id)', 'NEW.kind, NEW.attendance_id, NEW.rule_id)'),
        'OLD.kind, OLD.attendance_id)', 'OLD.kind, OLD.attendance_id, OLD.rule_id)'
    );
    worth text := replace(
        whose,
        'NEW.amount > round(round(NEW.hours * 60) * NEW.rate / 60, 2)',
        'NEW.amount > (CASE
        WHEN NEW.rule_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.compensation_raterule r
            WHERE r.id = NEW.rule_id AND r.basis = ''hour''
        ) THEN NEW.rate
        ELSE round(round(NEW.hours * 60) * NEW.rate / 60, 2) END)'
    );
    true_to text := replace(
        worth,
        'IF NEW.kind = ''pay'' AND NEW.amount >',
        'IF NEW.rule_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.compensation_raterule r
        WHERE r.id = NEW.rule_id AND r.agency_id = NEW.agency_id AND r.plan_id = NEW.plan_id
            AND r.amount = NEW.rate
    ) THEN
        RAISE EXCEPTION ''line % is at another rate than its rule'', NEW.id
            USING ERRCODE = ''check_violation'';
    END IF;
    IF NEW.kind = ''pay'' AND NEW.amount >'
    );
BEGIN
    ASSERT whose <> before AND worth <> whose AND true_to <> worth;
    EXECUTE true_to;
END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0014_money_by_year'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.CreateModel(
            name='RateRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work', models.CharField(choices=[('meeting', 'Meetings'), ('dialogue', 'Dialogue sessions'), ('co_facilitation', 'Co-facilitating a dialogue session')], max_length=20)),
                ('basis', models.CharField(choices=[('hour', 'an hour'), ('session', 'each time'), ('day', 'a day')], max_length=10)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='claim_is_complete',
        ),
        migrations.AddField(
            model_name='raterule',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='raterule',
            name='plan',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='rate_rules', to='compensation.planversion'),
        ),
        migrations.AddField(
            model_name='claim',
            name='rule',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.raterule'),
        ),
        migrations.AddField(
            model_name='historicalclaim',
            name='rule',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='compensation.raterule'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attendance__isnull', False), ('hours__isnull', False), ('kind__in', ['pay', 'adjustment']), ('plan__isnull', False), ('rate__isnull', False)), models.Q(('amount__gt', 0), ('attendance', None), ('donate_to', None), ('kind', 'reimbursement'), ('rule', None), models.Q(('what_for', ''), _negated=True)), _connector='OR'), name='claim_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.UniqueConstraint(fields=('agency', 'plan', 'work'), name='rate_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.CheckConstraint(condition=models.Q(('work__in', ['meeting', 'dialogue', 'co_facilitation']), models.Q(('work', 'meeting'), _negated=True)), name='rate_rule_work'),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['hour', 'session', 'day'])), name='rate_rule_basis'),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), ('amount__gt', 0), _connector='OR'), name='rate_rule_positive'),
        ),
        walls.Walls(),
        migrations.RunSQL(RULES_STAY, migrations.RunSQL.noop),
        migrations.RunSQL(LINES_BY_RULES, migrations.RunSQL.noop),
    ]
