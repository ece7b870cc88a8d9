import django.db.models.deletion
import django.db.models.manager
import foundation.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_rules_in_the_database'),
        ('foundation', '0003_rules_in_the_database'),
        ('groups', '0002_rules_in_the_database'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalMeetingSeries',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('rhythm', models.CharField(choices=[('weekly', 'Every week'), ('fortnightly', 'Every second week'), ('monthly', 'Every month, such as on the second Tuesday'), ('monthly_last', 'Every month, on the last such weekday')], max_length=20)),
                ('first_on', models.DateField()),
                ('clock', models.TimeField()),
                ('until', models.DateField()),
                ('made_on', models.DateField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='foundation.agency')),
                ('group', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.group')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.member')),
            ],
            options={
                'verbose_name': 'historical meeting series',
                'verbose_name_plural': 'historical meeting series',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='MeetingSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rhythm', models.CharField(choices=[('weekly', 'Every week'), ('fortnightly', 'Every second week'), ('monthly', 'Every month, such as on the second Tuesday'), ('monthly_last', 'Every month, on the last such weekday')], max_length=20)),
                ('first_on', models.DateField()),
                ('clock', models.TimeField()),
                ('until', models.DateField()),
                ('made_on', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('group', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='groups.group')),
                ('made_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'verbose_name_plural': 'meeting series',
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='historicalmeeting',
            name='series',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.meetingseries'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='series',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='groups.meetingseries'),
        ),
        migrations.AddConstraint(
            model_name='meetingseries',
            constraint=models.CheckConstraint(condition=models.Q(('rhythm__in', ['weekly', 'fortnightly', 'monthly', 'monthly_last'])), name='series_rhythm'),
        ),
        migrations.AddConstraint(
            model_name='meetingseries',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('first_on'))), name='series_period'),
        ),
        walls.Walls(),
    ]
