"""An agency's own indicators: published after a test, fixed then, retired and never deleted."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls


# A published version stays as it is, and a retired indicator takes no further ones.
VERSIONS = """
CREATE FUNCTION public.local_indicator_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'row % of % is published, attested or retired, and stays as it is', OLD.id,
        TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER local_version_is_kept BEFORE UPDATE ON measures_localversion
    FOR EACH ROW WHEN (OLD.published_on IS NOT NULL AND OLD IS DISTINCT FROM NEW
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER))
    EXECUTE FUNCTION public.local_indicator_is_kept();
CREATE TRIGGER local_indicator_is_kept BEFORE UPDATE ON measures_localindicator
    FOR EACH ROW WHEN (OLD.retired_on IS NOT NULL AND OLD IS DISTINCT FROM NEW
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER))
    EXECUTE FUNCTION public.local_indicator_is_kept();
CREATE TRIGGER local_attestation_is_kept BEFORE UPDATE ON measures_localattestation
    FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER))
    EXECUTE FUNCTION public.local_indicator_is_kept();
CREATE TRIGGER local_version_stays BEFORE DELETE ON measures_localversion
    FOR EACH ROW EXECUTE FUNCTION public.local_indicator_is_kept();
CREATE TRIGGER local_indicator_stays BEFORE DELETE ON measures_localindicator
    FOR EACH ROW EXECUTE FUNCTION public.local_indicator_is_kept();
CREATE TRIGGER local_attestation_stays BEFORE DELETE ON measures_localattestation
    FOR EACH ROW EXECUTE FUNCTION public.local_indicator_is_kept();
"""
RETIRED = """
CREATE FUNCTION public.local_indicator_is_in_use() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM public.measures_localindicator i WHERE i.agency_id = NEW.agency_id
        AND i.id = NEW.indicator_id AND i.retired_on IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'indicator % is retired', NEW.indicator_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER local_version_is_in_use BEFORE INSERT ON measures_localversion
    FOR EACH ROW EXECUTE FUNCTION public.local_indicator_is_in_use();
CREATE TRIGGER local_version_comes_into_use BEFORE UPDATE ON measures_localversion
    FOR EACH ROW WHEN (OLD.published_on IS NULL AND NEW.published_on IS NOT NULL
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER))
    EXECUTE FUNCTION public.local_indicator_is_in_use();
CREATE TRIGGER local_attestation_is_in_use BEFORE INSERT ON measures_localattestation
    FOR EACH ROW EXECUTE FUNCTION public.local_indicator_is_in_use();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('measures', '0002_rules_in_the_database'),
    ]

    operations = [
        migrations.CreateModel(
            name='LocalIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_on', models.DateField()),
                ('retired_on', models.DateField(blank=True, null=True)),
                ('retired_because', models.TextField(blank=True, default='')),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('begun_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('retired_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
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
            name='LocalAttestation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holds', models.BooleanField()),
                ('evidence', models.TextField()),
                ('on', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('indicator', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to='measures.localindicator')),
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
            name='LocalVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('definition', models.TextField()),
                ('source', models.CharField(choices=[('measure', 'The newest number of a measure'), ('attested', 'Somebody attests it, with evidence')], max_length=10)),
                ('direction', models.CharField(blank=True, choices=[('at_least', 'At least the goal'), ('at_most', 'At most the goal')], max_length=10)),
                ('goal', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('readers', models.CharField(choices=[('everybody', 'Everybody who sees the dashboard'), ('oversight', 'The oversight committee and administrators')], max_length=10)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('tested_on', models.DateField(blank=True, null=True)),
                ('tested_version', models.PositiveIntegerField(blank=True, null=True)),
                ('since', models.DateField(blank=True, null=True)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('drafted_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('indicator', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='measures.localindicator')),
                ('measure', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.measure')),
                ('published_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='localindicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_because', ''), ('retired_by', None), ('retired_on', None)), models.Q(('retired_by__isnull', False), ('retired_on__isnull', False), models.Q(('retired_because', ''), _negated=True)), _connector='OR'), name='local_indicator_retired_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='localattestation',
            constraint=models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='local_attestation_evidence'),
        ),
        migrations.AddConstraint(
            model_name='localversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('definition', ''), _negated=True)), name='local_version_is_defined'),
        ),
        migrations.AddConstraint(
            model_name='localversion',
            constraint=models.CheckConstraint(condition=models.Q(('readers__in', ['everybody', 'oversight'])), name='local_version_readers'),
        ),
        migrations.AddConstraint(
            model_name='localversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('direction__in', ['at_least', 'at_most']), ('goal__isnull', False), ('measure__isnull', False), ('months', None), ('source', 'measure')), models.Q(('direction', ''), ('goal', None), ('measure', None), ('months__gte', 1), ('months__lte', 24), ('source', 'attested')), _connector='OR'), name='local_version_source_fits'),
        ),
        migrations.AddConstraint(
            model_name='localversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_by', None), ('published_on', None), ('reason', ''), ('since', None)), models.Q(('published_by__isnull', False), ('published_on__isnull', False), ('since__gte', models.F('published_on')), ('tested_on__isnull', False), ('tested_version', models.F('version')), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='local_version_published_after_a_test'),
        ),
        migrations.AddConstraint(
            model_name='localversion',
            constraint=models.UniqueConstraint(fields=('agency', 'indicator', 'number'), name='local_version_number'),
        ),
        migrations.AddConstraint(
            model_name='localversion',
            constraint=models.UniqueConstraint(condition=models.Q(('published_on', None)), fields=('agency', 'indicator'), name='local_version_one_draft'),
        ),
        walls.Walls(),
        migrations.RunSQL(VERSIONS, migrations.RunSQL.noop),
        migrations.RunSQL(RETIRED, migrations.RunSQL.noop),
    ]
