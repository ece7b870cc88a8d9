"""An orientation is recorded once for a person and a group, given by somebody else."""

from django.db import migrations, models

TRUE = """
DO $$
DECLARE
    before text := pg_get_functiondef('public.other_work_is_true'::regproc);
    whose text := replace(replace(
        before,
        'NEW.survey_number, NEW."on")', 'NEW.survey_number, NEW.group_id, NEW."on")'),
        'OLD.survey_number, OLD."on")', 'OLD.survey_number, OLD.group_id, OLD."on")'
    );
    of_group text := replace(
        whose,
        '    IF (TG_OP = ''INSERT''',
        '    IF NEW.meeting_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.groups_meeting m WHERE m.agency_id = NEW.agency_id
            AND m.id = NEW.meeting_id AND m.group_id = NEW.group_id
    ) THEN
        RAISE EXCEPTION ''meeting % is none of group %'', NEW.meeting_id, NEW.group_id
            USING ERRCODE = ''check_violation'';
    END IF;
    IF (TG_OP = ''INSERT'''
    );
    by_kind text := replace(
        of_group,
        'AND NEW.voided_on IS NULL AND NEW.work = ''survey'' THEN',
        'AND NEW.voided_on IS NULL AND NEW.work = ''orientation'' THEN
        IF NOT EXISTS (
            SELECT FROM public.groups_seat s
            WHERE s.agency_id = NEW.agency_id AND s.group_id = NEW.group_id
                AND s.member_id = NEW.member_id AND (s.until IS NULL OR s.until > NEW."on")
        ) THEN
            RAISE EXCEPTION ''member % has no place in group %'',
                NEW.member_id, NEW.group_id USING ERRCODE = ''check_violation'';
        END IF;
    ELSIF (TG_OP = ''INSERT'' OR OLD.voided_on IS NOT NULL)
        AND NEW.voided_on IS NULL AND NEW.work = ''survey'' THEN'
    );
BEGIN
    ASSERT length(of_group) - length(replace(of_group, 'is none of group', '')) = 16;
    ASSERT whose <> before AND of_group <> whose AND by_kind <> of_group;
    EXECUTE by_kind;
END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0062_work_for_a_meeting_is_of_its_group'),
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
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_on', None), ('work', 'orientation')), fields=('agency', 'group', 'member'), name='other_work_one_orientation'),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_by', None), ('group__isnull', False), ('meeting__isnull', False), ('survey_number', None), ('work__in', ['preparation', 'travel', 'late_cancellation'])), models.Q(('given_by', None), ('group', None), ('hours', 0), ('meeting', None), ('survey_number__isnull', False), ('work', 'survey')), models.Q(('given_by__isnull', False), ('group__isnull', False), ('hours__gt', 0), ('meeting', None), ('survey_number', None), ('work', 'orientation')), _connector='OR'), name='other_work_kind'),
        ),
        migrations.AddConstraint(
            model_name='otherwork',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('work', 'orientation'), _negated=True), models.Q(models.Q(('given_by', models.F('member')), _negated=True), models.Q(('recorded_by', models.F('member')), _negated=True)), _connector='OR'), name='other_work_oriented_by_another'),
        ),
        migrations.AddConstraint(
            model_name='raterule',
            constraint=models.CheckConstraint(condition=models.Q(('work__in', ['meeting', 'dialogue', 'co_facilitation', 'preparation', 'orientation', 'travel', 'late_cancellation', 'survey']), models.Q(('work', 'meeting'), _negated=True)), name='rate_rule_work'),
        ),
        migrations.RunSQL(TRUE, migrations.RunSQL.noop),
    ]
