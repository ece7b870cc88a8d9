import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.manager
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import foundation.models
from foundation import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("foundation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSurveyRound",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("instrument", models.CharField(default="1", max_length=10)),
                ("since", models.DateField(help_text="The first day of the time it asks about.")),
                (
                    "until",
                    models.DateField(help_text="The day after the last one that it asks about."),
                ),
                ("opens", models.DateField()),
                (
                    "closes",
                    models.DateField(help_text="The first day on which it takes no more answers."),
                ),
                ("reminded_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("invited", models.PositiveIntegerField()),
                ("consumers_invited", models.PositiveIntegerField()),
                ("reached", models.PositiveIntegerField(db_default=0, default=0)),
                ("reached_on", models.DateField(blank=True, null=True)),
                ("answered", models.PositiveIntegerField(blank=True, null=True)),
                ("on_paper", models.PositiveIntegerField(blank=True, null=True)),
                ("consumers_answered", models.PositiveIntegerField(blank=True, null=True)),
                ("consumers_on_paper", models.PositiveIntegerField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="foundation.agency",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical survey round",
                "verbose_name_plural": "historical survey rounds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SurveyRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("instrument", models.CharField(default="1", max_length=10)),
                ("since", models.DateField(help_text="The first day of the time it asks about.")),
                (
                    "until",
                    models.DateField(help_text="The day after the last one that it asks about."),
                ),
                ("opens", models.DateField()),
                (
                    "closes",
                    models.DateField(help_text="The first day on which it takes no more answers."),
                ),
                ("reminded_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("invited", models.PositiveIntegerField()),
                ("consumers_invited", models.PositiveIntegerField()),
                ("reached", models.PositiveIntegerField(db_default=0, default=0)),
                ("reached_on", models.DateField(blank=True, null=True)),
                ("answered", models.PositiveIntegerField(blank=True, null=True)),
                ("on_paper", models.PositiveIntegerField(blank=True, null=True)),
                ("consumers_answered", models.PositiveIntegerField(blank=True, null=True)),
                ("consumers_on_paper", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.agency",
                    ),
                ),
                (
                    "opened_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SurveyInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("spent", models.BooleanField(db_default=False, default=False)),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.agency",
                    ),
                ),
                (
                    "member",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "round",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="satisfaction.surveyround",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField()),
                ("on_paper", models.BooleanField(db_default=False, default=False)),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.agency",
                    ),
                ),
                (
                    "round",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="satisfaction.surveyround",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("consumer", "I use services"),
                            ("other", "I work here, or I take part in another way"),
                            ("unsaid", "I’d rather not say"),
                        ],
                        max_length=10,
                    ),
                ),
                ("scores", models.JSONField()),
                ("on_paper", models.BooleanField(db_default=False, default=False)),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.agency",
                    ),
                ),
                (
                    "round",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="satisfaction.surveyround",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SurveySheet",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("spent", models.BooleanField(db_default=False, default=False)),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.agency",
                    ),
                ),
                (
                    "round",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="satisfaction.surveyround",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.UniqueConstraint(fields=("agency", "number"), name="round_number"),
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)), fields=("agency",), name="round_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("since"))), name="round_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "closes__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("opens"), "+", models.Value(datetime.timedelta(days=7))
                        ),
                    )
                ),
                name="round_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__gte", models.F("until"))), name="round_asks_about_past"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.CheckConstraint(
                condition=models.Q(("consumers_invited__lte", models.F("invited"))),
                name="round_consumers_are_invited",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered", None),
                        ("closed_on", None),
                        ("consumers_answered", None),
                        ("consumers_on_paper", None),
                        ("on_paper", None),
                    ),
                    models.Q(
                        ("answered__isnull", False),
                        ("closed_on__gte", models.F("closes")),
                        ("consumers_answered__isnull", False),
                        ("consumers_answered__lte", models.F("answered")),
                        ("consumers_on_paper__isnull", False),
                        ("consumers_on_paper__lte", models.F("on_paper")),
                        ("on_paper__isnull", False),
                        ("on_paper__lte", models.F("answered")),
                    ),
                    _connector="OR",
                ),
                name="round_counted_when_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyinvitation",
            constraint=models.UniqueConstraint(
                fields=("agency", "round", "member"), name="survey_invitation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="survey_comment_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["consumer", "other", "unsaid"])),
                name="survey_answer_side",
            ),
        ),
        walls.Walls(),
    ]
