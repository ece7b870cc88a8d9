import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0009_not_coming'),
    ]

    operations = [
        migrations.CreateModel(
            name='DatePoll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes_planned', models.PositiveSmallIntegerField(default=60)),
                ('asked_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('settled_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('asked_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('group', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.group')),
                ('meeting', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.meeting')),
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
            name='PollDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('poll', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='dates', to='groups.datepoll')),
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
            name='DateAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('suits', models.CharField(choices=[('yes', 'Yes'), ('if_needed', 'If needed'), ('no', 'No')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('entered_by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('date', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='groups.polldate')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='datepoll',
            constraint=models.CheckConstraint(condition=models.Q(('minutes_planned__range', (1, 1440))), name='date_poll_length'),
        ),
        migrations.AddConstraint(
            model_name='datepoll',
            constraint=models.CheckConstraint(condition=models.Q(('meeting', None), ('settled_on__isnull', False), _connector='OR'), name='date_poll_settled'),
        ),
        migrations.AddConstraint(
            model_name='datepoll',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('asked_on'))), name='date_poll_period'),
        ),
        migrations.AddConstraint(
            model_name='polldate',
            constraint=models.UniqueConstraint(fields=('agency', 'poll', 'starts_at'), name='poll_date_once'),
        ),
        migrations.AddConstraint(
            model_name='dateanswer',
            constraint=models.UniqueConstraint(fields=('agency', 'date', 'member'), name='date_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='dateanswer',
            constraint=models.CheckConstraint(condition=models.Q(('suits__in', ['yes', 'if_needed', 'no'])), name='date_answer_suits'),
        ),
        walls.Walls(),
    ]
