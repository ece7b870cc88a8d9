"""A charter can say its terms as data, which are fixed with their version."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.manager
import foundation.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation import walls

# The lock makes whoever changes the terms and whoever puts the version to a decision take turns.
TERMS = """
CREATE FUNCTION public.charter_terms_are_of_a_draft() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    of_agency bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.agency_id ELSE NEW.agency_id END;
    versions bigint[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.charter_id]
        WHEN 'DELETE' THEN ARRAY[OLD.charter_id] ELSE ARRAY[OLD.charter_id, NEW.charter_id] END;
    of_version bigint;
BEGIN
    FOREACH of_version IN ARRAY versions LOOP
        PERFORM FROM public.documents_version v
            JOIN public.documents_document d ON d.agency_id = v.agency_id AND d.id = v.document_id
            WHERE v.agency_id = of_agency AND v.id = of_version AND v.proposed_on IS NULL
                AND d.kind = 'charter'
            FOR SHARE OF v;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'version % is no draft of a charter', of_version
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER terms_are_of_a_draft BEFORE INSERT OR DELETE ON documents_charterterms
    FOR EACH ROW EXECUTE FUNCTION public.charter_terms_are_of_a_draft();
CREATE TRIGGER terms_stay_of_a_draft BEFORE UPDATE ON documents_charterterms
    FOR EACH ROW WHEN (
        current_setting('cqi.erasing', true) IS DISTINCT FROM 'on' OR CURRENT_USER = SESSION_USER
    ) EXECUTE FUNCTION public.charter_terms_are_of_a_draft();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_steps_of_a_process'),
        ('foundation', '0004_an_agency_begins_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalCharterTerms',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('seats_consumers', models.PositiveSmallIntegerField()),
                ('seats_family', models.PositiveSmallIntegerField(default=0)),
                ('seats_staff', models.PositiveSmallIntegerField(default=0)),
                ('seats_others', models.PositiveSmallIntegerField(default=0)),
                ('term_months', models.PositiveSmallIntegerField()),
                ('terms_in_a_row', models.PositiveSmallIntegerField(blank=True, help_text='Empty if there is no limit.', null=True)),
                ('quorum_percent', models.PositiveSmallIntegerField()),
                ('quorum_consumers', models.PositiveSmallIntegerField()),
                ('decides_by', models.CharField(choices=[('consent', 'Consent: nobody objects'), ('majority', 'Majority of those who vote')], default='consent', max_length=10)),
                ('chair', models.BooleanField(default=False)),
                ('co_chair', models.BooleanField(default=False)),
                ('note_taker', models.BooleanField(default=False)),
                ('grounds', models.TextField(blank=True, help_text='On which grounds a seat can be ended.')),
                ('powers', models.TextField(blank=True)),
                ('budget', models.TextField(blank=True)),
                ('disputes', models.TextField(blank=True, help_text='How disputes end.')),
                ('minutes_to_board', models.BooleanField(default=False)),
                ('minutes_to_program', models.BooleanField(default=False)),
                ('minutes_to_public', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='foundation.agency')),
                ('charter', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='documents.version')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical charter terms',
                'verbose_name_plural': 'historical charter terms',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='CharterTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seats_consumers', models.PositiveSmallIntegerField()),
                ('seats_family', models.PositiveSmallIntegerField(default=0)),
                ('seats_staff', models.PositiveSmallIntegerField(default=0)),
                ('seats_others', models.PositiveSmallIntegerField(default=0)),
                ('term_months', models.PositiveSmallIntegerField()),
                ('terms_in_a_row', models.PositiveSmallIntegerField(blank=True, help_text='Empty if there is no limit.', null=True)),
                ('quorum_percent', models.PositiveSmallIntegerField()),
                ('quorum_consumers', models.PositiveSmallIntegerField()),
                ('decides_by', models.CharField(choices=[('consent', 'Consent: nobody objects'), ('majority', 'Majority of those who vote')], default='consent', max_length=10)),
                ('chair', models.BooleanField(default=False)),
                ('co_chair', models.BooleanField(default=False)),
                ('note_taker', models.BooleanField(default=False)),
                ('grounds', models.TextField(blank=True, help_text='On which grounds a seat can be ended.')),
                ('powers', models.TextField(blank=True)),
                ('budget', models.TextField(blank=True)),
                ('disputes', models.TextField(blank=True, help_text='How disputes end.')),
                ('minutes_to_board', models.BooleanField(default=False)),
                ('minutes_to_program', models.BooleanField(default=False)),
                ('minutes_to_public', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('charter', foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='documents.version')),
            ],
            options={
                'verbose_name_plural': 'charter terms',
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('seats_consumers__gt', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('seats_family'), '+', models.F('seats_staff')), '+', models.F('seats_others')))), name='charter_consumers_have_more_than_half'), models.CheckConstraint(condition=models.Q(('term_months__gte', 1), models.Q(('terms_in_a_row', None), ('terms_in_a_row__gte', 1), _connector='OR')), name='charter_terms_last'), models.CheckConstraint(condition=models.Q(('quorum_percent__gte', 1), ('quorum_percent__lte', 100), ('quorum_consumers__gte', 1), ('quorum_consumers__lte', models.F('seats_consumers'))), name='charter_quorum_can_be_met'), models.CheckConstraint(condition=models.Q(('decides_by__in', ['consent', 'majority'])), name='charter_decides_by'), models.CheckConstraint(condition=models.Q(('chair', True), ('co_chair', True), _connector='OR'), name='charter_has_a_chair')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        migrations.RunSQL(TERMS, migrations.RunSQL.noop),
    ]
