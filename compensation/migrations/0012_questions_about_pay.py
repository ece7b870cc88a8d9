"""Questions about pay and their answers: rows that are never changed."""

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import foundation.models
from django.db import migrations, models

from foundation import walls

TRUE = """
CREATE FUNCTION public.pay_question_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.words = '' OR NEW.claim_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.compensation_claim WHERE id = NEW.claim_id
            AND agency_id = NEW.agency_id AND member_id = NEW.member_id
    ) OR NEW.payment_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.compensation_payment WHERE id = NEW.payment_id
            AND agency_id = NEW.agency_id AND member_id = NEW.member_id
    ) OR NEW.follows_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.compensation_payquestion q
            JOIN public.compensation_payanswer a ON a.question_id = q.id
                AND a.agency_id = q.agency_id
        WHERE q.id = NEW.follows_id AND q.agency_id = NEW.agency_id
            AND q.member_id = NEW.member_id
            AND (q.claim_id, q.payment_id) IS NOT DISTINCT FROM (NEW.claim_id, NEW.payment_id)
    ) THEN
        RAISE EXCEPTION 'member % asks only about their own pay', NEW.member_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER pay_question_is_true BEFORE INSERT ON compensation_payquestion
    FOR EACH ROW EXECUTE FUNCTION public.pay_question_is_true();

CREATE FUNCTION public.pay_answer_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.compensation_payquestion WHERE id = NEW.question_id
            AND agency_id = NEW.agency_id AND member_id <> NEW.by_id
            AND asked_on <= NEW.answered_on
    ) THEN
        RAISE EXCEPTION 'question % is answered by another, after it was asked', NEW.question_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER pay_answer_is_true BEFORE INSERT ON compensation_payanswer
    FOR EACH ROW EXECUTE FUNCTION public.pay_answer_is_true();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0011_minutes_are_paid'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='PayQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(blank=True, max_length=500)),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('claim', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.claim')),
                ('follows', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.payquestion')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('payment', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.payment')),
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
            name='PayAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=1000)),
                ('answered_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('question', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='compensation.payquestion')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='payquestion',
            index=models.Index(fields=['agency', 'member', '-id'], name='pay_question_member'),
        ),
        migrations.AddConstraint(
            model_name='payquestion',
            constraint=models.CheckConstraint(condition=models.Q(('claim', None), ('payment', None), _connector='OR'), name='pay_question_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='payquestion',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('asked_on'))), name='pay_question_has_a_clock'),
        ),
        migrations.AddConstraint(
            model_name='payquestion',
            constraint=models.UniqueConstraint(condition=models.Q(('follows__isnull', False)), fields=('agency', 'follows'), name='pay_question_followed_once'),
        ),
        migrations.AddConstraint(
            model_name='payanswer',
            constraint=models.UniqueConstraint(fields=('agency', 'question'), name='pay_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='payanswer',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='pay_answer_in_words'),
        ),
        walls.Walls(),
        walls.AppendOnly("PayQuestion", "PayAnswer"),
        migrations.RunSQL(TRUE, migrations.RunSQL.noop),
    ]
