"""Money before a meeting: settled once, and what is left of it is set off against later pay."""

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import foundation.models
from django.db import migrations, models

from foundation import walls

# Before it is decided, a cost takes receipts; an advance does so until it is settled.
RECEIPTS = """
CREATE OR REPLACE FUNCTION public.receipt_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF length(NEW.content) = 0 OR NOT EXISTS (
        SELECT FROM public.compensation_claim c WHERE c.id = NEW.claim_id
            AND c.agency_id = NEW.agency_id AND c.kind = 'reimbursement'
            AND c.cost NOT IN ('', 'miles') AND c.no_receipt = ''
            AND NEW.by_id IN (c.member_id, c.entered_by_id)
            AND CASE WHEN NOT c.in_advance THEN c.status = 'earned'
                ELSE c.status = 'paid' AND NOT EXISTS (
                    SELECT FROM public.compensation_spentadvance WHERE claim_id = c.id) END
    ) THEN
        RAISE EXCEPTION 'receipt % is not of a cost that whoever sends it asked for', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER cost_is_proven ON compensation_claim;
DROP TRIGGER cost_stays_proven ON compensation_claim;
CREATE CONSTRAINT TRIGGER cost_is_proven AFTER INSERT ON compensation_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.cost NOT IN ('', 'miles') AND NEW.no_receipt = ''
        AND NOT NEW.in_advance AND NEW.settles_id IS NULL)
    EXECUTE FUNCTION public.cost_is_proven();
CREATE CONSTRAINT TRIGGER cost_stays_proven AFTER UPDATE ON compensation_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.cost NOT IN ('', 'miles') AND NEW.no_receipt = '' AND OLD.no_receipt <> ''
        AND NOT NEW.in_advance
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER))
    EXECUTE FUNCTION public.cost_is_proven();
"""

WORD_KEPT = """
CREATE TRIGGER advance_keeps_its_word BEFORE UPDATE ON compensation_claim
    FOR EACH ROW WHEN (
        ((NEW.in_advance, NEW.settles_id) IS DISTINCT FROM (OLD.in_advance, OLD.settles_id)
        OR (OLD.settles_id IS NOT NULL AND NEW.amount <> OLD.amount))
        AND (current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER)
    ) EXECUTE FUNCTION public.cost_keeps_its_word();
"""

SETTLED = """
CREATE FUNCTION public.spent_advance_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.compensation_claim c WHERE c.id = NEW.claim_id
            AND c.agency_id = NEW.agency_id AND c.in_advance AND c.status = 'paid'
            AND NEW.by_id IN (c.member_id, c.entered_by_id)
            AND (NEW.no_receipt <> '' OR EXISTS (
                SELECT FROM public.compensation_receipt r WHERE r.claim_id = c.id))
    ) THEN
        RAISE EXCEPTION 'line % is no advance that % can settle', NEW.claim_id, NEW.by_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER spent_advance_is_true BEFORE INSERT ON compensation_spentadvance
    FOR EACH ROW EXECUTE FUNCTION public.spent_advance_is_true();

CREATE FUNCTION public.advance_is_settled() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    advance bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.compensation_claim c
            JOIN public.compensation_spentadvance s ON s.claim_id = c.id
            LEFT JOIN public.compensation_claim d ON d.settles_id = c.id
        WHERE c.id = advance AND coalesce(d.amount, 0) = s.spent - c.amount
            AND (d.id IS NULL OR (d.member_id, d.cost) = (c.member_id, c.cost))
    ) THEN
        RAISE EXCEPTION 'what settles advance % is not the difference to what was spent', advance
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER advance_is_settled AFTER INSERT ON compensation_spentadvance
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION public.advance_is_settled('claim_id');
CREATE CONSTRAINT TRIGGER advance_is_settled AFTER INSERT ON compensation_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.settles_id IS NOT NULL)
    EXECUTE FUNCTION public.advance_is_settled('settles_id');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0042_deputies'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.CreateModel(
            name='SpentAdvance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spent', models.DecimalField(decimal_places=2, max_digits=9)),
                ('no_receipt', models.CharField(blank=True, max_length=200)),
                ('settled_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
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
            model_name='claim',
            name='claim_amount',
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='claim_is_complete',
        ),
        migrations.AddField(
            model_name='claim',
            name='in_advance',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='claim',
            name='settles',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='compensation.claim'),
        ),
        migrations.AddField(
            model_name='historicalclaim',
            name='in_advance',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='historicalclaim',
            name='settles',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='compensation.claim'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('kind__in', ['pay', 'reimbursement'])), models.Q(('kind', 'adjustment'), models.Q(('amount', 0), _negated=True)), models.Q(('amount__lt', 0), ('kind', 'reimbursement'), ('settles__isnull', False)), models.Q(('amount', 0), ('status', 'nothing')), _connector='OR'), name='claim_amount'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hours__isnull', False), ('kind__in', ['pay', 'adjustment']), ('plan__isnull', False), ('rate__isnull', False), models.Q(models.Q(('attendance__isnull', False), ('other_work', None)), models.Q(('attendance', None), ('other_work__isnull', False), ('rule__isnull', False)), _connector='OR')), models.Q(('attendance', None), ('donate_to', None), ('kind', 'reimbursement'), ('other_work', None), ('rule', None), models.Q(('amount', 0), _negated=True), models.Q(('what_for', ''), _negated=True)), _connector='OR'), name='claim_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('in_advance', True), ('status__in', ['earned', 'returned', 'approved', 'paid'])), fields=('agency', 'member', 'cost', 'service_on'), name='claim_one_advance_for_a_day'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('settles__isnull', False)), fields=('agency', 'settles'), name='claim_settles_once'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('in_advance', False), models.Q(('amount__gt', 0), ('cost__in', ['fare', 'childcare']), ('no_receipt', ''), ('settles', None)), _connector='OR'), name='claim_paid_in_advance'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('settles', None), ('kind', 'reimbursement'), _connector='OR'), name='claim_settles_a_cost'),
        ),
        migrations.AddField(
            model_name='spentadvance',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='spentadvance',
            name='by',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='spentadvance',
            name='claim',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='compensation.claim'),
        ),
        migrations.AddConstraint(
            model_name='spentadvance',
            constraint=models.UniqueConstraint(fields=('agency', 'claim'), name='spent_advance_once'),
        ),
        migrations.AddConstraint(
            model_name='spentadvance',
            constraint=models.CheckConstraint(condition=models.Q(('spent__gte', 0)), name='spent_advance_not_negative'),
        ),
        walls.Walls(),
        walls.AppendOnly("SpentAdvance"),
        migrations.RunSQL(RECEIPTS, migrations.RunSQL.noop),
        migrations.RunSQL(WORD_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(SETTLED, migrations.RunSQL.noop),
    ]
