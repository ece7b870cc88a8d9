"""What is prepared for the committee to decide, and clocks of all stages."""

import django.db.models.deletion
import django.db.models.manager
import foundation.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from foundation import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0016_interests_in_a_decision'),
        ('oversight', '0003_reviews_keep_the_seal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitteeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('recommend', 'Recommend something'), ('judge', 'Judge an answer'), ('verify', 'Verify that something was carried out'), ('review', 'Close a review')], max_length=10)),
                ('state', models.CharField(choices=[('open', 'Before the committee'), ('decided', 'Decided by the committee'), ('dropped', 'Did not come into force')], default='open', max_length=10)),
                ('satisfactory', models.BooleanField(blank=True, null=True)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('text', models.TextField(blank=True)),
                ('proposal', models.TextField(help_text='The words that the committee decides about.')),
                ('due', models.DateField(blank=True, null=True)),
                ('held_on', models.DateField(blank=True, null=True)),
                ('prepared_on', models.DateField()),
                ('decide_by', models.DateField(help_text='The last day that the committee has for it.')),
                ('settled_on', models.DateField(blank=True, null=True)),
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
            name='HistoricalCommitteeStep',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('recommend', 'Recommend something'), ('judge', 'Judge an answer'), ('verify', 'Verify that something was carried out'), ('review', 'Close a review')], max_length=10)),
                ('state', models.CharField(choices=[('open', 'Before the committee'), ('decided', 'Decided by the committee'), ('dropped', 'Did not come into force')], default='open', max_length=10)),
                ('satisfactory', models.BooleanField(blank=True, null=True)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('text', models.TextField(blank=True)),
                ('proposal', models.TextField(help_text='The words that the committee decides about.')),
                ('due', models.DateField(blank=True, null=True)),
                ('held_on', models.DateField(blank=True, null=True)),
                ('prepared_on', models.DateField()),
                ('decide_by', models.DateField(help_text='The last day that the committee has for it.')),
                ('settled_on', models.DateField(blank=True, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical committee step',
                'verbose_name_plural': 'historical committee steps',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'default_permissions': (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name='managementresponse',
            name='response_answer',
        ),
        migrations.RemoveConstraint(
            model_name='managementresponse',
            name='response_says_what_and_when',
        ),
        migrations.RemoveConstraint(
            model_name='recommendation',
            name='recommendation_status',
        ),
        migrations.AddField(
            model_name='historicalrecommendation',
            name='escalated_on',
            field=models.DateField(blank=True, help_text='When the board’s chair was told that its stage is overdue.', null=True),
        ),
        migrations.AddField(
            model_name='historicalrecommendation',
            name='stage_due',
            field=models.DateField(blank=True, help_text='The last day of its present stage, whoever has to act.', null=True),
        ),
        migrations.AddField(
            model_name='historicalrecommendation',
            name='voted',
            field=models.BooleanField(db_default=False, default=False, help_text='The committee voted it; earlier ones were made in the meeting of a review.'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='escalated_on',
            field=models.DateField(blank=True, help_text='When the board’s chair was told that its stage is overdue.', null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='stage_due',
            field=models.DateField(blank=True, help_text='The last day of its present stage, whoever has to act.', null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='voted',
            field=models.BooleanField(db_default=False, default=False, help_text='The committee voted it; earlier ones were made in the meeting of a review.'),
        ),
        migrations.AlterField(
            model_name='historicalmanagementresponse',
            name='answer',
            field=models.CharField(choices=[('accept', 'We will do it'), ('partly', 'We will do part of it'), ('decline', 'We will not do it'), ('done', 'It is carried out')], max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalrecommendation',
            name='status',
            field=models.CharField(choices=[('awaiting', 'Waiting for an answer'), ('answered', 'Answered, to be judged'), ('accepted', 'Answer accepted, being carried out'), ('reported', 'Carried out, to be verified'), ('closed', 'Verified and closed')], default='awaiting', max_length=10),
        ),
        migrations.AlterField(
            model_name='managementresponse',
            name='answer',
            field=models.CharField(choices=[('accept', 'We will do it'), ('partly', 'We will do part of it'), ('decline', 'We will not do it'), ('done', 'It is carried out')], max_length=10),
        ),
        migrations.AlterField(
            model_name='recommendation',
            name='status',
            field=models.CharField(choices=[('awaiting', 'Waiting for an answer'), ('answered', 'Answered, to be judged'), ('accepted', 'Answer accepted, being carried out'), ('reported', 'Carried out, to be verified'), ('closed', 'Verified and closed')], default='awaiting', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='managementresponse',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['accept', 'partly', 'decline', 'done'])), name='response_answer'),
        ),
        migrations.AddConstraint(
            model_name='managementresponse',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['decline', 'done']), models.Q(models.Q(('actions', ''), _negated=True), ('actions_by__isnull', False)), _connector='OR'), name='response_says_what_and_when'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['awaiting', 'answered', 'accepted', 'reported', 'closed'])), name='recommendation_status'),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='agency',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='decision',
            field=foundation.models.OneKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.decision'),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='finding',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='oversight.finding'),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='owner',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='prepared_by',
            field=foundation.models.Key(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='recommendation',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='oversight.recommendation'),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='response',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='oversight.managementresponse'),
        ),
        migrations.AddField(
            model_name='committeestep',
            name='review',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='oversight.review'),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='agency',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='foundation.agency'),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='decision',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='groups.decision'),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='finding',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='oversight.finding'),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='owner',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='prepared_by',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='recommendation',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='oversight.recommendation'),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='response',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='oversight.managementresponse'),
        ),
        migrations.AddField(
            model_name='historicalcommitteestep',
            name='review',
            field=foundation.models.Key(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='oversight.review'),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['recommend', 'judge', 'verify', 'review'])), name='step_kind'),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'decided', 'dropped'])), name='step_state'),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finding__isnull', False), ('kind', 'recommend'), ('review', None), ('due__isnull', False), ('owner__isnull', False), ('response', None), ('satisfactory', None), models.Q(models.Q(('recommendation__isnull', False), ('state', 'decided')), models.Q(models.Q(('state', 'decided'), _negated=True), ('recommendation', None)), _connector='OR'), models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), models.Q(('kind', 'judge'), ('recommendation__isnull', False), ('response__isnull', False), ('finding', None), ('review', None), ('satisfactory__isnull', False), models.Q(('satisfactory', True), models.Q(('text', ''), _negated=True), _connector='OR')), models.Q(('finding', None), ('kind', 'verify'), ('recommendation__isnull', False), ('review', None), models.Q(('satisfactory', True), models.Q(('response__isnull', False), ('satisfactory', False)), _connector='OR'), models.Q(('text', ''), _negated=True)), models.Q(('finding', None), ('held_on__isnull', False), ('kind', 'review'), ('review__isnull', False), ('recommendation', None), ('response', None), ('satisfactory', None)), _connector='OR'), name='step_says_what'),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_on', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_on__isnull', False)), _connector='OR'), name='step_dated_when_settled'),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('agency', 'recommendation'), name='step_one_open_per_recommendation'),
        ),
        migrations.AddConstraint(
            model_name='committeestep',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('agency', 'review'), name='step_one_open_per_review'),
        ),
        walls.Walls(),
    ]
