import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import foundation.models
import indicators.models
from foundation import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("foundation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaleMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.agency",
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
            name="FrozenSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_of", models.DateField()),
                ("text", models.TextField()),
                ("checksum", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checksum", indicators.models.TextChecksum(models.F("text")))
                        ),
                        name="frozen_snapshot_checksum",
                    )
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="IndicatorSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=30)),
                ("day", models.DateField()),
                ("computed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("met", "On track"),
                            ("at_risk", "Watch"),
                            ("not_met", "Act"),
                            ("no_data", "Not enough data"),
                        ],
                        max_length=10,
                    ),
                ),
                ("status_since", models.DateField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("goal", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("criteria", models.JSONField(default=list)),
                ("settings", models.JSONField(default=dict)),
                ("engine", models.PositiveIntegerField()),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.agency",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["agency", "indicator", "-id"], name="indicator_snapshot_latest"
                    ),
                    models.Index(
                        fields=["agency", "indicator", "day", "-id"], name="indicator_snapshot_days"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["met", "at_risk", "not_met", "no_data"])
                        ),
                        name="indicator_snapshot_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status_since__lte", models.F("day"))),
                        name="indicator_snapshot_since",
                    ),
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Recomputation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(null=True)),
                ("engine", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.agency",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("agency",), name="recomputation_one_an_agency")
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
    ]
