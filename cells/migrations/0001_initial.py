import uuid

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
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
        ("groups", "0001_initial"),
        ("measures", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("aim", models.TextField(blank=True)),
                (
                    "cadence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("week", "Every week"),
                            ("month", "Every month"),
                            ("quarter", "Every quarter"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "adapt_if",
                    models.TextField(blank=True, help_text="What would make us adapt it or stop."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Being made"),
                            ("active", "Under way"),
                            ("stopped", "Stopped"),
                            ("finished", "Finished"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("begun_on", models.DateField()),
                ("activated_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("next_review_on", models.DateField(blank=True, null=True)),
                ("slipped_on", models.DateField(blank=True, null=True)),
                ("left_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "looked_at_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
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
            name="Cell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("focus", models.CharField(max_length=200)),
                ("mission", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "group",
                    foundation.models.OneKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.group",
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
            name="Driver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("primary", "Main driver"),
                            ("secondary", "Part of it"),
                            ("idea", "Change idea"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=120)),
                ("position", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "parent",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="cells.driver",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drivers",
                        to="cells.actionplan",
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
            name="ActionStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("to_do", "To do"),
                            ("started", "Started"),
                            ("done", "Done"),
                            ("dropped", "Dropped"),
                        ],
                        default="to_do",
                        max_length=10,
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, help_text="Why it was dropped.")),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "co_owner",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "owner",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="cells.actionplan",
                    ),
                ),
                (
                    "change_idea",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="cells.driver",
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
            name="EvaluationReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("go_on", "Go on as planned"),
                            ("adapt", "Change something and go on"),
                            ("stop", "Stop"),
                            ("lasts", "It lasts. Keep looking"),
                            ("enough", "It lasts. We need not look any more"),
                            ("slipped", "It slipped. Take it up again"),
                            ("left", "It slipped. Leave it as it is"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField()),
                ("seen", models.TextField(blank=True)),
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
                    "by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "meeting",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.meeting",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="cells.actionplan",
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
            name="HistoricalActionStep",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("to_do", "To do"),
                            ("started", "Started"),
                            ("done", "Done"),
                            ("dropped", "Dropped"),
                        ],
                        default="to_do",
                        max_length=10,
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, help_text="Why it was dropped.")),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "change_idea",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.driver",
                    ),
                ),
                (
                    "co_owner",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
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
                    "owner",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.actionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical action step",
                "verbose_name_plural": "historical action steps",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCell",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("focus", models.CharField(max_length=200)),
                ("mission", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.group",
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
            ],
            options={
                "verbose_name": "historical cell",
                "verbose_name_plural": "historical cells",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDriver",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("primary", "Main driver"),
                            ("secondary", "Part of it"),
                            ("idea", "Change idea"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=120)),
                ("position", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "parent",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.driver",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.actionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical driver",
                "verbose_name_plural": "historical drivers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEvaluationReview",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("go_on", "Go on as planned"),
                            ("adapt", "Change something and go on"),
                            ("stop", "Stop"),
                            ("lasts", "It lasts. Keep looking"),
                            ("enough", "It lasts. We need not look any more"),
                            ("slipped", "It slipped. Take it up again"),
                            ("left", "It slipped. Leave it as it is"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField()),
                ("seen", models.TextField(blank=True)),
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
                    "by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
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
                    "meeting",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.meeting",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.actionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical evaluation review",
                "verbose_name_plural": "historical evaluation reviews",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOutcomeStandard",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("outcome", "Shows whether it got better"),
                            ("process", "Shows whether we do what we planned"),
                            ("balancing", "Shows whether something else gets worse"),
                        ],
                        default="outcome",
                        max_length=10,
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                ("baseline_on", models.DateField(blank=True, null=True)),
                ("baseline_through", models.DateField(blank=True, null=True)),
                ("frozen_on", models.DateField(blank=True, null=True)),
                (
                    "target",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                ("target_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "measure",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="measures.measure",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.actionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical outcome standard",
                "verbose_name_plural": "historical outcome standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSustainPlan",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("week", "Every week"),
                            ("month", "Every month"),
                            ("quarter", "Every quarter"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reopen_if", models.TextField()),
                ("made_on", models.DateField()),
                ("next_look_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "looked_at_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "made_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.actionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical sustain plan",
                "verbose_name_plural": "historical sustain plans",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Opportunity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("problem", "Something to make better"),
                            ("strength", "Something good to build on"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("consented_on", models.DateField(blank=True, null=True)),
                ("raised_on", models.DateField()),
                ("origin_type", models.CharField(blank=True, max_length=60)),
                ("origin_id", models.BigIntegerField(blank=True, null=True)),
                ("origin_words", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("chosen", "Chosen"),
                            ("parked", "Set aside for now"),
                            ("declined", "Not taken up"),
                            ("closing", "Did it work? The cell decides"),
                            ("done", "Done"),
                            ("merged", "Part of another idea"),
                            ("split", "Split into smaller ideas"),
                            ("ended", "Ended with its cell"),
                        ],
                        default="raised",
                        max_length=10,
                    ),
                ),
                ("state_on", models.DateField()),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why it was set aside or not taken up."),
                ),
                ("chosen_on", models.DateField(blank=True, null=True)),
                ("result", models.TextField(blank=True, help_text="What came of it.")),
                ("told", models.TextField(blank=True, help_text="You said …, we did …")),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "cell",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunities",
                        to="cells.cell",
                    ),
                ),
                (
                    "closing",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        help_text="By which the cell says that it worked.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.decision",
                    ),
                ),
                (
                    "decision",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.decision",
                    ),
                ),
                (
                    "merged_into",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="cells.opportunity",
                    ),
                ),
                (
                    "on_behalf_of",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "raised_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "split_from",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="cells.opportunity",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "opportunities",
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalOpportunity",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("problem", "Something to make better"),
                            ("strength", "Something good to build on"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("consented_on", models.DateField(blank=True, null=True)),
                ("raised_on", models.DateField()),
                ("origin_type", models.CharField(blank=True, max_length=60)),
                ("origin_id", models.BigIntegerField(blank=True, null=True)),
                ("origin_words", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("chosen", "Chosen"),
                            ("parked", "Set aside for now"),
                            ("declined", "Not taken up"),
                            ("closing", "Did it work? The cell decides"),
                            ("done", "Done"),
                            ("merged", "Part of another idea"),
                            ("split", "Split into smaller ideas"),
                            ("ended", "Ended with its cell"),
                        ],
                        default="raised",
                        max_length=10,
                    ),
                ),
                ("state_on", models.DateField()),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why it was set aside or not taken up."),
                ),
                ("chosen_on", models.DateField(blank=True, null=True)),
                ("result", models.TextField(blank=True, help_text="What came of it.")),
                ("told", models.TextField(blank=True, help_text="You said …, we did …")),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "cell",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.cell",
                    ),
                ),
                (
                    "closing",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        help_text="By which the cell says that it worked.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.decision",
                    ),
                ),
                (
                    "decision",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.decision",
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
                    "on_behalf_of",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "raised_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "merged_into",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.opportunity",
                    ),
                ),
                (
                    "split_from",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.opportunity",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical opportunity",
                "verbose_name_plural": "historical opportunities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActionPlan",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("aim", models.TextField(blank=True)),
                (
                    "cadence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("week", "Every week"),
                            ("month", "Every month"),
                            ("quarter", "Every quarter"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "adapt_if",
                    models.TextField(blank=True, help_text="What would make us adapt it or stop."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Being made"),
                            ("active", "Under way"),
                            ("stopped", "Stopped"),
                            ("finished", "Finished"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("begun_on", models.DateField()),
                ("activated_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("next_review_on", models.DateField(blank=True, null=True)),
                ("slipped_on", models.DateField(blank=True, null=True)),
                ("left_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "looked_at_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.opportunity",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical action plan",
                "verbose_name_plural": "historical action plans",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="opportunity",
            field=foundation.models.OneKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plan",
                to="cells.opportunity",
            ),
        ),
        migrations.CreateModel(
            name="OutcomeStandard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("outcome", "Shows whether it got better"),
                            ("process", "Shows whether we do what we planned"),
                            ("balancing", "Shows whether something else gets worse"),
                        ],
                        default="outcome",
                        max_length=10,
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                ("baseline_on", models.DateField(blank=True, null=True)),
                ("baseline_through", models.DateField(blank=True, null=True)),
                ("frozen_on", models.DateField(blank=True, null=True)),
                (
                    "target",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                ("target_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "measure",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standards",
                        to="measures.measure",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standards",
                        to="cells.actionplan",
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
            name="BaselineChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("corrected", "Numbers in the baseline were corrected"),
                            ("added", "Numbers were added to the baseline"),
                            ("left_out", "What belongs to the baseline was changed on the chart"),
                            ("chart", "Another chart was chosen"),
                            ("redefined", "What the measure counts was changed"),
                            ("set_anew", "The baseline was set anew"),
                            ("confirmed", "Baseline and goal were confirmed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("reason", models.TextField(blank=True)),
                (
                    "before",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                (
                    "after",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True)),
                (
                    "made_in",
                    models.BigIntegerField(
                        db_default=models.Func(
                            function="txid_current", output_field=models.BigIntegerField()
                        ),
                        editable=False,
                    ),
                ),
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
                    "by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "confirmed_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "standard",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="cells.outcomestandard",
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
            name="PDSACycle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="Counts the tests of the plan.")),
                ("title", models.CharField(max_length=120)),
                ("planned_on", models.DateField()),
                ("objective", models.TextField(blank=True)),
                ("prediction", models.TextField(blank=True)),
                ("what", models.TextField(blank=True)),
                ("who", models.CharField(blank=True, max_length=200)),
                ("where", models.CharField(blank=True, max_length=200)),
                ("scale", models.CharField(blank=True, max_length=200)),
                ("from_day", models.DateField(blank=True, null=True)),
                ("to_day", models.DateField(blank=True, null=True)),
                ("looked_at", models.TextField(blank=True)),
                ("happened", models.TextField(blank=True)),
                ("unexpected", models.TextField(blank=True)),
                ("learned", models.TextField(blank=True)),
                (
                    "foretold",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, as we expected"),
                            ("partly", "In part"),
                            ("no", "No, it was different"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopt", "Keep the change"),
                            ("adapt", "Change it and test again"),
                            ("abandon", "Leave it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("started_on", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("studied_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "broken_off_on",
                    models.DateField(
                        blank=True,
                        help_text="It ended with its cell before all parts were done.",
                        null=True,
                    ),
                ),
                ("broken_off_because", models.TextField(blank=True)),
                (
                    "recorded_on",
                    models.DateField(
                        blank=True,
                        help_text="It was done on paper, and written down on this day.",
                        null=True,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "change_idea",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cycles",
                        to="cells.driver",
                    ),
                ),
                (
                    "former",
                    foundation.models.OneKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="cells.pdsacycle",
                    ),
                ),
                (
                    "leader",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "measure",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="measures.measure",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cycles",
                        to="cells.actionplan",
                    ),
                ),
                (
                    "recorded_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
            ],
            options={
                "verbose_name": "PDSA cycle",
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalPDSACycle",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="Counts the tests of the plan.")),
                ("title", models.CharField(max_length=120)),
                ("planned_on", models.DateField()),
                ("objective", models.TextField(blank=True)),
                ("prediction", models.TextField(blank=True)),
                ("what", models.TextField(blank=True)),
                ("who", models.CharField(blank=True, max_length=200)),
                ("where", models.CharField(blank=True, max_length=200)),
                ("scale", models.CharField(blank=True, max_length=200)),
                ("from_day", models.DateField(blank=True, null=True)),
                ("to_day", models.DateField(blank=True, null=True)),
                ("looked_at", models.TextField(blank=True)),
                ("happened", models.TextField(blank=True)),
                ("unexpected", models.TextField(blank=True)),
                ("learned", models.TextField(blank=True)),
                (
                    "foretold",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, as we expected"),
                            ("partly", "In part"),
                            ("no", "No, it was different"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopt", "Keep the change"),
                            ("adapt", "Change it and test again"),
                            ("abandon", "Leave it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("started_on", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("studied_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "broken_off_on",
                    models.DateField(
                        blank=True,
                        help_text="It ended with its cell before all parts were done.",
                        null=True,
                    ),
                ),
                ("broken_off_because", models.TextField(blank=True)),
                (
                    "recorded_on",
                    models.DateField(
                        blank=True,
                        help_text="It was done on paper, and written down on this day.",
                        null=True,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "change_idea",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.driver",
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
                    "leader",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "measure",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="measures.measure",
                    ),
                ),
                (
                    "plan",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.actionplan",
                    ),
                ),
                (
                    "recorded_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "former",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cells.pdsacycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical PDSA cycle",
                "verbose_name_plural": "historical PDSA cycles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PriorityRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("multivoting", "Each person has a few votes"),
                            ("matrix", "Each person says how much it helps and how hard it is"),
                            ("nominal", "Each person puts a few ideas in order"),
                            ("paper", "On paper, in a room"),
                        ],
                        default="multivoting",
                        max_length=20,
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=200)),
                (
                    "votes_each",
                    models.PositiveSmallIntegerField(
                        help_text="Votes or ranking cards; 0 in a matrix, and before there is a list."
                    ),
                ),
                ("opened_on", models.DateField()),
                ("closes_on", models.DateField(help_text="The last day to vote.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("gathering", "Ideas are written down in silence"),
                            ("talking", "Ideas are talked over, one after the other"),
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("cancelled", "Called off"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "recorded_on",
                    models.DateField(
                        blank=True,
                        help_text="On paper: the day on which it was written down.",
                        null=True,
                    ),
                ),
                ("ballots_cast", models.PositiveIntegerField(blank=True, null=True)),
                ("ballots_consumers", models.PositiveIntegerField(blank=True, null=True)),
                ("ballots_staff", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "by_side",
                    models.BooleanField(
                        default=False,
                        help_text="There are enough consumers and staff to count their votes apart.",
                    ),
                ),
                ("salt", models.CharField(blank=True, max_length=64)),
                ("seal", models.CharField(blank=True, max_length=64)),
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
                    "cell",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="cells.cell",
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
            name="BallotReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                    "seat",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.seat",
                    ),
                ),
                (
                    "round",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="cells.priorityround",
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
            name="Ballot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField()),
                ),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list
                    ),
                ),
                (
                    "efforts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=64)),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not kept"),
                            ("consumers", "People who use services"),
                            ("staff", "Staff"),
                            ("others", "Others"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
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
                        related_name="ballots",
                        to="cells.priorityround",
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
            name="Reopening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("worked_from", models.DateField()),
                ("done_on", models.DateField()),
                ("result", models.TextField()),
                ("told", models.TextField()),
                ("on", models.DateField()),
                ("reason", models.TextField()),
                ("seen", models.TextField(blank=True)),
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
                    "by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "decision",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.decision",
                    ),
                ),
                (
                    "opportunity",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="cells.opportunity",
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
            name="RoundEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("votes", models.PositiveIntegerField(blank=True, null=True)),
                ("place", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("votes_consumers", models.PositiveIntegerField(blank=True, null=True)),
                ("votes_staff", models.PositiveIntegerField(blank=True, null=True)),
                ("effort", models.PositiveIntegerField(blank=True, null=True)),
                ("effort_consumers", models.PositiveIntegerField(blank=True, null=True)),
                ("effort_staff", models.PositiveIntegerField(blank=True, null=True)),
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
                    "opportunity",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="cells.opportunity",
                    ),
                ),
                (
                    "round",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="cells.priorityround",
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
            name="Settlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("row", models.BigIntegerField()),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("end", "End it"),
                            ("hand_over", "Hand it to another cell"),
                            ("sustain", "Keep checking that it holds"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("worked", "It worked"),
                            ("partly", "It worked in part"),
                            ("not", "It did not work"),
                            ("unknown", "We can’t tell yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("restored", models.BooleanField(blank=True, null=True)),
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
                    "cell",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="cells.cell",
                    ),
                ),
                (
                    "closure",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.closure",
                    ),
                ),
                (
                    "to",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "to_cell",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cells.cell",
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
            name="SilentIdea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("problem", "Something to make better"),
                            ("strength", "Something good to build on"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
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
                        related_name="silent_ideas",
                        to="cells.priorityround",
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
            name="StepDependency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                    "needed",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needed_by",
                        to="cells.actionstep",
                    ),
                ),
                (
                    "step",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="cells.actionstep",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "step dependencies",
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SustainPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("week", "Every week"),
                            ("month", "Every month"),
                            ("quarter", "Every quarter"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reopen_if", models.TextField()),
                ("made_on", models.DateField()),
                ("next_look_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
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
                    "looked_at_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "made_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "plan",
                    foundation.models.OneKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sustain",
                        to="cells.actionplan",
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
            name="Touched",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=30)),
                ("row", models.BigIntegerField()),
                ("before", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField()),
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
                    "settlement",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touched",
                        to="cells.settlement",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "touched rows",
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="cell",
            constraint=models.CheckConstraint(
                condition=models.Q(("focus", ""), _negated=True), name="cell_has_focus"
            ),
        ),
        migrations.AddConstraint(
            model_name="driver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "primary"), ("parent", None)),
                    models.Q(("level__in", ["secondary", "idea"]), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="driver_hangs_below_its_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="driver",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="driver_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="driver",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="driver_not_its_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="driver",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("agency", "plan", "parent", "position"),
                name="driver_place",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="actionstep",
            index=models.Index(
                condition=models.Q(("status__in", ["to_do", "started"])),
                fields=["agency", "owner"],
                name="action_step_open_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["to_do", "started", "done", "dropped"])),
                name="action_step_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="action_step_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="actionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("co_owner", None),
                    models.Q(
                        ("owner__isnull", False),
                        models.Q(("co_owner", models.F("owner")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="action_step_two_owners_differ",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "dropped"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="action_step_dropped_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("status__in", ["to_do", "started"])),
                    models.Q(("ended_on__isnull", False), ("status__in", ["done", "dropped"])),
                    _connector="OR",
                ),
                name="action_step_dated_when_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        ["go_on", "adapt", "stop", "lasts", "enough", "slipped", "left"],
                    )
                ),
                name="evaluation_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="evaluation_has_note"
            ),
        ),
        migrations.AddIndex(
            model_name="opportunity",
            index=models.Index(fields=["agency", "cell", "state"], name="opportunity_cell_state"),
        ),
        migrations.AddIndex(
            model_name="opportunity",
            index=models.Index(
                fields=["agency", "origin_type", "origin_id"], name="opportunity_by_origin"
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["problem", "strength"])), name="opportunity_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "raised",
                            "chosen",
                            "parked",
                            "declined",
                            "closing",
                            "done",
                            "merged",
                            "split",
                            "ended",
                        ],
                    )
                ),
                name="opportunity_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="opportunity_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consented_on", None), ("on_behalf_of", None)),
                    models.Q(("consented_on__isnull", False), ("on_behalf_of__isnull", False)),
                    _connector="OR",
                ),
                name="opportunity_entered_with_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin_id", None), ("origin_type", "")),
                    models.Q(
                        models.Q(("origin_type", ""), _negated=True), ("origin_id__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="opportunity_names_its_origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["parked", "declined", "ended"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="opportunity_left_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["chosen", "closing", "done"]), _negated=True),
                    models.Q(("chosen_on__isnull", False), ("decision__isnull", False)),
                    _connector="OR",
                ),
                name="opportunity_chosen_by_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["closing", "done"]), _negated=True),
                    models.Q(
                        models.Q(("result", ""), _negated=True),
                        models.Q(("told", ""), _negated=True),
                        ("closing__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="opportunity_done_and_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                    _connector="OR",
                ),
                name="opportunity_merged_into_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("merged_into", None),
                        models.Q(("merged_into", models.F("pk")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("split_from", None),
                        models.Q(("split_from", models.F("pk")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="opportunity_not_of_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="opportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(("state_on__gte", models.F("raised_on"))),
                name="opportunity_dates_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="actionplan",
            index=models.Index(
                condition=models.Q(("status", "active")),
                fields=["agency", "looked_at_by"],
                name="action_plan_looked_at_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "active", "stopped", "finished"])),
                name="action_plan_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cadence", ""), ("cadence__in", ["week", "month", "quarter"]), _connector="OR"
                ),
                name="action_plan_cadence",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "active"), _negated=True),
                    models.Q(
                        models.Q(("aim", ""), _negated=True),
                        models.Q(("cadence", ""), _negated=True),
                        models.Q(("adapt_if", ""), _negated=True),
                        ("activated_on__isnull", False),
                        ("looked_at_by__isnull", False),
                        ("next_review_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="action_plan_whole_when_active",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "active"]),
                    models.Q(("ended_on__isnull", False), ("next_review_on", None)),
                    _connector="OR",
                ),
                name="action_plan_dated_when_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_on", None), ("slipped_on", None)),
                    models.Q(("slipped_on__isnull", False), ("status", "finished")),
                    _connector="OR",
                ),
                name="action_plan_slips_once_finished",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcomestandard",
            constraint=models.UniqueConstraint(
                fields=("agency", "plan", "measure"), name="standard_once_per_measure"
            ),
        ),
        migrations.AddConstraint(
            model_name="outcomestandard",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["outcome", "process", "balancing"])),
                name="standard_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcomestandard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("baseline", None), ("baseline__gte", 0), _connector="OR"),
                    models.Q(("target", None), ("target__gte", 0), _connector="OR"),
                ),
                name="standard_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcomestandard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("baseline_through", None), ("frozen_on", None)),
                    models.Q(("baseline_through__isnull", False), ("frozen_on__isnull", False)),
                    _connector="OR",
                ),
                name="standard_frozen_on_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="baselinechange",
            index=models.Index(
                condition=models.Q(("confirmed_on", None)),
                fields=["agency", "standard"],
                name="baseline_change_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="baselinechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "cause__in",
                        [
                            "corrected",
                            "added",
                            "left_out",
                            "chart",
                            "redefined",
                            "set_anew",
                            "confirmed",
                        ],
                    )
                ),
                name="baseline_change_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="baselinechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    ("cause__in", ["added", "chart"]),
                    _connector="OR",
                ),
                name="baseline_change_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="baselinechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_on", None), ("confirmed_on__gte", models.F("on")), _connector="OR"
                ),
                name="baseline_change_confirmed_afterwards",
            ),
        ),
        migrations.AddIndex(
            model_name="pdsacycle",
            index=models.Index(
                condition=models.Q(("ended_on", None)),
                fields=["agency", "leader"],
                name="cycle_leader_open",
            ),
        ),
        migrations.AddIndex(
            model_name="pdsacycle",
            index=models.Index(fields=["agency", "measure"], name="cycle_measure"),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.UniqueConstraint(
                fields=("agency", "plan", "number"), name="cycle_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="cycle_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("foretold", ""), ("foretold__in", ["yes", "partly", "no"]), _connector="OR"
                ),
                name="cycle_foretold",
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", ""), ("outcome__in", ["adopt", "adapt", "abandon"]), _connector="OR"
                ),
                name="cycle_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_day", None),
                    ("to_day", None),
                    ("to_day__gte", models.F("from_day")),
                    _connector="OR",
                ),
                name="cycle_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_on", None),
                    ("recorded_on__isnull", False),
                    models.Q(
                        models.Q(("objective", ""), _negated=True),
                        models.Q(("prediction", ""), _negated=True),
                        models.Q(("what", ""), _negated=True),
                        models.Q(("who", ""), _negated=True),
                        models.Q(("where", ""), _negated=True),
                        models.Q(("scale", ""), _negated=True),
                        ("from_day__isnull", False),
                        ("leader__isnull", False),
                        ("to_day__isnull", False),
                        models.Q(
                            ("measure__isnull", False),
                            models.Q(("looked_at", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="cycle_whole_when_started",
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recorded_by", None), ("recorded_on", None)),
                    models.Q(
                        ("done_on__isnull", False),
                        ("prediction", ""),
                        ("recorded_by__isnull", False),
                        ("recorded_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="cycle_recorded_without_prediction",
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_on", None),
                    models.Q(
                        models.Q(("happened", ""), _negated=True),
                        ("done_on__gte", models.F("started_on")),
                        ("started_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="cycle_done_with_what_happened",
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("studied_on", None),
                    models.Q(
                        models.Q(("learned", ""), _negated=True),
                        models.Q(("foretold", ""), _negated=True),
                        ("done_on__isnull", False),
                        ("studied_on__gte", models.F("done_on")),
                    ),
                    _connector="OR",
                ),
                name="cycle_studied_with_comparison",
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("outcome", "")),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        ("ended_on__gte", models.F("studied_on")),
                        ("studied_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="cycle_ended_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="pdsacycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("broken_off_because", ""), ("broken_off_on", None)),
                    models.Q(
                        ("broken_off_on__isnull", False),
                        ("ended_on", None),
                        models.Q(("broken_off_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="cycle_broken_off_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["multivoting", "matrix", "nominal", "paper"])),
                name="priority_round_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["gathering", "talking", "open", "closed", "cancelled"])
                ),
                name="priority_round_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "multivoting"), ("votes_each__range", (1, 5))),
                    models.Q(("method", "matrix"), ("votes_each", 0)),
                    models.Q(("method", "paper"), ("votes_each", 0)),
                    models.Q(("method", "nominal"), ("votes_each__range", (1, 8))),
                    models.Q(
                        ("method", "nominal"),
                        ("status__in", ["gathering", "talking", "cancelled"]),
                        ("votes_each", 0),
                    ),
                    _connector="OR",
                ),
                name="priority_round_votes",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("method", "nominal"),
                    models.Q(("status__in", ["gathering", "talking"]), _negated=True),
                    _connector="OR",
                ),
                name="priority_round_silence_is_nominal",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("method", "paper"), ("recorded_on__isnull", False), ("status", "closed")
                    ),
                    models.Q(models.Q(("method", "paper"), _negated=True), ("recorded_on", None)),
                    _connector="OR",
                ),
                name="priority_round_on_paper_is_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opened_on"))),
                name="priority_round_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("status__in", ("gathering", "talking", "open"))),
                    models.Q(
                        models.Q(("status__in", ("gathering", "talking", "open")), _negated=True),
                        ("ended_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="priority_round_dated_when_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "open"), models.Q(("salt", ""), ("seal", "")), _connector="OR"
                ),
                name="priority_round_forgets_its_salt",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "closed"), _negated=True),
                    ("ballots_cast__isnull", False),
                    _connector="OR",
                ),
                name="priority_round_counted_when_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("gathering", "talking", "open"))),
                fields=("agency", "cell"),
                name="priority_round_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballotreceipt",
            constraint=models.UniqueConstraint(
                fields=("agency", "round", "member"), name="ballot_receipt_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("agency", "round", "code"),
                name="ballot_once_per_voter",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["", "consumers", "staff", "others"])),
                name="ballot_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("choices__len__range", (1, 50)),
                    ("points__len", models.F("choices__len")),
                    models.Q(
                        ("efforts__len", 0),
                        ("efforts__len", models.F("choices__len")),
                        _connector="OR",
                    ),
                ),
                name="ballot_chooses",
            ),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="reopening_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_on__gte", models.F("worked_from")), ("on__gte", models.F("done_on"))
                ),
                name="reopening_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundentry",
            constraint=models.UniqueConstraint(
                fields=("agency", "round", "opportunity"), name="round_entry_once_per_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("votes_consumers", None), ("votes_staff", None)),
                        models.Q(
                            ("votes_consumers__isnull", False), ("votes_staff__isnull", False)
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("effort_consumers", None), ("effort_staff", None)),
                        models.Q(
                            ("effort_consumers__isnull", False), ("effort_staff__isnull", False)
                        ),
                        _connector="OR",
                    ),
                ),
                name="round_entry_both_sides_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                fields=("agency", "closure", "kind", "row"), name="settled_once_per_closing"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("fate__in", ["end", "hand_over", "sustain"])),
                name="settlement_fate",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", ""),
                    ("outcome__in", ["worked", "partly", "not", "unknown"]),
                    _connector="OR",
                ),
                name="settlement_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("fate", "end"),
                        ("to", None),
                        ("to_cell", None),
                        models.Q(("why", ""), _negated=True),
                    ),
                    models.Q(
                        ("fate", "hand_over"), ("to__isnull", False), ("to_cell__isnull", False)
                    ),
                    models.Q(("fate", "sustain"), ("to__isnull", False), ("to_cell", None)),
                    _connector="OR",
                ),
                name="settlement_says_why_or_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="silentidea",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["problem", "strength"])), name="silent_idea_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="silentidea",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="silent_idea_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="stepdependency",
            constraint=models.UniqueConstraint(
                fields=("agency", "step", "needed"), name="dependency_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stepdependency",
            constraint=models.CheckConstraint(
                condition=models.Q(("step", models.F("needed")), _negated=True),
                name="dependency_not_on_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="sustainplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("cadence__in", ["week", "month", "quarter"])),
                name="sustain_cadence",
            ),
        ),
        migrations.AddConstraint(
            model_name="sustainplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("reopen_if", ""), _negated=True),
                name="sustain_says_what_reopens",
            ),
        ),
        migrations.AddConstraint(
            model_name="sustainplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on", None), ("next_look_on__isnull", False)),
                    models.Q(("ended_on__isnull", False), ("next_look_on", None)),
                    _connector="OR",
                ),
                name="sustain_looks_or_ended",
            ),
        ),
        walls.Walls(),
    ]
