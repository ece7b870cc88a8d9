import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0008_link_to_join'),
    ]

    operations = [
        migrations.CreateModel(
            name='NotComing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('taken_back', models.BooleanField(db_default=False, default=False)),
                ('agency', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency')),
                ('meeting', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.meeting')),
                ('member', foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('agency', 'meeting', 'member'), name='not_coming_once')],
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
    ]
