import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.manager
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.dated
import foundation.anonymity
import foundation.models
from foundation import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("cells", "0001_initial"),
        ("foundation", "0001_initial"),
        ("groups", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dialogue",
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
                        choices=[("open", "Open dialogue"), ("focused", "Focused dialogue")],
                        max_length=10,
                    ),
                ),
                (
                    "concern",
                    models.TextField(
                        blank=True, help_text="The one issue that a focused dialogue is about."
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("gathering", "Speaking and listening"),
                            ("identifying", "Finding what to make better"),
                            ("methods", "Talking about how"),
                            ("integrated", "Part of how we improve things"),
                        ],
                        max_length=15,
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
                    "grew_from",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grown",
                        to="dialogues.dialogue",
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
            name="Contribution",
            fields=[
                ("look_by", models.DateField()),
                ("hear_by", models.DateField()),
                ("reply_by", models.DateField()),
                ("first_look_on", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.BigIntegerField(
                        default=foundation.anonymity.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("named", models.BooleanField(default=True)),
                (
                    "prompt",
                    models.CharField(
                        choices=[
                            ("experience", "What has it been like for you here?"),
                            (
                                "relationship",
                                "How do staff and the people who come here get along?",
                            ),
                            ("recovery", "What helps your recovery here? What gets in the way?"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        max_length=15,
                    ),
                ),
                ("text", models.TextField()),
                ("on", models.DateField()),
                ("consented_on", models.DateField(blank=True, null=True)),
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
                    "author",
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
                    "dialogue",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="dialogues.dialogue",
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
            name="GroundRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("since", models.DateField()),
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
                    "dialogue",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ground_rules",
                        to="dialogues.dialogue",
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
            name="Acknowledgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "member",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "rules",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="dialogues.groundrules",
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
            name="HistoricalDialogue",
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
                        choices=[("open", "Open dialogue"), ("focused", "Focused dialogue")],
                        max_length=10,
                    ),
                ),
                (
                    "concern",
                    models.TextField(
                        blank=True, help_text="The one issue that a focused dialogue is about."
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("gathering", "Speaking and listening"),
                            ("identifying", "Finding what to make better"),
                            ("methods", "Talking about how"),
                            ("integrated", "Part of how we improve things"),
                        ],
                        max_length=15,
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
                    "grew_from",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dialogues.dialogue",
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
                "verbose_name": "historical dialogue",
                "verbose_name_plural": "historical dialogues",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTheme",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("summary", models.TextField(blank=True)),
                ("harvested_on", models.DateField()),
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
                    "dialogue",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dialogues.dialogue",
                    ),
                ),
                (
                    "harvested_by",
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
                "verbose_name": "historical theme",
                "verbose_name_plural": "historical themes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ProgramReader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("consumer", "People who use services"), ("staff", "Staff")],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("shows_name", models.BooleanField(db_default=False, default=False)),
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
                    "named_by",
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
            name="SessionAnswer",
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
                            ("consumer", "People who use services"),
                            ("provider", "Staff who work with them"),
                            ("other", "Others"),
                        ],
                        max_length=10,
                    ),
                ),
                ("heard", models.PositiveSmallIntegerField()),
                ("understood", models.PositiveSmallIntegerField()),
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
                    "meeting",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.meeting",
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
            name="SessionTurn",
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
                    "meeting",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.meeting",
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
            name="Silencing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("spam", "It is an ad, or the same words over and over"),
                            ("identifies", "It lets people guess who somebody is"),
                            ("threat", "It threatens somebody"),
                            ("private_person", "It names somebody in private life"),
                            ("not_ours", "It has nothing to do with this program"),
                        ],
                        max_length=15,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it holds no longer.",
                        null=True,
                    ),
                ),
                ("asked_side", models.CharField(blank=True, max_length=10)),
                ("agreed_side", models.CharField(blank=True, max_length=10)),
                ("agreed_on", models.DateField(blank=True, null=True)),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("undone", "Undone"),
                            ("refused", "The other side did not agree"),
                            ("withdrawn", "Taken back"),
                            ("lapsed", "Not decided in time"),
                            ("expired", "The time was over"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
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
                    "agreed_by",
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
                    "asked_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "contribution",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="silencings",
                        to="dialogues.contribution",
                    ),
                ),
                (
                    "dialogue",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dialogues.dialogue",
                    ),
                ),
                (
                    "ended_by",
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
            name="Appeal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("on", models.DateField()),
                ("until", models.DateField(help_text="Undecided by this day, the words are back.")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not decided yet"),
                            ("back", "The words are back"),
                            ("stays", "They stay set aside"),
                        ],
                        max_length=5,
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
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
                    "silencing",
                    foundation.models.OneKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="dialogues.silencing",
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
            name="StageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("gathering", "Speaking and listening"),
                            ("identifying", "Finding what to make better"),
                            ("methods", "Talking about how"),
                            ("integrated", "Part of how we improve things"),
                        ],
                        max_length=15,
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
                    "by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "dialogue",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_changes",
                        to="dialogues.dialogue",
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
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("summary", models.TextField(blank=True)),
                ("harvested_on", models.DateField()),
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
                    "dialogue",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="themes",
                        to="dialogues.dialogue",
                    ),
                ),
                (
                    "harvested_by",
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
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
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
                    "by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "theme",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="dialogues.theme",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "replies",
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Disposition",
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
                            ("cell", "A cell takes it up"),
                            ("dialogue", "We work on it in the dialogue"),
                            ("answered", "We can answer it now"),
                            ("parked", "Set aside for now"),
                            ("not_ours", "It is not ours to decide"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("reason", models.TextField(blank=True)),
                ("went_to", models.CharField(blank=True, max_length=200)),
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
                    "opportunity",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cells.opportunity",
                    ),
                ),
                (
                    "theme",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispositions",
                        to="dialogues.theme",
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
            name="Voice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("look_by", models.DateField()),
                ("hear_by", models.DateField()),
                ("reply_by", models.DateField()),
                ("first_look_on", models.DateField(blank=True, null=True)),
                (
                    "prompt",
                    models.CharField(
                        choices=[
                            ("experience", "What has it been like for you here?"),
                            (
                                "relationship",
                                "How do staff and the people who come here get along?",
                            ),
                            ("recovery", "What helps your recovery here? What gets in the way?"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        max_length=15,
                    ),
                ),
                ("text", models.TextField()),
                ("on", models.DateField()),
                ("receipt", models.CharField(max_length=64, unique=True)),
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
                    "dialogue",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="dialogues.dialogue",
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
            model_name="silencing",
            name="voice",
            field=foundation.models.Key(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="silencings",
                to="dialogues.voice",
            ),
        ),
        migrations.CreateModel(
            name="VoiceDoor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
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
                    "dialogue",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doors",
                        to="dialogues.dialogue",
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
            name="Words",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quote", models.TextField(blank=True)),
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
                    "contribution",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="dialogues.contribution",
                    ),
                ),
                (
                    "theme",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="dialogues.theme",
                    ),
                ),
                (
                    "voice",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="dialogues.voice",
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
            name="AppealVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("back", models.BooleanField()),
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
                    "appeal",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="dialogues.appeal",
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
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "appeal", "member"), name="appeal_vote_once"
                    )
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="dialogue",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["open", "focused"])), name="dialogue_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="dialogue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("concern", ""), ("kind", "open")),
                    models.Q(("kind", "focused"), models.Q(("concern", ""), _negated=True)),
                    _connector="OR",
                ),
                name="dialogue_focused_on_a_concern",
            ),
        ),
        migrations.AddConstraint(
            model_name="dialogue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "open"), ("stage", "gathering")),
                    models.Q(
                        ("kind", "focused"), ("stage__in", ["identifying", "methods", "integrated"])
                    ),
                    _connector="OR",
                ),
                name="dialogue_stage_of_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="dialogue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("grew_from", None),
                    models.Q(("grew_from", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="dialogue_grew_from_another",
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["agency", "dialogue", "-on"], name="contribution_on"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("prompt__in", ["experience", "relationship", "recovery", "other"])
                ),
                name="contribution_prompt",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="contribution_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("author__isnull", False),
                    models.Q(("entered_by__isnull", False), ("named", False)),
                    _connector="OR",
                ),
                name="contribution_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consented_on", None), ("entered_by", None)),
                    models.Q(("consented_on__isnull", False), ("entered_by__isnull", False)),
                    _connector="OR",
                ),
                name="contribution_entered_with_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="groundrules",
            constraint=models.UniqueConstraint(
                fields=("agency", "dialogue", "number"), name="ground_rules_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="groundrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="ground_rules_say_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(
                fields=("agency", "rules", "member"), name="ground_rules_acknowledged_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="programreader",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["consumer", "staff"])), name="program_reader_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="programreader",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="program_reader_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="programreader",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("member", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="program_reader_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["consumer", "provider", "other"])),
                name="session_answer_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("heard__range", (1, 5)), ("understood__range", (1, 5))),
                name="session_answer_scale",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionturn",
            constraint=models.UniqueConstraint(
                fields=("agency", "meeting", "member"), name="session_turn_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("on"))), name="appeal_clock"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_on", None), ("outcome", "")),
                    models.Q(
                        ("decided_on__gte", models.F("on")), ("outcome__in", ["back", "stays"])
                    ),
                    _connector="OR",
                ),
                name="appeal_decided_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagechange",
            constraint=models.UniqueConstraint(
                fields=("agency", "dialogue", "stage"), name="stage_reached_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage__in", ["gathering", "identifying", "methods", "integrated"])
                ),
                name="stage_change_stage",
            ),
        ),
        migrations.AddIndex(
            model_name="theme",
            index=models.Index(fields=["agency", "dialogue"], name="theme_dialogue"),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="theme_has_title"
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["agency", "theme", "on"], name="reply_theme_on"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="reply_says_something"
            ),
        ),
        migrations.AddIndex(
            model_name="disposition",
            index=models.Index(fields=["agency", "theme", "on"], name="disposition_theme_on"),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["cell", "dialogue", "answered", "parked", "not_ours"])
                ),
                name="disposition_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "cell"), ("opportunity__isnull", False)),
                    models.Q(models.Q(("kind", "cell"), _negated=True), ("opportunity", None)),
                    _connector="OR",
                ),
                name="disposition_cell_has_opportunity",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["parked", "not_ours"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="disposition_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "not_ours"), models.Q(("went_to", ""), _negated=True)),
                    models.Q(models.Q(("kind", "not_ours"), _negated=True), ("went_to", "")),
                    _connector="OR",
                ),
                name="disposition_says_where_it_went",
            ),
        ),
        migrations.AddIndex(
            model_name="voice",
            index=models.Index(fields=["agency", "on"], name="voice_on"),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("prompt__in", ["experience", "relationship", "recovery", "other"])
                ),
                name="voice_prompt",
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="voice_says_something"
            ),
        ),
        migrations.AddIndex(
            model_name="silencing",
            index=models.Index(fields=["agency", "voice"], name="silencing_voice"),
        ),
        migrations.AddIndex(
            model_name="silencing",
            index=models.Index(fields=["agency", "contribution"], name="silencing_contribution"),
        ),
        migrations.AddConstraint(
            model_name="silencing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contribution__isnull", False), ("voice", None)),
                    models.Q(("contribution", None), ("voice__isnull", False)),
                    _connector="OR",
                ),
                name="silencing_of_one_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="silencing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code__in", ["spam", "identifies", "threat", "private_person", "not_ours"])
                ),
                name="silencing_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="silencing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", "spam"), ("until", None)),
                    models.Q(
                        models.Q(("code", "spam"), _negated=True),
                        ("until__gt", models.F("on")),
                        (
                            "until__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("on"), "+", models.Value(3)
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="silencing_never_waits_for_long",
            ),
        ),
        migrations.AddConstraint(
            model_name="silencing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("code__in", ["spam", "identifies"]),
                        ("agreed_by", None),
                        ("asked_side", ""),
                    ),
                    models.Q(
                        models.Q(("code__in", ["spam", "identifies"]), _negated=True),
                        ("asked_side__in", ["consumer", "provider"]),
                    ),
                    _connector="OR",
                ),
                name="silencing_alone_or_for_a_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="silencing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_by", None), ("agreed_on", None), ("agreed_side", "")),
                    models.Q(
                        ("agreed_by__isnull", False),
                        ("agreed_side__in", ["consumer", "provider"]),
                        ("agreed_on__gte", models.F("on")),
                        ("agreed_on__lt", models.F("until")),
                        models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                        models.Q(("agreed_side", models.F("asked_side")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="silencing_by_two_of_two_sides_in_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="silencing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_by", None), ("ended_how", ""), ("ended_on", None)),
                    models.Q(
                        ("ended_on__gte", models.F("on")),
                        ("ended_how__in", ["undone", "refused", "withdrawn", "lapsed", "expired"]),
                    ),
                    _connector="OR",
                ),
                name="silencing_ends_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="silencing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_how", "undone"), _negated=True),
                    models.Q(
                        ("ended_by__isnull", False),
                        models.Q(("ended_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="silencing_undone_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="silencing",
            constraint=models.UniqueConstraint(
                fields=("agency", "contribution", "code"), name="silencing_contribution_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="silencing",
            constraint=models.UniqueConstraint(
                fields=("agency", "voice", "code"), name="silencing_voice_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="voicedoor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)),
                fields=("agency", "dialogue"),
                name="voice_door_one_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="words",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contribution__isnull", False), ("voice", None)),
                    models.Q(("contribution", None), ("voice__isnull", False)),
                    _connector="OR",
                ),
                name="words_of_one_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="words",
            constraint=models.UniqueConstraint(
                fields=("agency", "theme", "contribution"), name="words_contribution_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="words",
            constraint=models.UniqueConstraint(
                fields=("agency", "theme", "voice"), name="words_voice_once"
            ),
        ),
        walls.Walls(),
    ]
