import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_lists_of_people_are_reached'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0005_private_calendars'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('interpreter', 'An interpreter'), ('hearing', 'Captions, or help with hearing'), ('reading', 'Large print, or somebody to read it out'), ('room', 'A room without steps'), ('quiet', 'A quiet place for breaks'), ('companion', 'A seat for somebody who comes with me'), ('ride', 'A way to get there'), ('children', 'Somebody to look after my children'), ('other', 'Something else')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('meeting', foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='groups.meeting')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
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
            name='Arrangement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done', models.BooleanField()),
                ('on', models.DateField()),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('by', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('meeting', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.meeting')),
                ('need', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='arrangements', to='groups.accessneed')),
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
            model_name='accessneed',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['interpreter', 'hearing', 'reading', 'room', 'quiet', 'companion', 'ride', 'children', 'other'])), name='access_need_kind'),
        ),
        migrations.AddConstraint(
            model_name='accessneed',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='access_need_period'),
        ),
        migrations.AddConstraint(
            model_name='arrangement',
            constraint=models.UniqueConstraint(fields=('agency', 'need', 'meeting'), name='arrangement_once'),
        ),
        walls.Walls(),
    ]
