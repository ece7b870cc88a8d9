"""Who holds a key, and concerns that nothing else opens."""

import concerns.models
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import django.db.models.manager
import foundation.anonymity
import foundation.models
import uuid
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField()),
                ('receipt', models.CharField(max_length=64, unique=True)),
                ('receipt_key', models.BinaryField()),
                ('may_go_on', models.BooleanField(db_default=False, default=False)),
                ('complaint', models.BooleanField(db_default=False, default=False)),
                ('complaint_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
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
            name='ConcernMessage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('writer', 'From the person who wrote'), ('reply', 'Reply'), ('note', 'Note among the readers')], max_length=10)),
                ('envelope', models.BinaryField()),
                ('week', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('concern', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='concerns.concern')),
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
            name='KeyHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reader', 'Reader'), ('sheet', 'Sheet of paper outside')], max_length=10)),
                ('mark', models.CharField(default=concerns.models.random_mark, editable=False, max_length=32)),
                ('trained_on', models.DateField(blank=True, null=True)),
                ('asked_on', models.DateField()),
                ('shown_since', models.DateField(blank=True, help_text='Since when everybody here may read their name as a reader’s.', null=True)),
                ('public_key', models.TextField(blank=True, db_default='', default='', editable=False)),
                ('locked_key', models.BinaryField(null=True)),
                ('renewed_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('ended_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('member', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
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
            name='ConcernSeal',
            fields=[
                ('id', models.BigIntegerField(default=foundation.anonymity.random_key, editable=False, primary_key=True, serialize=False)),
                ('envelope', models.BinaryField(null=True)),
                ('read_on', models.DateField(blank=True, null=True)),
                ('passed_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('concern', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='concerns.concern')),
                ('passed_on_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('holder', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.keyholder')),
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
            name='ConcernPresence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('concern', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern')),
                ('holder', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.keyholder')),
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
            name='TakenOn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.CharField(choices=[('chair', 'The chair of the governing body'), ('rights', 'The rights officer')], max_length=10)),
                ('on', models.DateField()),
                ('answer_by', models.DateField()),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('chair', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('concern', foundation.models.OneKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='concerns.concern')),
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
            model_name='concern',
            index=models.Index(fields=['agency', 'week'], name='concern_week'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractIsoWeekDay('week'), 1), name='concern_week_only'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('receipt_key'), 60), name='concern_receipt_size'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('complaint_on', None), ('complaint', True), _connector='OR'), name='concern_complaint_was_asked_for'),
        ),
        migrations.AddConstraint(
            model_name='concernmessage',
            constraint=models.UniqueConstraint(fields=('agency', 'concern', 'number'), name='concern_message_number'),
        ),
        migrations.AddConstraint(
            model_name='concernmessage',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['writer', 'reply', 'note'])), name='concern_message_kind'),
        ),
        migrations.AddConstraint(
            model_name='concernmessage',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractIsoWeekDay('week'), 1), name='concern_message_week_only'),
        ),
        migrations.AddConstraint(
            model_name='concernmessage',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('envelope'), 18032), name='concern_message_size'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reader'), ('member__isnull', False), ('trained_on__isnull', False)), models.Q(('kind', 'sheet'), ('member', None), ('trained_on', None)), _connector='OR'), name='key_holder_kind'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.CheckConstraint(condition=models.Q(('member', None), models.Q(('by', models.F('member')), _negated=True), _connector='OR'), name='key_holder_asked_by_another'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.CheckConstraint(condition=models.Q(('trained_on', None), ('trained_on__lte', models.F('asked_on')), _connector='OR'), name='key_holder_trained_before'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('locked_key', None), ('public_key', '')), models.Q(models.Q(('public_key', ''), _negated=True), ('ended_on', None), ('locked_key__isnull', False), ('shown_since__isnull', False)), _connector='OR'), name='key_holder_keys'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('locked_key'), 140), name='key_holder_lock_size'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by', None), ('ended_on', None)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False)), _connector='OR'), name='key_holder_ended_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None), ('kind', 'reader')), fields=('agency', 'member'), name='key_holder_once'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None), ('kind', 'sheet')), fields=('agency',), name='key_holder_one_sheet'),
        ),
        migrations.AddConstraint(
            model_name='concernseal',
            constraint=models.UniqueConstraint(fields=('agency', 'concern', 'holder'), name='concern_seal_once'),
        ),
        migrations.AddConstraint(
            model_name='concernseal',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('envelope'), 1172), name='concern_seal_size'),
        ),
        migrations.AddConstraint(
            model_name='concernseal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passed_on', None), ('passed_on_by', None)), models.Q(('passed_on__isnull', False), ('passed_on_by__isnull', False)), _connector='OR'), name='concern_seal_passed_on_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='concernpresence',
            constraint=models.UniqueConstraint(fields=('agency', 'concern', 'holder'), name='concern_presence_once'),
        ),
        migrations.AddConstraint(
            model_name='takenon',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('chair__isnull', False), ('to', 'chair')), models.Q(('chair', None), ('to', 'rights')), _connector='OR'), name='taken_on_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='takenon',
            constraint=models.CheckConstraint(condition=models.Q(('answer_by__gt', models.F('on')), models.Q(('answered_on', None), ('answered_on__gte', models.F('on')), _connector='OR')), name='taken_on_days'),
        ),
        walls.Walls(),
    ]
