"""Questions about pay that somebody writes down for people on paper, and that they were told."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls

TRUE = """
CREATE FUNCTION public.pay_answer_was_told() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.compensation_payquestion q
            JOIN public.compensation_payanswer a ON a.question_id = q.id
                AND a.agency_id = q.agency_id
        WHERE q.id = NEW.question_id AND q.agency_id = NEW.agency_id
            AND q.entered_by_id IS NOT NULL AND q.member_id <> NEW.by_id
            AND a.answered_on <= NEW.told_on
    ) THEN
        RAISE EXCEPTION 'question % has no answer to be told on paper', NEW.question_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER pay_answer_was_told BEFORE INSERT ON compensation_payanswertold
    FOR EACH ROW EXECUTE FUNCTION public.pay_answer_was_told();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0069_who_corrected_does_not_pay'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='PayAnswerTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_on', models.DateField()),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='payquestion',
            name='entered_by',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='payquestion',
            name='said_how',
            field=models.CharField(blank=True, choices=[('signed', 'They signed a form'), ('spoken', 'They told me, in person or by phone')], db_default='', default='', max_length=10),
        ),
        migrations.AddIndex(
            model_name='payquestion',
            index=models.Index(condition=models.Q(('entered_by__isnull', False)), fields=['agency', '-id'], name='pay_question_on_paper'),
        ),
        migrations.AddConstraint(
            model_name='payquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entered_by', None), ('said_how', '')), models.Q(('entered_by__isnull', False), ('said_how__in', ['signed', 'spoken']), models.Q(('entered_by', models.F('member')), _negated=True)), _connector='OR'), name='pay_question_said_by_its_member'),
        ),
        migrations.AddField(
            model_name='payanswertold',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='payanswertold',
            name='by',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='payanswertold',
            name='question',
            field=foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='told', to='compensation.payquestion'),
        ),
        walls.Walls(),
        walls.AppendOnly("PayAnswerTold"),
        migrations.RunSQL(TRUE, migrations.RunSQL.noop),
    ]
