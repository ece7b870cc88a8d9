"""Who reads words to the whole program, and what was promised when something was said."""

import accounts.dated
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation.walls import Walls

# For words from before: a first look within a week, and what was promised at the time.
KEPT = """
UPDATE {table} SET look_by = "on" + 7, hear_by = "on" + 30, reply_by = "on" + 90;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_history_is_kept'),
        ('dialogues', '0003_silencing'),
        ('foundation', '0003_policychange'),
    ]

    operations = [
        migrations.AddField(
            model_name='contribution',
            name='first_look_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='hear_by',
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='contribution',
            name='look_by',
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='contribution',
            name='reply_by',
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='voice',
            name='first_look_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='voice',
            name='hear_by',
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='voice',
            name='look_by',
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='voice',
            name='reply_by',
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.RunSQL(KEPT.format(table="dialogues_contribution"), migrations.RunSQL.noop),
        migrations.RunSQL(KEPT.format(table="dialogues_voice"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name='ProgramReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('consumer', 'People who use services'), ('staff', 'Staff')], max_length=10)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('shows_name', models.BooleanField(db_default=False, default=False)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('named_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['consumer', 'staff'])), name='program_reader_side'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='program_reader_period'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('agency', '='), ('member', '='), (accounts.dated.DateRange('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='program_reader_no_overlap')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        Walls(),
    ]
