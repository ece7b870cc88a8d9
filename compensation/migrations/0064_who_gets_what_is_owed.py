"""Who gets what somebody is still owed once they are erased: written before, never changed."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls

KEPT = """
CREATE FUNCTION public.named_payee_is_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    erased boolean;
BEGIN
    SELECT m.erased_at IS NOT NULL INTO erased FROM public.accounts_member m
        WHERE m.agency_id = COALESCE(NEW.agency_id, OLD.agency_id)
            AND m.id = COALESCE(NEW.member_id, OLD.member_id);
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.agency_id, NEW.member_id, NEW.name, NEW.reaches, NEW.entered_by_id, NEW.named_on,
                NEW.limit_on)
            IS DISTINCT FROM (OLD.agency_id, OLD.member_id, OLD.name, OLD.reaches,
                OLD.entered_by_id, OLD.named_on, OLD.limit_on)
        THEN
            RAISE EXCEPTION 'who gets the money of member % does not change', OLD.member_id
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.kept_until < OLD.kept_until AND EXISTS (
            SELECT FROM public.compensation_claim c
            WHERE c.agency_id = NEW.agency_id AND c.member_id = NEW.member_id AND c.amount > 0
                AND c.status IN ('waiting', 'earned', 'approved', 'returned')
        ) THEN
            RAISE EXCEPTION 'member % is still owed money', NEW.member_id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND erased AND (
        OLD.kept_until < (
            SELECT (now() AT TIME ZONE a.timezone)::date FROM public.foundation_agency a
            WHERE a.id = OLD.agency_id
        ) OR NOT EXISTS (
            SELECT FROM public.compensation_claim c
            WHERE c.agency_id = OLD.agency_id AND c.member_id = OLD.member_id AND c.amount > 0
                AND c.status IN ('waiting', 'earned', 'approved', 'returned')
        )
    ) THEN
        RETURN OLD;
    END IF;
    IF erased THEN
        RAISE EXCEPTION 'who gets the money of an erased member is not written or deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER named_payee_is_kept BEFORE INSERT OR UPDATE OR DELETE ON compensation_namedpayee
    FOR EACH ROW WHEN (
        current_setting('cqi.erasing', true) IS DISTINCT FROM 'on' OR CURRENT_USER = SESSION_USER
    ) EXECUTE FUNCTION public.named_payee_is_kept();
REVOKE UPDATE, TRUNCATE ON compensation_namedpayee FROM cqi_app;
GRANT UPDATE (kept_until) ON compensation_namedpayee TO cqi_app;
"""

# Nobody is erased while they are owed money that nobody is named for.
ERASED = """
CREATE FUNCTION public.erased_when_paid_or_named() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.compensation_claim c
        WHERE c.agency_id = NEW.agency_id AND c.member_id = NEW.id AND c.amount > 0
            AND (c.status = 'waiting' OR c.status IN ('earned', 'approved', 'returned')
                AND NOT EXISTS (
                    SELECT FROM public.compensation_namedpayee p
                    WHERE p.agency_id = NEW.agency_id AND p.member_id = NEW.id
                ))
    ) THEN
        RAISE EXCEPTION 'member % is owed money, and nobody is named who gets it', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER erased_when_paid_or_named AFTER UPDATE OF erased_at ON accounts_member
    FOR EACH ROW WHEN (
        NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL AND (
            current_setting('cqi.erasing', true) IS DISTINCT FROM 'on'
            OR CURRENT_USER = SESSION_USER
        )
    )
    EXECUTE FUNCTION public.erased_when_paid_or_named();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0063_orientation_is_paid'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='NamedPayee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('reaches', models.CharField(max_length=300)),
                ('named_on', models.DateField()),
                ('limit_on', models.DateField()),
                ('kept_until', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('entered_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('member', foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('reaches', ''), _negated=True)), name='named_payee_reachable'), models.CheckConstraint(condition=models.Q(('entered_by', None), models.Q(('entered_by', models.F('member')), _negated=True), _connector='OR'), name='named_payee_entered_by_another'), models.CheckConstraint(condition=models.Q(('kept_until__lte', models.F('limit_on')), ('limit_on__gt', models.F('named_on')), ('kept_until__gte', models.F('named_on'))), name='named_payee_kept_until')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(ERASED, migrations.RunSQL.noop),
    ]
