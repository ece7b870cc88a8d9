"""Members declare an interest of their own in a decision, and are not counted there."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls

# In writing, too, the quorum of each class leaves them out.
NOT_COUNTED = """
DO $$
DECLARE
    was text := pg_get_functiondef('public.groups_decided_as_its_way_asks'::regproc);
    now text;
BEGIN
    now := replace(
        was,
        '-- In a caucus, what consumers say counts.',
        'AND NOT EXISTS (
                SELECT FROM public.groups_declaredinterest
                WHERE agency_id = NEW.agency_id AND decision_id = NEW.id
                    AND member_id = groups_seat.member_id
            )
            -- In a caucus, what consumers say counts.'
    );
    ASSERT now <> was;
    EXECUTE now;
END
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeclaredInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True)),
                ('on', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('decision', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='groups.decision')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('agency', 'decision', 'member'), name='interest_declared_once')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        walls.AppendOnly("DeclaredInterest"),
        migrations.RunSQL(NOT_COUNTED, migrations.RunSQL.noop),
    ]
