"""Lists of people that were uploaded, and what is known of invitations made from them."""

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import foundation.models
import uuid
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_rules_in_the_database'),
        ('foundation', '0003_rules_in_the_database'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeopleList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('batch', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('rows', models.JSONField(default=list)),
                ('left_out', models.JSONField(default=list)),
                ('standings', models.PositiveIntegerField(default=0)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
            managers=[
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='invitation',
            name='attested_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='batch',
            field=models.UUIDField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='refused_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('refused_at', None), ('revoked_at__isnull', False), _connector='OR'), name='invitation_refused_is_over'),
        ),
        migrations.AddField(
            model_name='peoplelist',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='peoplelist',
            name='uploaded_by',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddConstraint(
            model_name='peoplelist',
            constraint=models.CheckConstraint(condition=models.Q(('used_at', None), models.Q(('left_out', []), ('rows', []), ('standings', 0)), _connector='OR'), name='people_list_emptied_when_used'),
        ),
        walls.Walls(),
    ]
