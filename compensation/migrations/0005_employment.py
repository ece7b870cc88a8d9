"""Decisions on how people are paid."""

import accounts.dated
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_lists_of_people_are_reached'),
        ('compensation', '0004_a_plan_keeps_its_word'),
        ('foundation', '0004_an_agency_begins_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmploymentDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contractor', 'As contractors'), ('employee', 'As employees, through payroll'), ('other', 'In another way')], max_length=12)),
                ('words', models.CharField(blank=True, db_default='', default='', max_length=300)),
                ('decided_by', models.CharField(max_length=200)),
                ('advice', models.CharField(max_length=300)),
                ('decided_on', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('recorded_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['contractor', 'employee', 'other']), models.Q(('decided_by', ''), _negated=True), models.Q(('advice', ''), _negated=True), models.Q(models.Q(('kind', 'other'), models.Q(('words', ''), _negated=True)), models.Q(models.Q(('kind', 'other'), _negated=True), ('words', '')), _connector='OR')), name='employment_whole'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('decided_on')), _connector='OR'), name='employment_period'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('agency', '='), (accounts.dated.DateRange('decided_on', 'until', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='employment_no_overlap')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
    ]
