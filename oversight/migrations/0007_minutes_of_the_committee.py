"""The committee approves minutes, which are fixed from then on, and its members add to them."""
import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls

# As before, with the meeting and the text for others.
STEP_IS_KEPT = """
DO $$
DECLARE
    was text := pg_get_functiondef('public.oversight_step_is_kept'::regproc);
    now text;
BEGIN
    now := replace(replace(was,
        'OLD.prepared_on, OLD.decide_by)',
        'OLD.prepared_on, OLD.decide_by, OLD.meeting_id, OLD.open_text, OLD.left_out)'),
        'NEW.decide_by)',
        'NEW.decide_by, NEW.meeting_id, NEW.open_text, NEW.left_out)');
    ASSERT now LIKE '%OLD.left_out%' AND now LIKE '%NEW.left_out%';
    EXECUTE now;
END
$$;
"""

MEETING_IS_APPROVED = """
-- Whether the committee of the meeting agreed to these minutes of it, kept inside the committee.
CREATE FUNCTION oversight_minutes_hold(agency bigint, step bigint, of_meeting bigint)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.oversight_committeestep t
        JOIN public.groups_decision d ON d.agency_id = t.agency_id AND d.id = t.decision_id
        JOIN public.groups_meeting m ON m.agency_id = t.agency_id AND m.id = t.meeting_id
        WHERE t.agency_id = agency AND t.id = step AND t.meeting_id = of_meeting
            AND m.group_id = d.group_id AND m.minutes = t.text AND d.kept_inside
            AND public.oversight_step_holds(t.agency_id, t.id, 'minutes')
    )
$$;
CREATE FUNCTION oversight_meeting_is_approved() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' OR (NEW.group_id, NEW.minutes) IS DISTINCT FROM (OLD.group_id, OLD.minutes)
        OR NOT EXISTS (
        SELECT FROM public.oversight_committeestep t
        WHERE t.agency_id = NEW.agency_id AND t.meeting_id = NEW.id AND t.state = 'open'
            AND public.oversight_minutes_hold(t.agency_id, t.id, NEW.id)
    ) THEN
        RAISE EXCEPTION 'only the committee approves its minutes, with a quorum'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER meeting_is_approved BEFORE UPDATE ON groups_meeting FOR EACH ROW
    WHEN (
        OLD.minutes_approved_on IS NULL AND NEW.minutes_approved_on IS NOT NULL AND (
            current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER
        )
    )
    EXECUTE FUNCTION oversight_meeting_is_approved();
CREATE TRIGGER meeting_begins_unapproved BEFORE INSERT ON groups_meeting FOR EACH ROW
    WHEN (NEW.minutes_approved_on IS NOT NULL) EXECUTE FUNCTION oversight_meeting_is_approved();
"""

MINUTES_ARE_APPROVED = """
CREATE FUNCTION oversight_minutes_are_approved() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.oversight_committeestep t
        JOIN public.groups_meeting m ON m.agency_id = t.agency_id AND m.id = t.meeting_id
        WHERE t.agency_id = NEW.agency_id AND t.id = NEW.step_id AND m.id = NEW.meeting_id
            AND (t.open_text, t.left_out, m.minutes_approved_on)
                = (NEW.open_text, NEW.left_out, NEW.approved_on)
            AND public.oversight_minutes_hold(t.agency_id, t.id, m.id)
    ) THEN
        RAISE EXCEPTION 'only the committee publishes its minutes, as it approved them'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER minutes_are_approved BEFORE INSERT ON oversight_approvedminutes
    FOR EACH ROW EXECUTE FUNCTION oversight_minutes_are_approved();
"""

