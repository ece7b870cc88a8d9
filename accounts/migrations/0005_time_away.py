import accounts.dated
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.manager
import foundation.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_lists_of_people_are_reached'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalAway',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='foundation.agency')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.member')),
            ],
            options={
                'verbose_name': 'historical away',
                'verbose_name_plural': 'historical aways',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Away',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='away_period'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('agency', '='), ('member', '='), (accounts.dated.DateRange('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='away_no_overlap')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
    ]
