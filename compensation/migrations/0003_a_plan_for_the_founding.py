"""Columns of a plan that two people put in force for the founding."""

import django.db.models.deletion
import foundation.models
from django.db import migrations, models
from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_rules_in_the_database'),
        ('compensation', '0002_rules_in_the_database'),
        ('foundation', '0003_rules_in_the_database'),
        ('groups', '0002_rules_in_the_database'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalplanversion',
            name='asked',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='historicalplanversion',
            name='attested_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalplanversion',
            name='paper_on',
            field=models.DateField(blank=True, help_text='When it was decided.', null=True),
        ),
        migrations.AddField(
            model_name='historicalplanversion',
            name='paper_text',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='historicalplanversion',
            name='put_by',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='historicalplanversion',
            name='put_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='planversion',
            name='asked',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='attested_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='planversion',
            name='paper_on',
            field=models.DateField(blank=True, help_text='When it was decided.', null=True),
        ),
        migrations.AddField(
            model_name='planversion',
            name='paper_text',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='planversion',
            name='put_by',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='put_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked', None), ('paper_on', None), ('paper_text', ''), ('put_by', None), ('put_on', None)), models.Q(('paper_on__isnull', False), ('put_on__gte', models.F('paper_on')), models.Q(('paper_text', ''), _negated=True), ('asked__isnull', False), ('put_by__isnull', False)), _connector='OR'), name='plan_paper_whole'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(('asked', None), models.Q(('asked', models.F('put_by')), _negated=True), _connector='OR'), name='plan_two_people'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(('attested_on', None), models.Q(('asked__isnull', False), ('attested_on', models.F('since')), ('since__isnull', False)), _connector='OR'), name='plan_provisional_at_once'),
        ),
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(('attested_on', None), ('until__isnull', False), models.Q(('ratified_on', None), _negated=True), _connector='OR'), name='plan_provisional_ends'),
        ),
        walls.Walls(),
    ]