# Addenda follow one another, by their days and numbers; the lock makes writers take turns.
ADDENDUM_FOLLOWS = """
CREATE FUNCTION oversight_addendum_follows() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('minutes', NEW.minutes_id));
    SELECT greatest(a.approved_on, max(d.written_on)) AS day, count(d.id) AS number INTO last
        FROM public.oversight_approvedminutes a LEFT JOIN public.oversight_minutesaddendum d
            ON d.agency_id = a.agency_id AND d.minutes_id = a.id
        WHERE a.agency_id = NEW.agency_id AND a.id = NEW.minutes_id GROUP BY a.approved_on;
    IF last.day IS NULL OR NEW.written_on < last.day OR NEW.number <> last.number + 1 THEN
        RAISE EXCEPTION 'an addendum follows the last one' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.groups_seat h
        JOIN public.groups_group g ON g.agency_id = h.agency_id AND g.id = h.group_id
        WHERE h.agency_id = NEW.agency_id AND h.member_id = NEW.written_by_id AND h.voting
            AND g.kind = 'committee' AND h.since <= NEW.written_on
            AND (h.until IS NULL OR h.until > NEW.written_on)
    ) THEN
        RAISE EXCEPTION 'only voting members of the committee write addenda'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER addendum_follows BEFORE INSERT ON oversight_minutesaddendum
    FOR EACH ROW EXECUTE FUNCTION oversight_addendum_follows();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0017_approved_minutes'),
        ('oversight', '0006_only_the_committee_decides'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovedMinutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('open_text', models.TextField(help_text='For everybody else who may read the minutes.')),
                ('left_out', models.TextField(blank=True, help_text='Why passages of the minutes are not in that text.')),
                ('approved_on', models.DateField()),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='MinutesAddendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('written_on', models.DateField()),
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
            model_name='committeestep',
            name='step_kind',
        ),
        migrations.RemoveConstraint(
            model_name='committeestep',
            name='step_says_what',
        ),
        migrations.AddField(
            model_name='committeestep',
            name='left_out',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='meeting',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.meeting'),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='open_text',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='left_out',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='meeting',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.meeting'),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='open_text',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AlterField(
            model_name='committeestep',
            name='kind',
            field=models.CharField(choices=[('recommend', 'Recommend something'), ('judge', 'Judge an answer'), ('verify', 'Verify that something was carried out'), ('review', 'Close a review'), ('minutes', 'Approve minutes')], max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalcommitteestep',
            name='kind',
            field=models.CharField(choices=[('recommend', 'Recommend something'), ('judge', 'Judge an answer'), ('verify', 'Verify that something was carried out'), ('review', 'Close a review'), ('minutes', 'Approve minutes')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['recommend', 'judge', 'verify', 'review', 'minutes'])), name='step_kind'),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finding__isnull', False), ('kind', 'recommend'), ('review', None), ('due__isnull', False), ('owner__isnull', False), ('response', None), ('satisfactory', None), models.Q(models.Q(('recommendation__isnull', False), ('state', 'decided')), models.Q(models.Q(('state', 'decided'), _negated=True), ('recommendation', None)), _connector='OR'), models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), models.Q(('kind', 'judge'), ('recommendation__isnull', False), ('response__isnull', False), ('finding', None), ('review', None), ('satisfactory__isnull', False), models.Q(('satisfactory', True), models.Q(('text', ''), _negated=True), _connector='OR')), models.Q(('finding', None), ('kind', 'verify'), ('recommendation__isnull', False), ('review', None), models.Q(('satisfactory', True), models.Q(('response__isnull', False), ('satisfactory', False)), _connector='OR'), models.Q(('text', ''), _negated=True)), models.Q(('finding', None), ('held_on__isnull', False), ('kind', 'review'), ('review__isnull', False), ('recommendation', None), ('response', None), ('satisfactory', None)), models.Q(('finding', None), ('kind', 'minutes'), ('meeting__isnull', False), ('review', None), ('recommendation', None), ('response', None), ('satisfactory', None), models.Q(('text', ''), _negated=True), models.Q(('open_text', ''), _negated=True)), _connector='OR'), name='step_says_what'),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'minutes'), models.Q(('left_out', ''), ('meeting', None), ('open_text', '')), _connector='OR'), name='step_about_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('agency', 'meeting'), name='step_one_open_per_meeting'),
        ),
        migrations.AddField(
            model_name='approvedminutes',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='approvedminutes',
            name='meeting',
            field=foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.meeting'),
        ),
        migrations.AddField(
            model_name='approvedminutes',
            name='step',
            field=foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='oversight.committeestep'),
        ),
        migrations.AddField(
            model_name='minutesaddendum',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='minutesaddendum',
            name='minutes',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='oversight.approvedminutes'),
        ),
        migrations.AddField(
            model_name='minutesaddendum',
            name='written_by',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddConstraint(
            model_name='approvedminutes',
            constraint=models.CheckConstraint(condition=models.Q(('open_text', ''), _negated=True), name='approved_minutes_have_a_text'),
        ),
        migrations.AddConstraint(
            model_name='minutesaddendum',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='addendum_numbered'),
        ),
        migrations.AddConstraint(
            model_name='minutesaddendum',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='addendum_has_text'),
        ),
        migrations.AddConstraint(
            model_name='minutesaddendum',
            constraint=models.UniqueConstraint(fields=('agency', 'minutes', 'number'), name='addendum_number_once'),
        ),
        walls.Walls(),
        walls.AppendOnly("ApprovedMinutes", "MinutesAddendum"),
        migrations.RunSQL(STEP_IS_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(MEETING_IS_APPROVED, migrations.RunSQL.noop),
        migrations.RunSQL(MINUTES_ARE_APPROVED, migrations.RunSQL.noop),
        migrations.RunSQL(ADDENDUM_FOLLOWS, migrations.RunSQL.noop),
    ]
