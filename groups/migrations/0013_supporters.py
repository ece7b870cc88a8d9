import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0012_calls_about_meetings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Supporter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sees_dates', models.BooleanField(default=False)),
                ('gets_reminders', models.BooleanField(default=False)),
                ('enters_away', models.BooleanField(default=False)),
                ('named_on', models.DateField()),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('supporter', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('supporter', models.F('member')), _negated=True), name='supporter_is_somebody_else'), models.CheckConstraint(condition=models.Q(('sees_dates', True), ('gets_reminders', True), ('enters_away', True), _connector='OR'), name='supporter_helps_with_something'), models.CheckConstraint(condition=models.Q(('accepted_on', None), ('accepted_on__gte', models.F('named_on')), _connector='OR'), name='supporter_named_before_accepting'), models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('agency', 'member', 'supporter'), name='supporter_once_at_a_time')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
    ]
