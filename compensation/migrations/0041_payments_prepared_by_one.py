"""Payment runs: prepared by one, released by another, as a whole."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models
from foundation import walls

# What was prepared stays; it is released as a whole, and by somebody else. While it is open,
# nothing is locked: whether its lines changed is asked when it is released.
RUN = """
CREATE FUNCTION public.payment_run_goes_on() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.released_on IS NOT NULL OR NEW.dropped_on IS NOT NULL THEN
            RAISE EXCEPTION 'a run is prepared first' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.released_on IS NOT NULL OR OLD.dropped_on IS NOT NULL
        OR (NEW.id, NEW.agency_id, NEW.paid_on, NEW.method, NEW.people, NEW.total,
                NEW.prepared_by_id, NEW.prepared_on)
            IS DISTINCT FROM (OLD.id, OLD.agency_id, OLD.paid_on, OLD.method, OLD.people,
                OLD.total, OLD.prepared_by_id, OLD.prepared_on)
    THEN
        RAISE EXCEPTION 'run % stays as it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.released_on IS NOT NULL AND (
        NOT EXISTS (SELECT FROM public.compensation_runline WHERE run_id = NEW.id)
        OR NEW.total <> (
            SELECT sum(amount - deducted) FROM public.compensation_runline WHERE run_id = NEW.id
        )
        OR EXISTS (
            SELECT FROM public.compensation_runline l
            JOIN public.compensation_claim c ON c.id = l.claim_id
            LEFT JOIN public.compensation_payment p ON p.id = c.payment_id
            WHERE l.run_id = NEW.id
                AND (c.status, c.amount, c.member_id, p.paid_by_id, p.method, p.paid_on,
                        p.donated_to_id)
                    IS DISTINCT FROM ('paid', l.amount, l.member_id, NEW.released_by_id,
                        NEW.method, NEW.paid_on, l.donated_to_id)
        )
    ) THEN
        RAISE EXCEPTION 'run % is released with all of its payments, as prepared', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER payment_run_goes_on BEFORE INSERT OR UPDATE ON compensation_paymentrun
    FOR EACH ROW EXECUTE FUNCTION public.payment_run_goes_on();
REVOKE DELETE, TRUNCATE ON compensation_paymentrun FROM cqi_app;

CREATE FUNCTION public.run_line_is_prepared() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.compensation_paymentrun r
        JOIN public.compensation_claim c ON c.agency_id = r.agency_id
        WHERE r.id = NEW.run_id AND r.agency_id = NEW.agency_id
            AND r.released_on IS NULL AND r.dropped_on IS NULL
            AND c.id = NEW.claim_id AND c.member_id = NEW.member_id
    ) THEN
        RAISE EXCEPTION 'line % is none of an open run', NEW.claim_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER run_line_is_prepared BEFORE INSERT ON compensation_runline
    FOR EACH ROW EXECUTE FUNCTION public.run_line_is_prepared();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0023_asked_in_surveys'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paid_on', models.DateField()),
                ('method', models.CharField(choices=[('check', 'Check'), ('transfer', 'Bank transfer'), ('cash', 'Cash'), ('gift_card', 'Gift card')], max_length=10)),
                ('people', models.PositiveIntegerField()),
                ('total', models.DecimalField(decimal_places=2, max_digits=12)),
                ('prepared_on', models.DateField()),
                ('released_on', models.DateField(blank=True, null=True)),
                ('dropped_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('dropped_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('prepared_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('released_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
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
            name='RunLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('deducted', models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=9)),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('claim', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.claim')),
                ('donated_to', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.organization')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('run', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='compensation.paymentrun')),
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
            model_name='paymentrun',
            index=models.Index(fields=['agency', '-id'], name='payment_run_newest'),
        ),
        migrations.AddConstraint(
            model_name='paymentrun',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['check', 'transfer', 'cash', 'gift_card'])), name='payment_run_method'),
        ),
        migrations.AddConstraint(
            model_name='paymentrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('released_by', None), ('released_on', None)), models.Q(('dropped_on', None), ('released_by__isnull', False), ('released_on__isnull', False), models.Q(('released_by', models.F('prepared_by')), _negated=True)), _connector='OR'), name='payment_run_two_people'),
        ),
        migrations.AddConstraint(
            model_name='paymentrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_by', None), ('dropped_on', None)), models.Q(('dropped_by__isnull', False), ('dropped_on__isnull', False)), _connector='OR'), name='payment_run_dropped_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='runline',
            index=models.Index(fields=['agency', 'member'], name='run_line_member'),
        ),
        migrations.AddConstraint(
            model_name='runline',
            constraint=models.UniqueConstraint(fields=('agency', 'run', 'claim'), name='run_line_once'),
        ),
        migrations.AddConstraint(
            model_name='runline',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('deducted__gte', 0)), name='run_line_amount'),
        ),
        walls.Walls(),
        walls.AppendOnly("RunLine"),
        migrations.RunSQL(RUN, migrations.RunSQL.noop),
    ]
