"""The last proof of each agency's ledger."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('compensation', '0008_periods_are_closed'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('postings', models.PositiveIntegerField()),
                ('findings', models.JSONField(db_default=[], default=list)),
                ('since', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('agency',), name='ledger_proof_once'), models.CheckConstraint(condition=models.Q(models.Q(('findings', []), ('since', None)), models.Q(models.Q(('findings', []), _negated=True), ('since__lte', models.F('on'))), _connector='OR'), name='ledger_proof_since')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON compensation_ledgerproof FROM cqi_app;",
            migrations.RunSQL.noop,
        ),
    ]
