import django.db.models.deletion
import django.db.models.manager
import foundation.models
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0010_dates_that_suit'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alternate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('named_on', models.DateField()),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
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
            model_name='position',
            name='alternate',
            field=foundation.models.Key(blank=True, db_constraint=False, help_text="Who said it in the member's place while the member was away.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('alternate', None), models.Q(models.Q(('alternate', models.F('member')), _negated=True), ('entered_by', None), ('seat__isnull', False)), _connector='OR'), name='position_of_alternate'),
        ),
        migrations.AddField(
            model_name='alternate',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='alternate',
            name='group',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.group'),
        ),
        migrations.AddField(
            model_name='alternate',
            name='holder',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='alternate',
            name='member',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='historicalseat',
            name='stands_in',
            field=foundation.models.Key(blank=True, db_constraint=False, help_text='Of an alternate: for whom they step in. Such a seat has no vote of its own.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.alternate'),
        ),
        migrations.AddField(
            model_name='seat',
            name='stands_in',
            field=foundation.models.Key(blank=True, db_constraint=False, help_text='Of an alternate: for whom they step in. Such a seat has no vote of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.alternate'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('stands_in', None), models.Q(('office', ''), ('voting', False)), _connector='OR'), name='seat_of_alternate_has_no_vote'),
        ),
        migrations.AddConstraint(
            model_name='alternate',
            constraint=models.CheckConstraint(condition=models.Q(('member', models.F('holder')), _negated=True), name='alternate_is_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='alternate',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_on', None), ('accepted_on__gte', models.F('named_on')), _connector='OR'), name='alternate_named_before_accepting'),
        ),
        migrations.AddConstraint(
            model_name='alternate',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('agency', 'group', 'holder'), name='alternate_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='alternate',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('agency', 'group', 'member'), name='alternate_of_one_person'),
        ),
        walls.Walls(),
    ]
