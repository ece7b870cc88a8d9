"""Work besides meetings: recorded once, and each line of pay says which of it is paid."""

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import foundation.models
from decimal import Decimal
from django.db import migrations, models

from foundation import walls

RECORDED = """
CREATE FUNCTION public.other_work_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.agency_id, NEW.member_id, NEW.work, NEW.meeting_id, NEW."on")
        IS DISTINCT FROM (OLD.agency_id, OLD.member_id, OLD.work, OLD.meeting_id, OLD."on")
    THEN
        RAISE EXCEPTION 'whose work % is, and for what, does not change', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (TG_OP = 'INSERT' OR OLD.voided_on IS NOT NULL) AND NEW.voided_on IS NULL AND NOT EXISTS (
        SELECT FROM public.groups_attendance a
        JOIN public.groups_meeting m ON m.agency_id = a.agency_id AND m.id = a.meeting_id
        WHERE a.agency_id = NEW.agency_id AND a.meeting_id = NEW.meeting_id
            AND a.member_id = NEW.member_id AND a.voided_on IS NULL AND m."on" = NEW."on"
    ) THEN
        RAISE EXCEPTION 'member % was not at meeting %', NEW.member_id, NEW.meeting_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER other_work_is_true BEFORE INSERT OR UPDATE ON compensation_otherwork
    FOR EACH ROW WHEN (
        current_setting('cqi.erasing', true) IS DISTINCT FROM 'on' OR CURRENT_USER = SESSION_USER
    ) EXECUTE FUNCTION public.other_work_is_true();
REVOKE DELETE, TRUNCATE ON compensation_otherwork FROM cqi_app;
"""

LINES = """
DO $$
DECLARE
    before text := pg_get_functiondef('public.claim_keeps_its_way'::regproc);
    whose text := replace(replace(
        before,
        'NEW.attendance_id, NEW.rule_id)', 'NEW.attendance_id, NEW.other_work_id, NEW.rule_id)'),
        'OLD.attendance_id, OLD.rule_id)', 'OLD.attendance_id, OLD.other_work_id, OLD.rule_id)'
    );
    about text := replace(
        whose,
        'IF NEW.rule_id IS NOT NULL AND NOT EXISTS (',
        'IF NEW.other_work_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.compensation_otherwork w
        JOIN public.compensation_raterule r ON r.agency_id = w.agency_id AND r.id = NEW.rule_id
            AND r.work = w.work
        WHERE w.id = NEW.other_work_id AND w.agency_id = NEW.agency_id
            AND w.member_id = NEW.member_id AND w."on" = NEW.service_on
    ) THEN
        RAISE EXCEPTION ''line % is for other work than its rule or its member'', NEW.id
            USING ERRCODE = ''check_violation'';
    END IF;
    IF NEW.rule_id IS NOT NULL AND NOT EXISTS ('
    );
BEGIN
    ASSERT whose <> before AND about <> whose;
    ASSERT (length(about) - length(replace(about, 'NEW.other_work_id IS NOT NULL', ''))) = 29;
    EXECUTE about;
END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0031_budget_lines'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.CreateModel(
            name='OtherWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work', models.CharField(choices=[('meeting', 'Meetings'), ('dialogue', 'Dialogue sessions'), ('co_facilitation', 'Co-facilitating a dialogue session'), ('preparation', 'Preparing for a meeting'), ('travel', 'Travel time')], max_length=20)),
                ('on', models.DateField()),
                ('hours', models.DecimalField(db_default=0, decimal_places=2, default=Decimal(0), max_digits=5)),
                ('standing', models.CharField(choices=[('primary_consumer', 'Person who uses services'), ('family_member', 'Family member'), ('provider', 'Provider (front-line staff)'), ('manager', 'Manager'), ('other', 'Other'), ('undisclosed', 'Prefer not to say')], max_length=20)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('voided_on', models.DateField(blank=True, null=True)),
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
        migrations.RemoveConstraint(
            model_name='raterule',
            name='rate_rule_work',
        ),
        migrations.AlterField(
            model_name='raterule',
            name='work',
            field=models.CharField(choices=[('meeting', 'Meetings'), ('dialogue', 'Dialogue sessions'), ('co_facilitation', 'Co-facilitating a dialogue session'), ('preparation', 'Preparing for a meeting'), ('travel', 'Travel time')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.CheckConstraint(condition=models.Q(('work__in', ['meeting', 'dialogue', 'co_facilitation', 'preparation', 'travel']), models.Q(('work', 'meeting'), _negated=True)), name='rate_rule_work'),
        ),
        migrations.AddField(
            model_name='otherwork',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='otherwork',
            name='meeting',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.meeting'),
        ),
        migrations.AddField(
            model_name='otherwork',
            name='member',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='otherwork',
            name='recorded_by',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='otherwork',
            name='voided_by',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='claim',
            name='other_work',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.otherwork'),
        ),
        migrations.AddField(
            model_name='historicalclaim',
            name='other_work',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='compensation.otherwork'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'pay')), fields=('agency', 'other_work'), name='claim_once_for_other_work'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'adjustment'), ('status__in', ['waiting', 'earned', 'waived'])), fields=('agency', 'other_work'), name='claim_one_open_adjustment_of_work'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hours__isnull', False), ('kind__in', ['pay', 'adjustment']), ('plan__isnull', False), ('rate__isnull', False), models.Q(models.Q(('attendance__isnull', False), ('other_work', None)), models.Q(('attendance', None), ('other_work__isnull', False), ('rule__isnull', False)), _connector='OR')), models.Q(('amount__gt', 0), ('attendance', None), ('donate_to', None), ('kind', 'reimbursement'), ('other_work', None), ('rule', None), models.Q(('what_for', ''), _negated=True)), _connector='OR'), name='claim_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.UniqueConstraint(fields=('agency', 'meeting', 'member', 'work'), name='other_work_once'),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.CheckConstraint(condition=models.Q(('work__in', ['preparation', 'travel'])), name='other_work_kind'),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gte', 0), ('hours__lte', 24)), name='other_work_hours'),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['primary_consumer', 'family_member', 'provider', 'manager', 'other', 'undisclosed'])), name='other_work_standing'),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('voided_by', None), ('voided_on', None)), models.Q(('voided_by__isnull', False), ('voided_on__isnull', False)), _connector='OR'), name='other_work_voided_by_somebody'),
        ),
        walls.Walls(),
        migrations.RunSQL(RECORDED, migrations.RunSQL.noop),
        migrations.RunSQL(LINES, migrations.RunSQL.noop),
    ]
