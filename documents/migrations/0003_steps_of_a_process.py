"""A process can be written in steps with data, which are fixed with their version."""

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.manager
import foundation.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation import walls

# What was put before the bodies keeps its words, and what came into force has been.
WORDS = """
CREATE FUNCTION public.document_keeps_its_words() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'version % was put to a decision: its words do not change', OLD.id
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER document_keeps_its_words BEFORE UPDATE ON documents_version
    FOR EACH ROW WHEN (
        ((OLD.proposed_on IS NOT NULL
            AND ROW(OLD.document_id, OLD.number, OLD.form, OLD.text, OLD.text_equivalent, false)
            IS DISTINCT FROM ROW(NEW.document_id, NEW.number, NEW.form, NEW.text,
                NEW.text_equivalent, NEW.proposed_on IS NULL))
        OR (OLD.in_force_on IS NOT NULL AND NEW.in_force_on IS NULL))
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.document_keeps_its_words();
"""

# A version written in steps is not put to a decision without any, and does not leave them behind.
FORM = """
CREATE FUNCTION public.document_has_its_steps() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    steps boolean := EXISTS (SELECT FROM public.documents_processstep s
        WHERE s.agency_id = NEW.agency_id AND s.process_id = NEW.id);
BEGIN
    IF steps <> (NEW.form = 'steps') AND (steps OR NEW.proposed_on IS NOT NULL) THEN
        RAISE EXCEPTION 'version % and its steps do not fit', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER document_has_its_steps BEFORE UPDATE ON documents_version
    FOR EACH ROW WHEN (
        (OLD.form, OLD.proposed_on) IS DISTINCT FROM (NEW.form, NEW.proposed_on)
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.document_has_its_steps();
CREATE TRIGGER document_begins_with_its_steps BEFORE INSERT ON documents_version
    FOR EACH ROW WHEN (NEW.form = 'steps' AND NEW.proposed_on IS NOT NULL)
    EXECUTE FUNCTION public.document_has_its_steps();
"""

# The lock makes whoever changes a step and whoever puts the version to a decision take turns.
STEPS = """
CREATE FUNCTION public.process_step_is_of_a_draft() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    of_agency bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.agency_id ELSE NEW.agency_id END;
    versions bigint[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.process_id]
        WHEN 'DELETE' THEN ARRAY[OLD.process_id] ELSE ARRAY[OLD.process_id, NEW.process_id] END;
    of_version bigint;
BEGIN
    FOREACH of_version IN ARRAY versions LOOP
        PERFORM FROM public.documents_version v WHERE v.agency_id = of_agency
            AND v.id = of_version AND v.form = 'steps' AND v.proposed_on IS NULL
            FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'version % is no draft that is written in steps', of_version
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER step_is_of_a_draft BEFORE INSERT OR DELETE ON documents_processstep
    FOR EACH ROW EXECUTE FUNCTION public.process_step_is_of_a_draft();
CREATE TRIGGER step_stays_of_a_draft BEFORE UPDATE ON documents_processstep
    FOR EACH ROW WHEN (
        current_setting('cqi.erasing', true) IS DISTINCT FROM 'on' OR CURRENT_USER = SESSION_USER
    ) EXECUTE FUNCTION public.process_step_is_of_a_draft();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('documents', '0002_rules_in_the_database'),
        ('foundation', '0004_an_agency_begins_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalProcessStep',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('who_decides', models.CharField(max_length=300)),
                ('consumers', models.CharField(help_text='Where consumers take part in the step.', max_length=300)),
                ('feedback', models.CharField(blank=True, default='', max_length=300)),
                ('appeal', models.CharField(blank=True, default='', max_length=300)),
                ('measure', models.CharField(blank=True, default='', max_length=300)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical process step',
                'verbose_name_plural': 'historical process steps',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ProcessStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('who_decides', models.CharField(max_length=300)),
                ('consumers', models.CharField(help_text='Where consumers take part in the step.', max_length=300)),
                ('feedback', models.CharField(blank=True, default='', max_length=300)),
                ('appeal', models.CharField(blank=True, default='', max_length=300)),
                ('measure', models.CharField(blank=True, default='', max_length=300)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
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
            model_name='version',
            name='version_form',
        ),
        migrations.AlterField(
            model_name='historicalversion',
            name='form',
            field=models.CharField(choices=[('narrative', 'Text'), ('steps', 'Steps that are drawn as a flowchart'), ('chart', 'List of steps, with the same in sentences')], default='narrative', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalversion',
            name='text',
            field=models.TextField(help_text='For a chart, one step a line. For steps, what comes before them.'),
        ),
        migrations.AlterField(
            model_name='version',
            name='form',
            field=models.CharField(choices=[('narrative', 'Text'), ('steps', 'Steps that are drawn as a flowchart'), ('chart', 'List of steps, with the same in sentences')], default='narrative', max_length=10),
        ),
        migrations.AlterField(
            model_name='version',
            name='text',
            field=models.TextField(help_text='For a chart, one step a line. For steps, what comes before them.'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['narrative', 'steps', 'chart'])), name='version_form'),
        ),
        migrations.AddField(
            model_name='historicalprocessstep',
            name='agency',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='historicalprocessstep',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalprocessstep',
            name='process',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='documents.version'),
        ),
        migrations.AddField(
            model_name='processstep',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='processstep',
            name='process',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='documents.version'),
        ),
        migrations.AddConstraint(
            model_name='processstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('who_decides', ''), _negated=True), models.Q(('consumers', ''), _negated=True)), name='process_step_says_who'),
        ),
        migrations.AddConstraint(
            model_name='processstep',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('agency', 'process', 'position'), name='process_step_position'),
        ),
        walls.Walls(),
        migrations.RunSQL(WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(FORM, migrations.RunSQL.noop),
        migrations.RunSQL(STEPS, migrations.RunSQL.noop),
    ]
