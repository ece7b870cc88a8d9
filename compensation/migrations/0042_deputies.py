"""Deputies of those who approve and pay."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models
from foundation import walls

# They stand in by a grant with an end, for somebody who has the role without one.
TRUE = """
CREATE FUNCTION public.deputy_is_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.accounts_rolegrant lent
        JOIN public.accounts_rolegrant held ON held.agency_id = lent.agency_id
            AND held.role = lent.role AND held.member_id = NEW.holder_id
            AND held.until IS NULL AND held.since <= NEW.named_on
        WHERE lent.id = NEW.grant_id AND lent.agency_id = NEW.agency_id
            AND lent.member_id = NEW.member_id AND lent.until > lent.since
            AND lent.since >= NEW.named_on AND lent.role IN ('approver', 'payer')
    ) THEN
        RAISE EXCEPTION 'member % stands in for nobody by grant %', NEW.member_id, NEW.grant_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER deputy_is_true BEFORE INSERT ON compensation_deputy
    FOR EACH ROW EXECUTE FUNCTION public.deputy_is_true();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0041_payments_prepared_by_one'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('named_on', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('grant', foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.rolegrant')),
                ('holder', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('named_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'verbose_name_plural': 'deputies',
                'abstract': False,
                'default_permissions': (),
                'indexes': [models.Index(fields=['agency', 'member'], name='deputy_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('member', models.F('holder')), _negated=True), name='deputy_is_another')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        walls.AppendOnly("Deputy"),
        migrations.RunSQL(TRUE, migrations.RunSQL.noop),
    ]
