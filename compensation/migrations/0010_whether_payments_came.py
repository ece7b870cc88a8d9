"""Whether payments came: dated rows that are never changed, each following the one before."""

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import foundation.models
from django.db import migrations, models

from foundation import walls

# Whoever paid or approved doesn't say for somebody else that it came. The payment is locked, so
# that two people can't both follow the same row.
TRUE = """
CREATE FUNCTION public.arrival_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made public.compensation_payment;
    last text;
BEGIN
    SELECT * INTO made FROM public.compensation_payment
        WHERE id = NEW.payment_id AND agency_id = NEW.agency_id FOR NO KEY UPDATE;
    SELECT kind INTO last FROM public.compensation_arrival
        WHERE payment_id = NEW.payment_id AND agency_id = NEW.agency_id ORDER BY id DESC LIMIT 1;
    IF made.id IS NULL OR made.member_id <> NEW.member_id OR made.reversed_on IS NOT NULL
        OR made.donated_to_id IS NOT NULL OR made.amount <= 0 OR NEW.said_on < made.paid_on
    THEN
        RAISE EXCEPTION 'payment % is none that could have reached member %', NEW.payment_id,
            NEW.member_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'found' AND last IS DISTINCT FROM 'missing' OR NEW.kind = last THEN
        RAISE EXCEPTION '% does not follow % for payment %', NEW.kind, last, NEW.payment_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind <> 'found' AND NEW.by_id <> NEW.member_id AND (
        NEW.by_id = made.paid_by_id OR EXISTS (
            SELECT FROM public.compensation_claim
            WHERE payment_id = made.id AND agency_id = made.agency_id
                AND approved_by_id = NEW.by_id
        )
    ) THEN
        RAISE EXCEPTION 'whoever paid or approved payment % does not say that it came', made.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER arrival_is_true BEFORE INSERT ON compensation_arrival
    FOR EACH ROW EXECUTE FUNCTION public.arrival_is_true();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0009_the_ledger_is_proved'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('got', 'I got it'), ('missing', 'It did not come'), ('found', 'Answered by those who pay')], max_length=10)),
                ('said_on', models.DateField()),
                ('said_how', models.CharField(blank=True, choices=[('signed', 'They signed a form'), ('spoken', 'They told me, in person or by phone')], max_length=10)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('payment', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='compensation.payment')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'indexes': [models.Index(fields=['agency', 'payment', '-id'], name='arrival_newest'), models.Index(fields=['agency', 'member'], name='arrival_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['got', 'missing', 'found'])), name='arrival_kind'), models.CheckConstraint(condition=models.Q(models.Q(('due_on__gte', models.F('said_on')), ('due_on__isnull', False), ('kind', 'missing')), models.Q(models.Q(('kind', 'missing'), _negated=True), ('due_on', None)), _connector='OR'), name='arrival_missing_has_a_clock'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'found'), models.Q(('words', ''), _negated=True)), models.Q(models.Q(('kind', 'found'), _negated=True), ('words', '')), _connector='OR'), name='arrival_answered_in_words'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'found'), models.Q(('by', models.F('member')), _negated=True), ('said_how', '')), models.Q(models.Q(('kind', 'found'), _negated=True), ('by', models.F('member')), ('said_how', '')), models.Q(models.Q(('kind', 'found'), _negated=True), models.Q(('by', models.F('member')), _negated=True), ('said_how__in', ['signed', 'spoken'])), _connector='OR'), name='arrival_said_by_its_member')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        walls.AppendOnly("Arrival"),
        migrations.RunSQL(TRUE, migrations.RunSQL.noop),
    ]
