"""Any group can own a measure, from a day until another."""

import accounts.dated
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation.walls import Walls


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0001_initial'),
        ('cells', '0005_measures_leave'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='owner',
            field=foundation.models.Key(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.group'),
        ),
        migrations.AddField(
            model_name='historicalmeasure',
            name='owner',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.group'),
        ),
        migrations.CreateModel(
            name='Ownership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('group', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.group')),
                ('measure', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='ownerships', to='measures.measure')),
            ],
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='ownership',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='ownership_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='ownership',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('agency', '='), ('measure', '='), (accounts.dated.DateRange('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='ownership_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='ownership',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('agency', 'measure'), name='ownership_one_open'),
        ),
        Walls(),
    ]
