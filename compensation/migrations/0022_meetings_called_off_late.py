"""A meeting called off late pays everybody who was expected, once."""

from django.db import migrations, models

LATE = """
DO $$
DECLARE
    before text := pg_get_functiondef('public.other_work_is_true'::regproc);
    by_kind text := replace(
        before,
        'AND NEW.voided_on IS NULL AND NOT EXISTS (
        SELECT FROM public.groups_attendance a',
        'AND NEW.voided_on IS NULL AND NEW.work = ''late_cancellation'' THEN
        IF NOT EXISTS (
            SELECT FROM public.groups_seat s
            JOIN public.groups_meeting m ON m.agency_id = s.agency_id AND m.group_id = s.group_id
            WHERE m.agency_id = NEW.agency_id AND m.id = NEW.meeting_id
                AND m.status = ''cancelled'' AND s.member_id = NEW.member_id
                AND s.since <= m."on" AND (s.until IS NULL OR s.until > m."on")
        ) THEN
            RAISE EXCEPTION ''member % waited for no meeting % that was called off'',
                NEW.member_id, NEW.meeting_id USING ERRCODE = ''check_violation'';
        END IF;
    ELSIF (TG_OP = ''INSERT'' OR OLD.voided_on IS NOT NULL) AND NEW.voided_on IS NULL AND NOT EXISTS (
        SELECT FROM public.groups_attendance a'
    );
BEGIN
    ASSERT by_kind <> before;
    EXECUTE by_kind;
END
$$;

DO $$
DECLARE
    before text := pg_get_functiondef('public.compensation_rates_are_less'::regproc);
    later text := replace(
        before,
        'WHERE now.amount IS NULL OR now.basis <> was.basis OR now.amount < was.amount',
        'WHERE now.amount IS NULL OR now.basis <> was.basis OR now.amount < was.amount
            OR EXISTS (
                SELECT FROM public.compensation_raterule a
                JOIN public.compensation_raterule b ON b.plan_id = than AND b.work = a.work
                WHERE a.plan_id = plan AND a.work = kinds.work AND a.hours_ahead < b.hours_ahead
            )'
    );
BEGIN
    ASSERT later <> before;
    EXECUTE later;
END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0021_other_work'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='otherwork',
            name='other_work_kind',
        ),
        migrations.RemoveConstraint(
            model_name='raterule',
            name='rate_rule_work',
        ),
        migrations.AddField(
            model_name='raterule',
            name='hours_ahead',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='otherwork',
            name='work',
            field=models.CharField(choices=[('meeting', 'Meetings'), ('dialogue', 'Dialogue sessions'), ('co_facilitation', 'Co-facilitating a dialogue session'), ('preparation', 'Preparing for a meeting'), ('travel', 'Travel time'), ('late_cancellation', 'Meeting called off late')], max_length=20),
        ),
        migrations.AlterField(
            model_name='raterule',
            name='work',
            field=models.CharField(choices=[('meeting', 'Meetings'), ('dialogue', 'Dialogue sessions'), ('co_facilitation', 'Co-facilitating a dialogue session'), ('preparation', 'Preparing for a meeting'), ('travel', 'Travel time'), ('late_cancellation', 'Meeting called off late')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.CheckConstraint(condition=models.Q(('work__in', ['preparation', 'travel', 'late_cancellation'])), name='other_work_kind'),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.CheckConstraint(condition=models.Q(('work__in', ['meeting', 'dialogue', 'co_facilitation', 'preparation', 'travel', 'late_cancellation']), models.Q(('work', 'meeting'), _negated=True)), name='rate_rule_work'),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'session'), ('hours_ahead__gt', 0), ('work', 'late_cancellation')), models.Q(models.Q(('work', 'late_cancellation'), _negated=True), ('hours_ahead', None)), _connector='OR'), name='rate_rule_hours_ahead'),
        ),
        migrations.RunSQL(LATE, migrations.RunSQL.noop),
    ]
