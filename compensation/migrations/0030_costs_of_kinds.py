"""Kinds of cost: miles are worth their rate, and any other cost has a receipt or a reason."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.db.models.manager
import django.utils.timezone
import foundation.models
from django.db import migrations, models

from foundation import walls

RECEIPTS = """
CREATE FUNCTION public.receipt_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF length(NEW.content) = 0 OR NOT EXISTS (
        SELECT FROM public.compensation_claim c WHERE c.id = NEW.claim_id
            AND c.agency_id = NEW.agency_id AND c.kind = 'reimbursement'
            AND c.cost NOT IN ('', 'miles') AND c.no_receipt = '' AND c.status = 'earned'
            AND NEW.by_id IN (c.member_id, c.entered_by_id)
    ) THEN
        RAISE EXCEPTION 'receipt % is not of a cost that whoever sends it asked for', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER receipt_is_true BEFORE INSERT ON compensation_receipt
    FOR EACH ROW EXECUTE FUNCTION public.receipt_is_true();
"""

# Deferred: the line is written before its receipt.
PROVEN = """
CREATE FUNCTION public.cost_is_proven() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.compensation_claim WHERE id = NEW.id AND no_receipt = ''
    ) AND NOT EXISTS (
        SELECT FROM public.compensation_receipt WHERE claim_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'cost % has no receipt, and no reason for that', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER cost_is_proven AFTER INSERT ON compensation_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.cost NOT IN ('', 'miles') AND NEW.no_receipt = '')
    EXECUTE FUNCTION public.cost_is_proven();
CREATE CONSTRAINT TRIGGER cost_stays_proven AFTER UPDATE ON compensation_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.cost NOT IN ('', 'miles') AND NEW.no_receipt = '' AND OLD.no_receipt <> ''
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER))
    EXECUTE FUNCTION public.cost_is_proven();
"""

WORD_KEPT = """
CREATE FUNCTION public.cost_keeps_its_word() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'what cost % was for does not change', OLD.id
        USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER cost_keeps_its_word BEFORE UPDATE ON compensation_claim
    FOR EACH ROW WHEN (
        (NEW.cost IS DISTINCT FROM OLD.cost
        OR (OLD.status IN ('approved', 'paid', 'refused', 'withdrawn')
            AND (NEW.miles, NEW.per_mile, NEW.no_receipt)
                IS DISTINCT FROM (OLD.miles, OLD.per_mile, OLD.no_receipt)))
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.cost_keeps_its_word();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0020_rates_by_kind_of_work'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BinaryField()),
                ('media', models.CharField(choices=[('image/jpeg', 'Photo'), ('application/pdf', 'PDF file')], max_length=20)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
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
            model_name='claim',
            name='cost',
            field=models.CharField(blank=True, choices=[('miles', 'Miles in my own car'), ('fare', 'A bus, train or taxi'), ('childcare', 'Childcare, or care for somebody'), ('meal', 'A meal'), ('other', 'Something else')], db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='claim',
            name='miles',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='no_receipt',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='claim',
            name='per_mile',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name='historicalclaim',
            name='cost',
            field=models.CharField(blank=True, choices=[('miles', 'Miles in my own car'), ('fare', 'A bus, train or taxi'), ('childcare', 'Childcare, or care for somebody'), ('meal', 'A meal'), ('other', 'Something else')], db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='historicalclaim',
            name='miles',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name='historicalclaim',
            name='no_receipt',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='historicalclaim',
            name='per_mile',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=5, null=True),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('cost', ''), models.Q(('cost__in', ['miles', 'fare', 'childcare', 'meal', 'other']), ('kind', 'reimbursement')), _connector='OR'), name='claim_kind_of_cost'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cost', 'miles'), ('miles__isnull', False), ('no_receipt', ''), ('per_mile__isnull', False), ('miles__gt', 0), ('per_mile__gt', 0), ('amount', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('miles'), '*', models.F('per_mile')), 2))), models.Q(models.Q(('cost', 'miles'), _negated=True), ('miles', None), ('per_mile', None), models.Q(('no_receipt', ''), models.Q(('cost', ''), _negated=True), _connector='OR')), _connector='OR'), name='claim_miles_are_worth'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='by',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='claim',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='compensation.claim'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('media__in', ['image/jpeg', 'application/pdf'])), name='receipt_media'),
        ),
        walls.Walls(),
        walls.AppendOnly("Receipt"),
        migrations.RunSQL(RECEIPTS, migrations.RunSQL.noop),
        migrations.RunSQL(PROVEN, migrations.RunSQL.noop),
        migrations.RunSQL(WORD_KEPT, migrations.RunSQL.noop),
    ]
