"""The rows that a run has announced, before it destroys them."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0003_rules_in_the_database'),
        ('privacy', '0005_what_the_schedule_takes'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnouncedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=63)),
                ('row', models.CharField(max_length=36)),
                ('day', models.DateField()),
                ('announced_on', models.DateField()),
                ('chosen', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('run', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='announced', to='privacy.retentionrun')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('agency', 'run', 'place', 'row'), name='announced_row_once')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls("AnnouncedRow"),
    ]
