import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import foundation.models
from foundation import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("taken", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name_plural": "attempts",
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9-]+$", "Use small letters, digits and -."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "timezone",
                    models.CharField(
                        default="America/New_York",
                        max_length=60,
                        validators=[foundation.models._known_zone],
                    ),
                ),
                ("opened", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("sandbox", models.BooleanField(db_default=False, default=False, editable=False)),
                ("part2", models.BooleanField(editable=False, null=True)),
            ],
            options={
                "verbose_name_plural": "agencies",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z][a-z0-9-]+$")),
                        name="agency_slug_plain",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="agency_has_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("location", models.CharField(blank=True, default="", max_length=500)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "key"), name="submission_once")
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        walls.Walls(),
    ]
