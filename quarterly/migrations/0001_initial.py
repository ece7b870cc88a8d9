"""The Quarterly Accounts and their history."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
        ('oversight', '0003_reviews_keep_the_seal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalQuarterlyAccount',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('since', models.DateField(help_text='The first day of the quarter.')),
                ('until', models.DateField(help_text='The first day after the quarter.')),
                ('status', models.CharField(choices=[('draft', 'Being written'), ('asked', 'With the consumers of the committee'), ('released', 'Released, management can reply'), ('out', 'Out')], default='draft', max_length=10)),
                ('opening', models.TextField(help_text='The first paragraph, in the consumers’ words.')),
                ('text', models.TextField(blank=True)),
                ('checksum', models.CharField(blank=True, max_length=64)),
                ('begun_on', models.DateField()),
                ('released_on', models.DateField(blank=True, null=True)),
                ('reply_until', models.DateField(blank=True, null=True)),
                ('reply', models.TextField(blank=True)),
                ('replied_on', models.DateField(blank=True, null=True)),
                ('out_on', models.DateField(blank=True, null=True)),
                ('told_on', models.DateField(blank=True, help_text='When everybody was told.', null=True)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='foundation.agency')),
                ('begun_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.member')),
                ('committee', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='oversight.committee')),
                ('decision', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.decision')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replied_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.member')),
            ],
            options={
                'verbose_name': 'historical quarterly account',
                'verbose_name_plural': 'historical quarterly accounts',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='QuarterlyAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(help_text='The first day of the quarter.')),
                ('until', models.DateField(help_text='The first day after the quarter.')),
                ('status', models.CharField(choices=[('draft', 'Being written'), ('asked', 'With the consumers of the committee'), ('released', 'Released, management can reply'), ('out', 'Out')], default='draft', max_length=10)),
                ('opening', models.TextField(help_text='The first paragraph, in the consumers’ words.')),
                ('text', models.TextField(blank=True)),
                ('checksum', models.CharField(blank=True, max_length=64)),
                ('begun_on', models.DateField()),
                ('released_on', models.DateField(blank=True, null=True)),
                ('reply_until', models.DateField(blank=True, null=True)),
                ('reply', models.TextField(blank=True)),
                ('replied_on', models.DateField(blank=True, null=True)),
                ('out_on', models.DateField(blank=True, null=True)),
                ('told_on', models.DateField(blank=True, help_text='When everybody was told.', null=True)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('begun_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('committee', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='oversight.committee')),
                ('decision', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.decision')),
                ('replied_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'asked', 'released', 'out'])), name='account_status'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='account_period'), models.CheckConstraint(condition=models.Q(('opening', ''), _negated=True), name='account_has_opening'), models.CheckConstraint(condition=models.Q(models.Q(('checksum', ''), ('status', 'draft'), ('text', '')), models.Q(models.Q(('status', 'draft'), _negated=True), models.Q(('text', ''), _negated=True), ('checksum__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='account_kept_once_asked'), models.CheckConstraint(condition=models.Q(('status', 'draft'), ('decision__isnull', False), _connector='OR'), name='account_asked_by_decision'), models.CheckConstraint(condition=models.Q(models.Q(('released_on', None), ('reply', ''), ('reply_until', None), ('status__in', ['draft', 'asked'])), models.Q(('released_on__isnull', False), ('reply_until__isnull', False), ('status__in', ['released', 'out'])), _connector='OR'), name='account_released_until'), models.CheckConstraint(condition=models.Q(models.Q(('replied_by', None), ('replied_on', None), ('reply', '')), models.Q(('replied_by__isnull', False), ('replied_on__isnull', False), ('replied_on__lte', models.F('reply_until')), ('status', 'out')), _connector='OR'), name='account_reply_in_time'), models.CheckConstraint(condition=models.Q(models.Q(('out_on__isnull', False), ('status', 'out')), models.Q(models.Q(('status', 'out'), _negated=True), ('out_on', None)), _connector='OR'), name='account_out_dated'), models.UniqueConstraint(fields=('agency', 'committee', 'since'), name='account_once_a_quarter')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
    ]
