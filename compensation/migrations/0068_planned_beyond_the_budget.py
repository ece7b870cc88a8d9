"""Meetings planned beyond the budget: who did it, why, and by how much; rows never change."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0067_open_runs_and_differences_are_found'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.CreateModel(
            name='BudgetOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meetings', models.PositiveSmallIntegerField()),
                ('first_on', models.DateField()),
                ('beyond', models.DecimalField(decimal_places=2, max_digits=11)),
                ('why', models.CharField(choices=[('more_comes', 'More money was decided'), ('less_elsewhere', 'Other work will cost less'), ('required', 'A charter, a law or a funder asks for it'), ('urgent', 'It can’t wait'), ('other', 'Another reason'), ('next_date', 'The next date, planned after a meeting')], max_length=20)),
                ('on', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('group', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.group')),
                ('line', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.budgetline')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'indexes': [models.Index(fields=['agency', 'on'], name='budget_override_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('beyond__gt', 0), ('meetings__gt', 0), ('why__in', ['more_comes', 'less_elsewhere', 'required', 'urgent', 'other', 'next_date'])), name='budget_override_whole')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
        walls.AppendOnly("BudgetOverride"),
    ]
