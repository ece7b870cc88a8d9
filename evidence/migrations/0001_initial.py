"""Digests of records, what leads to their rows, heads of days, and the last proof."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='SealedRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('day', models.DateField()),
                ('late', models.BooleanField(default=False)),
                ('digest', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
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
            name='RecordSalt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('row', models.BigIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('salt', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('record', foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='salt', to='evidence.sealedrecord')),
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
            name='SealRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('row', models.BigIntegerField(null=True)),
                ('reason', models.CharField(choices=[('schedule', 'The schedule destroyed it'), ('words', 'Somebody’s words or name were taken out')], max_length=10)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('record', foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='removal', to='evidence.sealedrecord')),
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
            name='RecordHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('through', models.DateTimeField()),
                ('records', models.PositiveIntegerField()),
                ('late', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('taken_at', models.DateTimeField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('agency', 'day'), name='record_head_day')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='RecordProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('whole_on', models.DateField(blank=True, null=True)),
                ('day', models.DateField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, default='', max_length=64)),
                ('count', models.PositiveIntegerField(default=0)),
                ('findings', models.JSONField(db_default=[], default=list)),
                ('since', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('agency',), name='record_proof_once'), models.CheckConstraint(condition=models.Q(models.Q(('count', 0), ('findings', []), ('since', None)), models.Q(models.Q(('findings', []), _negated=True), ('count__gt', 0), ('since__lte', models.F('on'))), _connector='OR'), name='record_proof_since')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='sealedrecord',
            index=models.Index(fields=['agency', 'day'], name='sealed_record_day'),
        ),
        migrations.AddConstraint(
            model_name='sealedrecord',
            constraint=models.UniqueConstraint(fields=('agency', 'number'), name='sealed_record_number'),
        ),
        migrations.AddConstraint(
            model_name='recordsalt',
            constraint=models.UniqueConstraint(fields=('agency', 'kind', 'row', 'version'), name='record_salt_once'),
        ),
        migrations.AddIndex(
            model_name='sealremoval',
            index=models.Index(fields=['agency', 'kind', 'row'], name='seal_removal_row'),
        ),
        migrations.AddConstraint(
            model_name='sealremoval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', 'schedule'), ('row', None)), models.Q(('reason', 'words'), ('row__isnull', False)), _connector='OR'), name='seal_removal_reason'),
        ),
        walls.Walls(),
    ]
