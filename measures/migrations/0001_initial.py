import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.math
import django.db.models.manager
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.dated
import foundation.models
from foundation import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("foundation", "0001_initial"),
        ("groups", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalMeasure",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proportion", "A share: how many out of how many"),
                            ("count", "A count: how many"),
                            ("rate", "A rate: how many for so much time or use"),
                            ("score", "A score or an average"),
                            ("values", "Waits or other values, each one by itself"),
                            ("events", "A rare thing: the days on which it happened"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("increase", "More is better"),
                            ("decrease", "Less is better"),
                            ("neutral", "Neither is better"),
                        ],
                        max_length=10,
                    ),
                ),
                ("numerator", models.CharField(max_length=300)),
                ("denominator", models.CharField(blank=True, max_length=300)),
                (
                    "per",
                    models.PositiveIntegerField(
                        db_default=1,
                        default=1,
                        help_text="A rate is shown for so many: per 1,000 days.",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("day", "Every day"),
                            ("week", "Every week"),
                            ("month", "Every month"),
                            ("quarter", "Every quarter"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(max_length=300)),
                ("inclusion", models.TextField(blank=True)),
                ("exclusion", models.TextField(blank=True)),
                (
                    "lowest",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="What the chart shows is expected from here …",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "highest",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="… to here.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "lag",
                    models.PositiveSmallIntegerField(
                        db_default=7,
                        default=7,
                        help_text="Days after a period until its number is late.",
                    ),
                ),
                ("defined_on", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True, db_default="", help_text="Why what it counts was changed last."
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
                    "collected_by",
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
                        to="groups.group",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical measure",
                "verbose_name_plural": "historical measures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proportion", "A share: how many out of how many"),
                            ("count", "A count: how many"),
                            ("rate", "A rate: how many for so much time or use"),
                            ("score", "A score or an average"),
                            ("values", "Waits or other values, each one by itself"),
                            ("events", "A rare thing: the days on which it happened"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("increase", "More is better"),
                            ("decrease", "Less is better"),
                            ("neutral", "Neither is better"),
                        ],
                        max_length=10,
                    ),
                ),
                ("numerator", models.CharField(max_length=300)),
                ("denominator", models.CharField(blank=True, max_length=300)),
                (
                    "per",
                    models.PositiveIntegerField(
                        db_default=1,
                        default=1,
                        help_text="A rate is shown for so many: per 1,000 days.",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("day", "Every day"),
                            ("week", "Every week"),
                            ("month", "Every month"),
                            ("quarter", "Every quarter"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(max_length=300)),
                ("inclusion", models.TextField(blank=True)),
                ("exclusion", models.TextField(blank=True)),
                (
                    "lowest",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="What the chart shows is expected from here …",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "highest",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="… to here.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "lag",
                    models.PositiveSmallIntegerField(
                        db_default=7,
                        default=7,
                        help_text="Days after a period until its number is late.",
                    ),
                ),
                ("defined_on", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True, db_default="", help_text="Why what it counts was changed last."
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
                    "collected_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "owner",
                    foundation.models.Key(
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
            name="ImportDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sheets", models.JSONField(default=list)),
                ("sheet", models.CharField(blank=True, max_length=100)),
                ("head", models.JSONField(default=list)),
                ("rows", models.JSONField(default=list)),
                ("first", models.PositiveIntegerField(default=2)),
                ("columns", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("answers", models.JSONField(default=dict)),
                ("stopped", models.TextField(blank=True)),
                ("used_on", models.DateField(blank=True, null=True)),
                ("result", models.JSONField(default=dict)),
                ("left_out", models.JSONField(default=list)),
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
                    "uploaded_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "measure",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="measures.measure",
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
            name="HistoricalDataPoint",
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
                            ("proportion", "A share: how many out of how many"),
                            ("count", "A count: how many"),
                            ("rate", "A rate: how many for so much time or use"),
                            ("score", "A score or an average"),
                            ("values", "Waits or other values, each one by itself"),
                            ("events", "A rare thing: the days on which it happened"),
                        ],
                        max_length=10,
                    ),
                ),
                ("period", models.DateField()),
                (
                    "numerator",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                (
                    "denominator",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                (
                    "values",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=14),
                        blank=True,
                        help_text="The single values, the smallest first.",
                        null=True,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("came_on", models.DateField()),
                (
                    "missing_because",
                    models.TextField(blank=True, help_text="Why there is no number."),
                ),
                ("reason", models.TextField(blank=True, help_text="Why the number was corrected.")),
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
                    "confirmed_by",
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
            ],
            options={
                "verbose_name": "historical data point",
                "verbose_name_plural": "historical data points",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalChartChoice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "chart",
                    models.CharField(
                        choices=[
                            ("run", "Line with its middle"),
                            ("i", "Single results (I chart)"),
                            ("mr", "Changes from one to the next (MR chart)"),
                            ("p", "Shares (P chart)"),
                            ("pp", "Shares of large groups (P-prime chart)"),
                            ("c", "Counts (C chart)"),
                            ("u", "Rates (U chart)"),
                            ("up", "Rates of large groups (U-prime chart)"),
                            ("t", "Days between rare events (T chart)"),
                            ("g", "Days or cases between rare events (G chart)"),
                            ("xbar", "Averages of single values (X-bar chart)"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "rules",
                    models.CharField(
                        choices=[
                            ("anhoej", "The usual rules: long runs, few crossings, far outside"),
                            ("mdc", "Making Data Count, as in England’s NHS"),
                        ],
                        default="anhoej",
                        max_length=10,
                    ),
                ),
                (
                    "firmness",
                    models.CharField(
                        choices=[
                            ("none", "No limits"),
                            ("trial", "For the time being"),
                            ("established", "Settled"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=30)),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why somebody chose another chart."),
                ),
                ("since", models.DateField()),
                ("results", models.PositiveIntegerField(help_text="On how many results it rests.")),
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
            ],
            options={
                "verbose_name": "historical chart choice",
                "verbose_name_plural": "historical chart choices",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAdjustment",
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
                            ("phase", "A new phase begins"),
                            ("baseline", "The start is frozen"),
                            ("exclusion", "A result is left out"),
                        ],
                        max_length=10,
                    ),
                ),
                ("period", models.DateField()),
                ("label", models.CharField(blank=True, max_length=30)),
                ("reason", models.TextField()),
                ("on", models.DateField()),
                ("undone_on", models.DateField(blank=True, null=True)),
                ("undone_because", models.TextField(blank=True)),
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
                    "undone_by",
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
            ],
            options={
                "verbose_name": "historical adjustment",
                "verbose_name_plural": "historical adjustments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="DataPoint",
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
                            ("proportion", "A share: how many out of how many"),
                            ("count", "A count: how many"),
                            ("rate", "A rate: how many for so much time or use"),
                            ("score", "A score or an average"),
                            ("values", "Waits or other values, each one by itself"),
                            ("events", "A rare thing: the days on which it happened"),
                        ],
                        max_length=10,
                    ),
                ),
                ("period", models.DateField()),
                (
                    "numerator",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                (
                    "denominator",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                (
                    "values",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=4, max_digits=14),
                        blank=True,
                        help_text="The single values, the smallest first.",
                        null=True,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("came_on", models.DateField()),
                (
                    "missing_because",
                    models.TextField(blank=True, help_text="Why there is no number."),
                ),
                ("reason", models.TextField(blank=True, help_text="Why the number was corrected.")),
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
                    "recorded_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "measure",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="measures.measure",
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
            name="ChartChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chart",
                    models.CharField(
                        choices=[
                            ("run", "Line with its middle"),
                            ("i", "Single results (I chart)"),
                            ("mr", "Changes from one to the next (MR chart)"),
                            ("p", "Shares (P chart)"),
                            ("pp", "Shares of large groups (P-prime chart)"),
                            ("c", "Counts (C chart)"),
                            ("u", "Rates (U chart)"),
                            ("up", "Rates of large groups (U-prime chart)"),
                            ("t", "Days between rare events (T chart)"),
                            ("g", "Days or cases between rare events (G chart)"),
                            ("xbar", "Averages of single values (X-bar chart)"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "rules",
                    models.CharField(
                        choices=[
                            ("anhoej", "The usual rules: long runs, few crossings, far outside"),
                            ("mdc", "Making Data Count, as in England’s NHS"),
                        ],
                        default="anhoej",
                        max_length=10,
                    ),
                ),
                (
                    "firmness",
                    models.CharField(
                        choices=[
                            ("none", "No limits"),
                            ("trial", "For the time being"),
                            ("established", "Settled"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=30)),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Why somebody chose another chart."),
                ),
                ("since", models.DateField()),
                ("results", models.PositiveIntegerField(help_text="On how many results it rests.")),
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
                    "measure",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chart_choices",
                        to="measures.measure",
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
            name="Adjustment",
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
                            ("phase", "A new phase begins"),
                            ("baseline", "The start is frozen"),
                            ("exclusion", "A result is left out"),
                        ],
                        max_length=10,
                    ),
                ),
                ("period", models.DateField()),
                ("label", models.CharField(blank=True, max_length=30)),
                ("reason", models.TextField()),
                ("on", models.DateField()),
                ("undone_on", models.DateField(blank=True, null=True)),
                ("undone_because", models.TextField(blank=True)),
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
                    "undone_by",
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
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="measures.measure",
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
            name="Ownership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
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
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.group",
                    ),
                ),
                (
                    "measure",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ownerships",
                        to="measures.measure",
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
            name="ImportProgress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=1)),
                ("tries", models.PositiveIntegerField(default=0)),
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
                    "draft",
                    foundation.models.OneKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress",
                        to="measures.importdraft",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total")), ("total__gte", 1)),
                        name="import_progress_part",
                    )
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["agency", "collected_by"], name="measure_collector"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["proportion", "count", "rate", "score", "values", "events"])
                ),
                name="measure_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["increase", "decrease", "neutral"])),
                name="measure_direction",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("frequency__in", ["day", "week", "month", "quarter"])),
                name="measure_frequency",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("numerator", ""), _negated=True),
                    models.Q(("source", ""), _negated=True),
                ),
                name="measure_is_defined",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["proportion", "rate"]),
                        models.Q(("denominator", ""), _negated=True),
                    ),
                    models.Q(
                        ("denominator", ""), ("kind__in", ["count", "score", "values", "events"])
                    ),
                    _connector="OR",
                ),
                name="measure_denominator_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("per__gte", 1), models.Q(("kind", "rate"), ("per", 1), _connector="OR")
                ),
                name="measure_per_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lowest", None),
                    ("highest", None),
                    ("lowest__lte", models.F("highest")),
                    _connector="OR",
                ),
                name="measure_lowest_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("lag__lte", 366)), name="measure_lag_of_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "events"), _negated=True),
                    models.Q(("frequency", "day"), ("highest", None), ("lowest", None)),
                    _connector="OR",
                ),
                name="measure_of_days_has_no_periods",
            ),
        ),
        migrations.AddIndex(
            model_name="importdraft",
            index=models.Index(
                condition=models.Q(("asked_at__isnull", False), ("used_on", None)),
                fields=["asked_at"],
                name="import_draft_unfinished",
            ),
        ),
        migrations.AddConstraint(
            model_name="importdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("used_on", None), models.Q(("rows", []), ("sheets", [])), _connector="OR"
                ),
                name="import_draft_emptied_when_used",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.UniqueConstraint(
                fields=("agency", "measure", "period"), name="point_once_per_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["proportion", "count", "rate", "score", "values", "events"])
                ),
                name="point_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("numerator", None), ("numerator__gte", 0), _connector="OR"),
                name="point_numerator_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("denominator", None), ("kind__in", ["count", "score", "values", "events"])
                    ),
                    models.Q(
                        ("denominator", None),
                        ("kind__in", ["proportion", "rate"]),
                        ("numerator", None),
                    ),
                    models.Q(
                        ("denominator__gte", 0),
                        ("denominator__isnull", False),
                        ("kind__in", ["proportion", "rate"]),
                        ("numerator__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="point_denominator_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "proportion"), _negated=True),
                    ("numerator", None),
                    ("numerator__lte", models.F("denominator")),
                    _connector="OR",
                ),
                name="point_share_at_most_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("denominator", None), ("denominator__gt", 0), ("numerator", 0), _connector="OR"
                ),
                name="point_nothing_out_of_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="point_corrected_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("numerator", None), ("missing_because", ""), _connector="OR"),
                name="point_missing_or_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("numerator__isnull", False), ("confirmed_by", None), _connector="OR"
                ),
                name="point_confirmed_is_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "events"), _negated=True),
                    models.Q(("numerator", None), models.Q(("reason", ""), _negated=True)),
                    models.Q(
                        ("numerator", django.db.models.functions.math.Floor("numerator")),
                        ("numerator__gte", 1),
                        ("numerator__isnull", False),
                        ("numerator__lte", 20),
                    ),
                    _connector="OR",
                ),
                name="point_happened_or_taken_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("kind", "values"), _negated=True), ("values", None)),
                    models.Q(("kind", "values"), ("numerator", None), ("values", None)),
                    models.Q(
                        ("kind", "values"),
                        ("numerator__isnull", False),
                        ("values__isnull", False),
                        ("values__len__gte", 1),
                        ("values__len__lte", 200),
                    ),
                    _connector="OR",
                ),
                name="point_values_fit",
            ),
        ),
        migrations.AddConstraint(
            model_name="datapoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("values", None),
                    models.Q(
                        ("numerator__gte", models.F("values__0")),
                        (
                            "numerator__lte",
                            models.Func(
                                models.F("values"),
                                output_field=models.DecimalField(decimal_places=4, max_digits=14),
                                template="(%(expressions)s)[cardinality(%(expressions)s)]",
                            ),
                        ),
                        ("values__0__gte", 0),
                    ),
                    _connector="OR",
                ),
                name="point_average_between_values",
            ),
        ),
        migrations.AddConstraint(
            model_name="chartchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chart__in", ["run", "i", "mr", "p", "pp", "c", "u", "up", "t", "g", "xbar"])
                ),
                name="chart_choice_chart",
            ),
        ),
        migrations.AddConstraint(
            model_name="chartchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rules", "anhoej"), models.Q(("chart", "i"), ("rules", "mdc")), _connector="OR"
                ),
                name="chart_choice_rules",
            ),
        ),
        migrations.AddConstraint(
            model_name="chartchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("firmness__in", ["none", "trial", "established"])),
                name="chart_choice_firmness",
            ),
        ),
        migrations.AddConstraint(
            model_name="chartchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", None), ("reason", ""), models.Q(("code", ""), _negated=True)),
                    models.Q(("by__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="chart_choice_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["phase", "baseline", "exclusion"])),
                name="adjustment_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="adjustment_with_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "phase"), models.Q(("label", ""), _negated=True)),
                    models.Q(models.Q(("kind", "phase"), _negated=True), ("label", "")),
                    _connector="OR",
                ),
                name="adjustment_names_a_phase",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_because", ""), ("undone_by", None), ("undone_on", None)),
                    models.Q(
                        ("undone_by__isnull", False),
                        ("undone_on__isnull", False),
                        models.Q(("undone_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="adjustment_undone_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_on", None)),
                fields=("agency", "measure", "kind", "period"),
                name="adjustment_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "baseline"), ("undone_on", None)),
                fields=("agency", "measure"),
                name="adjustment_one_baseline",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="ownership_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("measure", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="ownership_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("agency", "measure"),
                name="ownership_one_open",
            ),
        ),
        walls.Walls(),
    ]
