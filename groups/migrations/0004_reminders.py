import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0003_series_of_meetings'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeetingReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ahead', models.CharField(choices=[('day', 'The day before'), ('week', 'A week before')], max_length=10)),
                ('on', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('meeting', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='groups.meeting')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('agency', 'meeting', 'ahead', 'on'), name='reminder_once'), models.CheckConstraint(condition=models.Q(('ahead__in', ['day', 'week'])), name='reminder_ahead')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
    ]
