"""Other work is of a group, and an orientation was given by somebody."""

import django.db.models.deletion
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0060_special_cases'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.AddField(
            model_name='otherwork',
            name='given_by',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='otherwork',
            name='group',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.group'),
        ),
        migrations.AlterField(
            model_name='otherwork',
            name='work',
            field=models.CharField(choices=[('meeting', 'Meetings'), ('dialogue', 'Dialogue sessions'), ('co_facilitation', 'Co-facilitating a dialogue session'), ('preparation', 'Preparing for a meeting'), ('orientation', 'Orientation'), ('travel', 'Travel time'), ('late_cancellation', 'Meeting called off late'), ('survey', 'Being asked to fill in a survey')], max_length=20),
        ),
        migrations.AlterField(
            model_name='raterule',
            name='work',
            field=models.CharField(choices=[('meeting', 'Meetings'), ('dialogue', 'Dialogue sessions'), ('co_facilitation', 'Co-facilitating a dialogue session'), ('preparation', 'Preparing for a meeting'), ('orientation', 'Orientation'), ('travel', 'Travel time'), ('late_cancellation', 'Meeting called off late'), ('survey', 'Being asked to fill in a survey')], max_length=20),
        ),
        walls.Walls(),
    ]
