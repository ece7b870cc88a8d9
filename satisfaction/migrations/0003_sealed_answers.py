"""Answers are sealed until their round closes, and codes lead to nobody.

A round that is open now takes no more answers, and closes on its day with those that it has.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.db.models.manager
import foundation.models
import uuid
from django.db import migrations, models

from foundation import walls

NO_LONGER_SPENT = """
DROP TRIGGER spends_token ON satisfaction_surveyinvitation;
"""

ROUND_KEEPS_ITS_KEY = """
CREATE OR REPLACE FUNCTION survey_round_keeps_its_day() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'survey rounds are not deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.closed_on IS NOT NULL THEN
        RAISE EXCEPTION 'survey round % is closed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.closes < OLD.closes THEN
        RAISE EXCEPTION 'the closing day of survey round % is never brought forward', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.id, NEW.agency_id, NEW.number, NEW.instrument, NEW.since, NEW.until, NEW.opens,
        NEW.invited, NEW.consumers_invited, NEW.public_key)
        IS DISTINCT FROM
       (OLD.id, OLD.agency_id, OLD.number, OLD.instrument, OLD.since, OLD.until, OLD.opens,
        OLD.invited, OLD.consumers_invited, OLD.public_key) THEN
        RAISE EXCEPTION 'what survey round % asks stays as it was opened', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
"""

ONLY_WHILE_OPEN_TOO = """
CREATE TRIGGER survey_only_while_open
    BEFORE INSERT OR UPDATE OR DELETE ON satisfaction_sealedanswer
    FOR EACH ROW EXECUTE FUNCTION survey_only_while_open();
CREATE TRIGGER survey_only_while_open BEFORE INSERT OR UPDATE OR DELETE ON satisfaction_surveycode
    FOR EACH ROW EXECUTE FUNCTION survey_only_while_open();
CREATE TRIGGER spends_token AFTER UPDATE OF spent ON satisfaction_surveycode
    FOR EACH ROW WHEN (NEW.spent AND NOT OLD.spent) EXECUTE FUNCTION portal_spend_token();
CREATE TRIGGER keeps_answer AFTER INSERT ON satisfaction_sealedanswer
    FOR EACH ROW EXECUTE FUNCTION portal_keep_answer();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        # Lists tables that end here.
        ('privacy', '0008_tables_that_go_as_wholes'),
        ('satisfaction', '0002_rules_in_the_database'),
    ]

    operations = [
        migrations.RunSQL(NO_LONGER_SPENT, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='SealedAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('envelope', models.BinaryField()),
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
            name='SurveyCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('printed', models.BooleanField(db_default=False, default=False)),
                ('spent', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveField(
            model_name='surveyinvitation',
            name='digest',
        ),
        migrations.RemoveField(
            model_name='surveyinvitation',
            name='spent',
        ),
        migrations.AddField(
            model_name='historicalsurveyround',
            name='lost',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='historicalsurveyround',
            name='public_key',
            field=models.TextField(db_default='', default='', editable=False),
        ),
        migrations.AddField(
            model_name='surveyinvitation',
            name='cleared',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='surveyround',
            name='lost',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='surveyround',
            name='public_key',
            field=models.TextField(db_default='', default='', editable=False),
        ),
        migrations.AddConstraint(
            model_name='surveyround',
            constraint=models.CheckConstraint(condition=models.Q(('lost', False), models.Q(('answered', 0), ('closed_on__isnull', False)), _connector='OR'), name='round_lost_when_closed'),
        ),
        migrations.AddField(
            model_name='sealedanswer',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='sealedanswer',
            name='round',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='envelopes', to='satisfaction.surveyround'),
        ),
        migrations.AddField(
            model_name='surveycode',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='surveycode',
            name='round',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='satisfaction.surveyround'),
        ),
        migrations.DeleteModel(
            name='SurveySheet',
        ),
        migrations.AddConstraint(
            model_name='sealedanswer',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('envelope'), 9652), name='sealed_answer_size'),
        ),
        walls.Walls(),
        migrations.RunSQL(ROUND_KEEPS_ITS_KEY, migrations.RunSQL.noop),
        migrations.RunSQL(ONLY_WHILE_OPEN_TOO, migrations.RunSQL.noop),
    ]
