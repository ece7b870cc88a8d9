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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                            ("mission", "Mission statement"),
                            ("process", "How we improve quality"),
                            ("charter", "Charter of the oversight committee"),
                        ],
                        max_length=20,
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
            name="HistoricalVersion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "form",
                    models.CharField(
                        choices=[("narrative", "Text"), ("chart", "Chart of steps")],
                        default="narrative",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(help_text="For a chart, one step a line.")),
                (
                    "text_equivalent",
                    models.TextField(
                        blank=True,
                        help_text="The same in sentences, for those who can't see a chart.",
                    ),
                ),
                ("drafted_on", models.DateField()),
                ("proposed_on", models.DateField(blank=True, null=True)),
                ("in_force_on", models.DateField(blank=True, null=True)),
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
                    "document",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "drafted_by",
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
            ],
            options={
                "verbose_name": "historical version",
                "verbose_name_plural": "historical versions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("primary_consumer", "Person who uses services"),
                            ("family_member", "Family member"),
                            ("provider", "Provider (front-line staff)"),
                            ("manager", "Manager"),
                            ("other", "Other"),
                            ("undisclosed", "Prefer not to say"),
                        ],
                        max_length=20,
                    ),
                ),
                ("employed_peer", models.BooleanField(default=False)),
                ("on", models.DateField()),
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
                    "entered_by",
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
                    "rater",
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
            name="RatingItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30)),
                ("present", models.BooleanField()),
                ("words", models.TextField(blank=True)),
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
                    "rating",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="documents.rating",
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
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "form",
                    models.CharField(
                        choices=[("narrative", "Text"), ("chart", "Chart of steps")],
                        default="narrative",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(help_text="For a chart, one step a line.")),
                (
                    "text_equivalent",
                    models.TextField(
                        blank=True,
                        help_text="The same in sentences, for those who can't see a chart.",
                    ),
                ),
                ("drafted_on", models.DateField()),
                ("proposed_on", models.DateField(blank=True, null=True)),
                ("in_force_on", models.DateField(blank=True, null=True)),
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
                    "document",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="documents.document",
                    ),
                ),
                (
                    "drafted_by",
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
        migrations.AddField(
            model_name="rating",
            name="mission",
            field=foundation.models.Key(
                blank=True,
                db_constraint=False,
                help_text="For the process: the mission statement that was in force.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.version",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="version",
            field=foundation.models.Key(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ratings",
                to="documents.version",
            ),
        ),
        migrations.CreateModel(
            name="Ratification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("cell", "CQI cell"),
                            ("dialogue", "Dialogue"),
                            ("committee", "Oversight committee"),
                            ("governing_body", "Governing body"),
                            ("council", "Agency council"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField()),
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
                    "decision",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.decision",
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
                    "version",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratifications",
                        to="documents.version",
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
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["mission", "process", "charter"])),
                name="document_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("agency", "kind"), name="document_once"),
        ),
        migrations.AddConstraint(
            model_name="ratingitem",
            constraint=models.UniqueConstraint(
                fields=("agency", "rating", "code"), name="item_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("present", False), models.Q(("words", ""), _negated=True), _connector="OR"
                ),
                name="item_present_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["narrative", "chart"])), name="version_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="version_has_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("form", "chart"), _negated=True),
                    models.Q(("text_equivalent", ""), _negated=True),
                    _connector="OR",
                ),
                name="version_chart_has_text_equivalent",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_on", None), ("proposed_on__isnull", False), _connector="OR"
                ),
                name="version_in_force_was_proposed",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("agency", "document", "number"), name="version_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("proposed_on", None)),
                fields=("agency", "document"),
                name="version_one_draft",
            ),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(fields=["agency", "version", "rater"], name="rating_by_rater"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "standing__in",
                        [
                            "primary_consumer",
                            "family_member",
                            "provider",
                            "manager",
                            "other",
                            "undisclosed",
                        ],
                    )
                ),
                name="rating_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratification",
            constraint=models.CheckConstraint(
                condition=models.Q(("body__in", ["committee", "governing_body"])),
                name="ratification_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratification",
            constraint=models.UniqueConstraint(
                fields=("agency", "version", "body"), name="ratification_once_per_body"
            ),
        ),
        walls.Walls(),
    ]
