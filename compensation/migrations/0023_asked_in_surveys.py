"""Whoever is asked to fill in a survey is paid for it, whether they answer or not."""

import django.db.models.deletion
import foundation.models
from django.db import migrations, models

ASKED = """
DO $$
DECLARE
    before text := pg_get_functiondef('public.other_work_is_true'::regproc);
    whose text := replace(replace(
        before,
        'NEW.work, NEW.meeting_id, NEW."on")', 'NEW.work, NEW.meeting_id, NEW.survey_number, NEW."on")'),
        'OLD.work, OLD.meeting_id, OLD."on")', 'OLD.work, OLD.meeting_id, OLD.survey_number, OLD."on")'
    );
    by_kind text := replace(
        whose,
        'AND NEW.voided_on IS NULL AND NEW.work = ''late_cancellation'' THEN',
        'AND NEW.voided_on IS NULL AND NEW.work = ''survey'' THEN
        IF NOT EXISTS (
            SELECT FROM public.satisfaction_surveyround r
            JOIN public.satisfaction_surveyinvitation i ON i.agency_id = r.agency_id
                AND i.round_id = r.id
            WHERE r.agency_id = NEW.agency_id AND r.number = NEW.survey_number
                AND i.member_id = NEW.member_id AND r.opens = NEW."on"
        ) THEN
            RAISE EXCEPTION ''member % was not asked in survey %'',
                NEW.member_id, NEW.survey_number USING ERRCODE = ''check_violation'';
        END IF;
    ELSIF (TG_OP = ''INSERT'' OR OLD.voided_on IS NOT NULL)
        AND NEW.voided_on IS NULL AND NEW.work = ''late_cancellation'' THEN'
    );
BEGIN
    ASSERT whose <> before AND by_kind <> whose;
    EXECUTE by_kind;
END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0022_meetings_called_off_late'),
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
            model_name='otherwork',
            name='survey_number',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='otherwork',
            name='meeting',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.meeting'),
        ),
        migrations.AlterField(
            model_name='otherwork',
            name='work',
            field=models.CharField(choices=[('meeting', 'Meetings'), ('dialogue', 'Dialogue sessions'), ('co_facilitation', 'Co-facilitating a dialogue session'), ('preparation', 'Preparing for a meeting'), ('travel', 'Travel time'), ('late_cancellation', 'Meeting called off late'), ('survey', 'Being asked to fill in a survey')], max_length=20),
        ),
        migrations.AlterField(
            model_name='raterule',
            name='work',
            field=models.CharField(choices=[('meeting', 'Meetings'), ('dialogue', 'Dialogue sessions'), ('co_facilitation', 'Co-facilitating a dialogue session'), ('preparation', 'Preparing for a meeting'), ('travel', 'Travel time'), ('late_cancellation', 'Meeting called off late'), ('survey', 'Being asked to fill in a survey')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.UniqueConstraint(fields=('agency', 'survey_number', 'member'), name='other_work_once_for_a_survey'),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', False), ('survey_number', None), ('work__in', ['preparation', 'travel', 'late_cancellation'])), models.Q(('hours', 0), ('meeting', None), ('survey_number__isnull', False), ('work', 'survey')), _connector='OR'), name='other_work_kind'),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.CheckConstraint(condition=models.Q(('work__in', ['meeting', 'dialogue', 'co_facilitation', 'preparation', 'travel', 'late_cancellation', 'survey']), models.Q(('work', 'meeting'), _negated=True)), name='rate_rule_work'),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('work', 'survey'), _negated=True), ('basis', 'session'), _connector='OR'), name='rate_rule_survey_each_time'),
        ),
        migrations.RunSQL(ASKED, migrations.RunSQL.noop),
    ]
