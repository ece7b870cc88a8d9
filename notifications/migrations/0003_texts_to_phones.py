import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import foundation.models
import uuid
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_lists_of_people_are_reached'),
        ('foundation', '0004_an_agency_begins_once'),
        ('notifications', '0002_even_away'),
    ]

    operations = [
        migrations.CreateModel(
            name='TextNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=16)),
                ('shared', models.BooleanField()),
                ('meetings', models.BooleanField(default=True)),
                ('payments', models.BooleanField(default=True)),
                ('messages', models.BooleanField(default=True)),
                ('often', models.CharField(choices=[('hour', 'One text an hour, if there is news'), ('day', 'One text a day, if there is news')], default='hour', max_length=10)),
                ('quiet_from', models.PositiveSmallIntegerField(default=20)),
                ('quiet_until', models.PositiveSmallIntegerField(default=9)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('texted_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_why', models.CharField(blank=True, choices=[('page', 'The person said so here'), ('reply', 'STOP was sent from the phone'), ('replaced', 'There is another number'), ('unreachable', 'No text reached the number'), ('unconfirmed', 'The code was not entered in time'), ('left', 'The person left')], max_length=20)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='text_numbers', to='accounts.member')),
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
            name='TextMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('code', 'A code to confirm the number'), ('news', 'That there is a message')], max_length=10)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('given_up_at', models.DateTimeField(blank=True, null=True)),
                ('given_up_why', models.CharField(blank=True, choices=[('tries', 'The gateway did not take it'), ('number', 'There are no more texts to the number'), ('needless', 'It said nothing new any more')], max_length=10)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('number', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='sent', to='notifications.textnumber')),
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
            model_name='textnumber',
            constraint=models.CheckConstraint(condition=models.Q(('often__in', ['hour', 'day'])), name='text_number_often'),
        ),
        migrations.AddConstraint(
            model_name='textnumber',
            constraint=models.CheckConstraint(condition=models.Q(('quiet_from__lt', 24), ('quiet_until__lt', 24)), name='text_number_hours'),
        ),
        migrations.AddConstraint(
            model_name='textnumber',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stopped_at', None), ('stopped_why', '')), models.Q(('number', ''), ('stopped_at__isnull', False), ('stopped_why__in', ['page', 'reply', 'replaced', 'unreachable', 'unconfirmed', 'left'])), _connector='OR'), name='text_number_forgotten_when_stopped'),
        ),
        migrations.AddConstraint(
            model_name='textnumber',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('stopped_at', None)), fields=('agency', 'member'), name='text_number_one_live'),
        ),
        migrations.AddConstraint(
            model_name='textnumber',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('stopped_at', None)), fields=('agency', 'member'), name='text_number_one_asked'),
        ),
        migrations.AddIndex(
            model_name='textmessage',
            index=models.Index(condition=models.Q(('given_up_at', None), ('sent_at', None)), fields=['try_at'], name='text_to_send'),
        ),
        migrations.AddConstraint(
            model_name='textmessage',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['code', 'news'])), name='text_kind'),
        ),
        migrations.AddConstraint(
            model_name='textmessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_up_at', None), ('given_up_why', '')), models.Q(('given_up_at__isnull', False), ('given_up_why__in', ['tries', 'number', 'needless']), ('sent_at', None)), _connector='OR'), name='text_sent_or_given_up'),
        ),
        migrations.AddConstraint(
            model_name='textmessage',
            constraint=models.UniqueConstraint(condition=models.Q(('given_up_at', None), ('kind', 'news'), ('sent_at', None)), fields=('agency', 'number'), name='text_one_waiting'),
        ),
        walls.Walls(),
    ]
