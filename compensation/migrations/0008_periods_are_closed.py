"""Periods of the books: a closed one takes nothing, and is never opened again."""

import compensation.periods.models
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls

# Who posts shares the books with others who post; who closes them has them alone.
WAITING = """
CREATE FUNCTION public.books_wait(agency bigint) RETURNS void LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('books', agency));
END
$$;
"""

CLOSED = """
CREATE FUNCTION public.books_are_closed() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    through date;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('books', NEW.agency_id));
    SELECT max(last) INTO through FROM public.compensation_accountingperiod
        WHERE agency_id = NEW.agency_id AND closed_on IS NOT NULL;
    IF NEW."on" <= through THEN
        RAISE EXCEPTION 'the books are closed up to and with %', through
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.kind = 'paid' AND NEW."on" <> (
        SELECT greatest(paid_on, through + 1) FROM public.compensation_payment
        WHERE id = NEW.payment_id
    ) THEN
        RAISE EXCEPTION 'posting % is not of payment %: it has the first open day from its own',
            NEW.id, NEW.payment_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER books_are_closed BEFORE INSERT ON compensation_posting
    FOR EACH ROW EXECUTE FUNCTION public.books_are_closed();
"""

KEPT = """
CREATE FUNCTION public.period_keeps_its_word() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    through date;
    counted bigint;
    summed numeric;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.closed_on IS NOT NULL THEN
            RAISE EXCEPTION 'books are closed by a second person'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.closed_on IS NOT NULL OR OLD.taken_back_on IS NOT NULL
        OR (NEW.id, NEW.agency_id, NEW.first, NEW.last, NEW.asked_by_id, NEW.asked_as, NEW.asked_on)
            IS DISTINCT FROM
            (OLD.id, OLD.agency_id, OLD.first, OLD.last, OLD.asked_by_id, OLD.asked_as,
            OLD.asked_on)
    THEN
        RAISE EXCEPTION 'period % stays as it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.closed_on IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM public.books_wait(NEW.agency_id);
    SELECT max(last) INTO through FROM public.compensation_accountingperiod
        WHERE agency_id = NEW.agency_id AND closed_on IS NOT NULL;
    IF NEW.first <> through + 1 OR (through IS NULL AND EXISTS (
        SELECT FROM public.compensation_posting WHERE agency_id = NEW.agency_id
            AND "on" < NEW.first
    )) THEN
        RAISE EXCEPTION 'period % does not follow the one before', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT count(DISTINCT p.id), coalesce(sum(e.debit), 0) INTO counted, summed
        FROM public.compensation_posting p JOIN public.compensation_entry e ON e.posting_id = p.id
        WHERE p.agency_id = NEW.agency_id AND p."on" BETWEEN NEW.first AND NEW.last;
    IF (NEW.postings, NEW.total) IS DISTINCT FROM (counted::int, summed) THEN
        RAISE EXCEPTION 'period % is not what the ledger says', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER period_keeps_its_word BEFORE INSERT OR UPDATE ON compensation_accountingperiod
    FOR EACH ROW EXECUTE FUNCTION public.period_keeps_its_word();

CREATE FUNCTION public.period_writes_balances() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.compensation_balance (agency_id, period_id, account, debit, credit)
    SELECT NEW.agency_id, NEW.id, moved.account, sum(moved.debit), sum(moved.credit)
    FROM (
        SELECT b.account, b.debit, b.credit FROM public.compensation_balance b
            JOIN public.compensation_accountingperiod p ON p.id = b.period_id
            WHERE p.agency_id = NEW.agency_id AND p.closed_on IS NOT NULL
                AND p.last = NEW.first - 1
        UNION ALL
        SELECT e.account, e.debit, e.credit FROM public.compensation_entry e
            JOIN public.compensation_posting p ON p.id = e.posting_id
            WHERE p.agency_id = NEW.agency_id AND p."on" BETWEEN NEW.first AND NEW.last
    ) AS moved GROUP BY moved.account;
    RETURN NULL;
END
$$;
CREATE TRIGGER period_writes_balances AFTER UPDATE ON compensation_accountingperiod
    FOR EACH ROW WHEN (OLD.closed_on IS NULL AND NEW.closed_on IS NOT NULL)
    EXECUTE FUNCTION public.period_writes_balances();
REVOKE DELETE, TRUNCATE ON compensation_accountingperiod FROM cqi_app;
REVOKE INSERT ON compensation_balance FROM cqi_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0007_the_ledger_vouches'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountingPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('asked_as', models.CharField(choices=[('approver', 'for those who approve'), ('payer', 'for those who pay')], max_length=10)),
                ('asked_on', models.DateField()),
                ('taken_back_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('postings', models.PositiveIntegerField(db_default=0, default=0)),
                ('total', models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=12)),
                ('checksum', models.CharField(blank=True, db_default='', default='', max_length=64)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('asked_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('closed_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
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
            name='Balance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(choices=[('participation', 'Cost of participation'), ('reimbursements', 'Cost of reimbursements'), ('payable', 'Owed to members'), ('receivable', 'To set off against later payments'), ('cash', 'Paid out')], max_length=15)),
                ('debit', models.DecimalField(decimal_places=2, max_digits=12)),
                ('credit', models.DecimalField(decimal_places=2, max_digits=12)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('period', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='compensation.accountingperiod')),
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
            model_name='accountingperiod',
            constraint=models.CheckConstraint(condition=models.Q(('asked_as__in', ['approver', 'payer'])), name='period_asked_for_a_side'),
        ),
        migrations.AddConstraint(
            model_name='accountingperiod',
            constraint=models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='period_days'),
        ),
        migrations.AddConstraint(
            model_name='accountingperiod',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checksum', ''), ('closed_by', None), ('closed_on', None), ('postings', 0), ('total', 0)), models.Q(('closed_by__isnull', False), ('closed_on__gte', models.F('asked_on')), ('taken_back_on', None), ('checksum__regex', '^[0-9a-f]{64}$'), ('total__gte', 0)), _connector='OR'), name='period_closed_whole'),
        ),
        migrations.AddConstraint(
            model_name='accountingperiod',
            constraint=models.CheckConstraint(condition=models.Q(('closed_by', None), models.Q(('closed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='period_two_people'),
        ),
        migrations.AddConstraint(
            model_name='accountingperiod',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None), ('taken_back_on', None)), fields=('agency',), name='period_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='accountingperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('closed_on__isnull', False)), expressions=[('agency', '='), (compensation.periods.models.Days('first', 'last', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='period_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.UniqueConstraint(fields=('agency', 'period', 'account'), name='balance_once_for_an_account'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('account__in', ['participation', 'reimbursements', 'payable', 'receivable', 'cash'])), name='balance_of_an_account'),
        ),
        walls.Walls(),
        walls.AppendOnly("Balance"),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSED, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
