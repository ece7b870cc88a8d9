import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
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
                            ("cell", "CQI cell"),
                            ("dialogue", "Dialogue"),
                            ("committee", "Oversight committee"),
                            ("governing_body", "Governing body"),
                            ("council", "Agency council"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("purpose", models.TextField(blank=True)),
                (
                    "hidden",
                    models.BooleanField(
                        default=False,
                        help_text="Only its members and those who must know see that it exists.",
                    ),
                ),
                ("opened", models.DateField()),
                ("closed", models.DateField(blank=True, null=True)),
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
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                (
                    "fixed",
                    models.BooleanField(
                        default=False,
                        help_text="What is proposed has its text elsewhere: no rewording here.",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "kept_inside",
                    models.BooleanField(
                        default=False,
                        help_text="It is about a person: only the group reads it, agreed or not.",
                    ),
                ),
                (
                    "caucus",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Everybody is asked; only what consumers say counts, and nobody reads it.",
                    ),
                ),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
                ("opened_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("adopted", "Adopted"),
                            ("not_adopted", "Not adopted"),
                            ("withdrawn", "Withdrawn"),
                            ("recorded", "On paper, does not count yet"),
                        ],
                        default="open",
                        max_length=15,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("consent", "By consent"),
                            ("writing", "In writing between meetings"),
                            ("paper", "On paper, written down afterwards"),
                        ],
                        db_default="consent",
                        default="consent",
                        max_length=10,
                    ),
                ),
                (
                    "answers_until",
                    models.DateField(
                        blank=True, help_text="In writing: the last day for an answer.", null=True
                    ),
                ),
                (
                    "answers_reminded_of",
                    models.DateField(
                        blank=True,
                        help_text="The last day of which people were reminded.",
                        null=True,
                    ),
                ),
                (
                    "lapsed",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="In writing: too few had answered by the last day.",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "waiver",
                    models.TextField(
                        blank=True,
                        help_text="Why the group went on before all had given their view.",
                    ),
                ),
                (
                    "without_quorum",
                    models.BooleanField(
                        default=False, help_text="It was decided without enough consumers."
                    ),
                ),
                ("outcome", models.TextField(blank=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "reminded_of",
                    models.DateField(
                        blank=True, help_text="The review day of which people were told.", null=True
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
                    "proposed_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "group",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
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
            name="CqiPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(help_text="Why it takes part from that day on.")),
                ("entered_on", models.DateField()),
                (
                    "end_reason",
                    models.TextField(blank=True, help_text="Why it leaves on that day."),
                ),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which its end was written down.",
                        null=True,
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
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
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
                (
                    "group",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cqi_periods",
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
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                ("why", models.TextField(blank=True)),
                ("taken_back_on", models.DateField(blank=True, null=True)),
                ("taken_back_because", models.TextField(blank=True)),
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
                    "taken_back_by",
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
                    "group",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closures",
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
            name="HistoricalCqiPeriod",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(help_text="Why it takes part from that day on.")),
                ("entered_on", models.DateField()),
                (
                    "end_reason",
                    models.TextField(blank=True, help_text="Why it leaves on that day."),
                ),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which its end was written down.",
                        null=True,
                    ),
                ),
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
                    "ended_by",
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
                    "group",
                    foundation.models.Key(
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
                "verbose_name": "historical cqi period",
                "verbose_name_plural": "historical cqi periods",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDecision",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                (
                    "fixed",
                    models.BooleanField(
                        default=False,
                        help_text="What is proposed has its text elsewhere: no rewording here.",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "kept_inside",
                    models.BooleanField(
                        default=False,
                        help_text="It is about a person: only the group reads it, agreed or not.",
                    ),
                ),
                (
                    "caucus",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Everybody is asked; only what consumers say counts, and nobody reads it.",
                    ),
                ),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
                ("opened_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("adopted", "Adopted"),
                            ("not_adopted", "Not adopted"),
                            ("withdrawn", "Withdrawn"),
                            ("recorded", "On paper, does not count yet"),
                        ],
                        default="open",
                        max_length=15,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("consent", "By consent"),
                            ("writing", "In writing between meetings"),
                            ("paper", "On paper, written down afterwards"),
                        ],
                        db_default="consent",
                        default="consent",
                        max_length=10,
                    ),
                ),
                (
                    "answers_until",
                    models.DateField(
                        blank=True, help_text="In writing: the last day for an answer.", null=True
                    ),
                ),
                (
                    "answers_reminded_of",
                    models.DateField(
                        blank=True,
                        help_text="The last day of which people were reminded.",
                        null=True,
                    ),
                ),
                (
                    "lapsed",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="In writing: too few had answered by the last day.",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "waiver",
                    models.TextField(
                        blank=True,
                        help_text="Why the group went on before all had given their view.",
                    ),
                ),
                (
                    "without_quorum",
                    models.BooleanField(
                        default=False, help_text="It was decided without enough consumers."
                    ),
                ),
                ("outcome", models.TextField(blank=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "reminded_of",
                    models.DateField(
                        blank=True, help_text="The review day of which people were told.", null=True
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
                    "group",
                    foundation.models.Key(
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
                (
                    "proposed_by",
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
                "verbose_name": "historical decision",
                "verbose_name_plural": "historical decisions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGroup",
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
                            ("cell", "CQI cell"),
                            ("dialogue", "Dialogue"),
                            ("committee", "Oversight committee"),
                            ("governing_body", "Governing body"),
                            ("council", "Agency council"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("purpose", models.TextField(blank=True)),
                (
                    "hidden",
                    models.BooleanField(
                        default=False,
                        help_text="Only its members and those who must know see that it exists.",
                    ),
                ),
                ("opened", models.DateField()),
                ("closed", models.DateField(blank=True, null=True)),
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
            ],
            options={
                "verbose_name": "historical group",
                "verbose_name_plural": "historical groups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeeting",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("on", models.DateField(help_text="The date of the meeting where the agency is.")),
                ("minutes_planned", models.PositiveSmallIntegerField(default=60)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("agenda", models.TextField(blank=True)),
                ("materials_sent_on", models.DateField(blank=True, null=True)),
                ("minutes", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "recorded_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which it was written down as held.",
                        null=True,
                    ),
                ),
                (
                    "late_reason",
                    models.TextField(
                        blank=True, help_text="Why it was entered so long after its day."
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
                    "group",
                    foundation.models.Key(
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
            ],
            options={
                "verbose_name": "historical meeting",
                "verbose_name_plural": "historical meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalResolution",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(help_text="The day on which it was decided.")),
                ("text", models.TextField()),
                ("entered_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a second person"),
                            ("attested", "Confirmed by two people"),
                            ("denied", "Not confirmed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
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
                    "asked",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        help_text="Who was there, and is asked to confirm it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
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
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "group",
                    foundation.models.Key(
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
                "verbose_name": "historical resolution",
                "verbose_name_plural": "historical resolutions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LeadingConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("group", "The people in one group"),
                            ("agency", "Everyone in the program"),
                            ("public", "The public"),
                        ],
                        max_length=10,
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
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("on", models.DateField(help_text="The date of the meeting where the agency is.")),
                ("minutes_planned", models.PositiveSmallIntegerField(default=60)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("agenda", models.TextField(blank=True)),
                ("materials_sent_on", models.DateField(blank=True, null=True)),
                ("minutes", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "recorded_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which it was written down as held.",
                        null=True,
                    ),
                ),
                (
                    "late_reason",
                    models.TextField(
                        blank=True, help_text="Why it was entered so long after its day."
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
                    "group",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="groups.group",
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
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalAttendance",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
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
                ("hours", models.DecimalField(decimal_places=2, max_digits=5)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("voided_on", models.DateField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
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
                    "member",
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
                    "voided_by",
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
            ],
            options={
                "verbose_name": "historical attendance",
                "verbose_name_plural": "historical attendances",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAgendaItem",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                ("raised_on", models.DateField()),
                ("taken_off_on", models.DateField(blank=True, null=True)),
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
                    "taken_off_by",
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
            ],
            options={
                "verbose_name": "historical agenda item",
                "verbose_name_plural": "historical agenda items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="CalledOff",
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
                    "closure",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="called_off",
                        to="groups.closure",
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
                "verbose_name_plural": "called off",
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
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
                ("hours", models.DecimalField(decimal_places=2, max_digits=5)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("voided_on", models.DateField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
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
                    "recorded_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "voided_by",
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
                    "meeting",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
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
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                ("raised_on", models.DateField()),
                ("taken_off_on", models.DateField(blank=True, null=True)),
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
                    "taken_off_by",
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
                    "meeting",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
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
            name="Motion",
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
                            ("seat", "Offer a seat"),
                            ("change", "Take an office or a vote away"),
                            ("end", "End a seat"),
                            ("confirm", "Keep the founding members"),
                            ("dissolve", "End the group"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Member"),
                            ("chair", "Chair"),
                            ("co_chair", "Co-chair"),
                            ("facilitator", "Facilitator"),
                            ("co_facilitator", "Co-facilitator"),
                            ("note_taker", "Note taker"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("voting", models.BooleanField(default=True)),
                ("since", models.DateField(help_text="From which day on, if it holds by then.")),
                ("reason", models.TextField(blank=True)),
                (
                    "charter_words",
                    models.TextField(
                        blank=True, help_text="The words of the charter on which it stands."
                    ),
                ),
                (
                    "answer_by",
                    models.DateField(
                        blank=True,
                        help_text="Until when the person can answer in writing.",
                        null=True,
                    ),
                ),
                ("answer", models.TextField(blank=True, help_text="What the person says to it.")),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("carried_out_on", models.DateField(blank=True, null=True)),
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
                    "answer_entered_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        help_text="Who wrote the answer down for somebody who can’t sign in.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "decision",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="groups.decision",
                    ),
                ),
                (
                    "group",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="groups.group",
                    ),
                ),
                (
                    "member",
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
            name="HistoricalSeatOffer",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary_consumer", "Person who uses services"),
                            ("family_member", "Family member"),
                            ("provider", "Provider (front-line staff)"),
                            ("manager", "Manager"),
                            ("other", "Other"),
                            ("undisclosed", "Prefer not to say"),
                        ],
                        help_text="As what they are asked; they say themselves as what they accept.",
                        max_length=20,
                    ),
                ),
                ("voting", models.BooleanField(default=True)),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Member"),
                            ("chair", "Chair"),
                            ("co_chair", "Co-chair"),
                            ("facilitator", "Facilitator"),
                            ("co_facilitator", "Co-facilitator"),
                            ("note_taker", "Note taker"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        help_text="The first day of the seat, if they accept in time."
                    ),
                ),
                (
                    "late_reason",
                    models.TextField(
                        blank=True,
                        help_text="Why a seat that began in the past is entered only now.",
                    ),
                ),
                ("offered_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for their answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("agreed_on", models.DateField(blank=True, null=True)),
                (
                    "agreed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("paper", "On paper"),
                            ("message", "In a message"),
                        ],
                        max_length=10,
                    ),
                ),
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
                    "entered_by",
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
                    "group",
                    foundation.models.Key(
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
                (
                    "member",
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
                    "offered_by",
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
                    "motion",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        help_text="What was decided, where seats are given by decisions.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.motion",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical seat offer",
                "verbose_name_plural": "historical seat offers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PaperRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("adopted", models.BooleanField(help_text="The group agreed to it.")),
                (
                    "agree",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="As written down: how many agreed.", null=True
                    ),
                ),
                (
                    "reservations",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="As written down: how many agreed with reservations.",
                        null=True,
                    ),
                ),
                (
                    "stand_aside",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="As written down: how many stood aside.", null=True
                    ),
                ),
                (
                    "object",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="As written down: how many objected.", null=True
                    ),
                ),
                ("objections", models.TextField(blank=True)),
                (
                    "late_reason",
                    models.TextField(
                        blank=True, help_text="Why it is written down so long after the day."
                    ),
                ),
                (
                    "needs_two",
                    models.BooleanField(help_text="A second person has to say that it was so."),
                ),
                (
                    "was_open",
                    models.BooleanField(
                        default=False, help_text="The proposal was open in the portal until then."
                    ),
                ),
                (
                    "answers_until",
                    models.DateField(
                        blank=True,
                        help_text="The last day it had until then, in writing.",
                        null=True,
                    ),
                ),
                ("recorded_on", models.DateField()),
                ("attested_on", models.DateField(blank=True, null=True)),
                ("counts_since", models.DateField(blank=True, null=True)),
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
                    "attested_by",
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
                    "decision",
                    foundation.models.OneKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="groups.decision",
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
                    "recorded_by",
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
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("asked_on", models.DateField()),
                ("text", models.TextField()),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
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
                    "answered_by",
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
                    "decision",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="groups.decision",
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
            name="Resolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(help_text="The day on which it was decided.")),
                ("text", models.TextField()),
                ("entered_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a second person"),
                            ("attested", "Confirmed by two people"),
                            ("denied", "Not confirmed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
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
                    "asked",
                    foundation.models.Key(
                        db_constraint=False,
                        help_text="Who was there, and is asked to confirm it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "entered_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "group",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
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
        migrations.AddField(
            model_name="motion",
            name="resolution",
            field=foundation.models.Key(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="motions",
                to="groups.resolution",
            ),
        ),
        migrations.CreateModel(
            name="Seat",
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
                ("voting", models.BooleanField(default=True)),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Member"),
                            ("chair", "Chair"),
                            ("co_chair", "Co-chair"),
                            ("facilitator", "Facilitator"),
                            ("co_facilitator", "Co-facilitator"),
                            ("note_taker", "Note taker"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "Given up"),
                            ("replaced", "Followed by another place"),
                            ("program", "Left the program"),
                            ("group", "The group ended"),
                            ("decided", "Decided"),
                            ("term", "The time of the founding members is over"),
                        ],
                        db_default="",
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
                    "ends_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        help_text="The motion that set the last day, or took it away.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.motion",
                    ),
                ),
                (
                    "group",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="groups.group",
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
            name="Position",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("from_minutes", models.BooleanField(db_default=False, default=False)),
                (
                    "unread",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="In a caucus: it is counted, and not read.",
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("agree", "I agree"),
                            ("reservations", "I agree, with reservations"),
                            ("stand_aside", "I stand aside"),
                            ("object", "I object"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("on", models.DateField()),
                (
                    "agreed_on",
                    models.DateField(
                        blank=True, help_text="When the member told who entered it.", null=True
                    ),
                ),
                (
                    "agreed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("paper", "On paper"),
                            ("message", "In a message"),
                        ],
                        max_length=10,
                    ),
                ),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="positions",
                        to="groups.decision",
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
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.seat",
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
            model_name="motion",
            name="seat",
            field=foundation.models.Key(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.seat",
            ),
        ),
        migrations.CreateModel(
            name="LateEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                ("reason", models.TextField()),
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
                    "group",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.group",
                    ),
                ),
                (
                    "seat",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.seat",
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
            name="HistoricalMotion",
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
                            ("seat", "Offer a seat"),
                            ("change", "Take an office or a vote away"),
                            ("end", "End a seat"),
                            ("confirm", "Keep the founding members"),
                            ("dissolve", "End the group"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Member"),
                            ("chair", "Chair"),
                            ("co_chair", "Co-chair"),
                            ("facilitator", "Facilitator"),
                            ("co_facilitator", "Co-facilitator"),
                            ("note_taker", "Note taker"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("voting", models.BooleanField(default=True)),
                ("since", models.DateField(help_text="From which day on, if it holds by then.")),
                ("reason", models.TextField(blank=True)),
                (
                    "charter_words",
                    models.TextField(
                        blank=True, help_text="The words of the charter on which it stands."
                    ),
                ),
                (
                    "answer_by",
                    models.DateField(
                        blank=True,
                        help_text="Until when the person can answer in writing.",
                        null=True,
                    ),
                ),
                ("answer", models.TextField(blank=True, help_text="What the person says to it.")),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("carried_out_on", models.DateField(blank=True, null=True)),
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
                    "answer_entered_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        help_text="Who wrote the answer down for somebody who can’t sign in.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.member",
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
                    "group",
                    foundation.models.Key(
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
                (
                    "member",
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
                    "resolution",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.resolution",
                    ),
                ),
                (
                    "seat",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical motion",
                "verbose_name_plural": "historical motions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="CutSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField(blank=True, null=True)),
                ("ending", models.CharField(blank=True, max_length=10)),
                ("ends_by", models.BigIntegerField(blank=True, null=True)),
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
                    "closure",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cuts",
                        to="groups.closure",
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
            name="SeatOffer",
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
                        blank=True,
                        choices=[
                            ("primary_consumer", "Person who uses services"),
                            ("family_member", "Family member"),
                            ("provider", "Provider (front-line staff)"),
                            ("manager", "Manager"),
                            ("other", "Other"),
                            ("undisclosed", "Prefer not to say"),
                        ],
                        help_text="As what they are asked; they say themselves as what they accept.",
                        max_length=20,
                    ),
                ),
                ("voting", models.BooleanField(default=True)),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Member"),
                            ("chair", "Chair"),
                            ("co_chair", "Co-chair"),
                            ("facilitator", "Facilitator"),
                            ("co_facilitator", "Co-facilitator"),
                            ("note_taker", "Note taker"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        help_text="The first day of the seat, if they accept in time."
                    ),
                ),
                (
                    "late_reason",
                    models.TextField(
                        blank=True,
                        help_text="Why a seat that began in the past is entered only now.",
                    ),
                ),
                ("offered_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for their answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("agreed_on", models.DateField(blank=True, null=True)),
                (
                    "agreed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("paper", "On paper"),
                            ("message", "In a message"),
                        ],
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
                    "group",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="groups.group",
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
                    "motion",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        help_text="What was decided, where seats are given by decisions.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="groups.motion",
                    ),
                ),
                (
                    "offered_by",
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
            model_name="seat",
            name="offer",
            field=foundation.models.Key(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats",
                to="groups.seatoffer",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalSeat",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
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
                ("voting", models.BooleanField(default=True)),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Member"),
                            ("chair", "Chair"),
                            ("co_chair", "Co-chair"),
                            ("facilitator", "Facilitator"),
                            ("co_facilitator", "Co-facilitator"),
                            ("note_taker", "Note taker"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "Given up"),
                            ("replaced", "Followed by another place"),
                            ("program", "Left the program"),
                            ("group", "The group ended"),
                            ("decided", "Decided"),
                            ("term", "The time of the founding members is over"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                    ),
                ),
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
                    foundation.models.Key(
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
                (
                    "member",
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
                    "ends_by",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        help_text="The motion that set the last day, or took it away.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.motion",
                    ),
                ),
                (
                    "offer",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.seatoffer",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical seat",
                "verbose_name_plural": "historical seats",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ZoneChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(max_length=60)),
                ("after", models.CharField(max_length=60)),
                ("on", models.DateField()),
                ("reason", models.TextField()),
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
            name="DecisionReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("keep", "It stays as it is"),
                            ("change", "It needs to change"),
                            ("end", "It is over"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField()),
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
                        related_name="reviews",
                        to="groups.decision",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("finding__in", ["keep", "change", "end"])),
                        name="decision_review_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="decision_review_says_why",
                    ),
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="EarlierWording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("amended_on", models.DateField()),
                (
                    "changed",
                    models.TextField(
                        blank=True,
                        help_text="What was changed then, and why: how objections were worked in.",
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
                    "amended_by",
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
                        related_name="earlier_wordings",
                        to="groups.decision",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "decision", "round"), name="wording_once_per_round"
                    )
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["cell", "dialogue", "committee", "governing_body", "council"])
                ),
                name="group_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="group_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed", None), ("closed__gte", models.F("opened")), _connector="OR"
                ),
                name="group_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed", None), ("kind__in", ["committee", "governing_body"])),
                fields=("agency", "kind"),
                name="group_one_of_its_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                fields=["agency", "subject_type", "subject_id"], name="decision_subject"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["open", "adopted", "not_adopted", "withdrawn", "recorded"])
                ),
                name="decision_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_on", None), ("status", "open")),
                    models.Q(
                        models.Q(("status", "open"), _negated=True), ("decided_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="decision_dated_when_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("without_quorum", False),
                    models.Q(("status", "open"), _negated=True),
                    _connector="OR",
                ),
                name="decision_without_quorum_is_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["consent", "writing", "paper"])),
                name="decision_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("caucus", False),
                    models.Q(("fixed", True), ("kept_inside", True), ("way", "writing")),
                    _connector="OR",
                ),
                name="decision_caucus_in_writing",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answers_until__isnull", False), ("way", "writing")),
                    models.Q(models.Q(("way", "writing"), _negated=True), ("answers_until", None)),
                    _connector="OR",
                ),
                name="decision_in_writing_has_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lapsed", False),
                    models.Q(("status", "not_adopted"), ("way", "writing")),
                    _connector="OR",
                ),
                name="decision_lapses_in_writing",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "recorded"), _negated=True),
                    ("way", "paper"),
                    _connector="OR",
                ),
                name="decision_recorded_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject_id", None), ("subject_type", "")),
                    models.Q(
                        models.Q(("subject_type", ""), _negated=True), ("subject_id__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="decision_names_its_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="cqiperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="cqi_period_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="cqiperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("group", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="cqi_period_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="cqiperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("end_reason", ""), ("ended_by", None), ("ended_on", None), ("until", None)
                    ),
                    models.Q(
                        ("ended_by__isnull", False),
                        ("ended_on__isnull", False),
                        ("until__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                        ("until__gte", models.F("ended_on")),
                    ),
                    _connector="OR",
                ),
                name="cqi_period_ends_with_a_reason_and_not_in_the_past",
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("taken_back_because", ""), ("taken_back_by", None), ("taken_back_on", None)
                    ),
                    models.Q(
                        ("taken_back_by__isnull", False),
                        ("taken_back_on__gte", models.F("entered_on")),
                        ("taken_back_on__isnull", False),
                        models.Q(("taken_back_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="closure_taken_back_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_on", None)),
                fields=("agency", "group"),
                name="closure_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="leadingconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["group", "agency"])),
                name="leading_consent_audience",
            ),
        ),
        migrations.AddConstraint(
            model_name="leadingconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="leading_consent_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="leadingconsent",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("group", "="),
                    ("member", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="leading_consent_no_overlap",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["agency", "on"], name="meeting_on"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "held", "cancelled"])),
                name="meeting_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes_planned__range", (1, 1440))), name="meeting_length"
            ),
        ),
        migrations.AddConstraint(
            model_name="calledoff",
            constraint=models.UniqueConstraint(
                fields=("agency", "closure", "meeting"), name="called_off_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("agency", "meeting", "member"), name="attendance_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("void_reason", ""), ("voided_by", None), ("voided_on", None)),
                    models.Q(
                        ("voided_by__isnull", False),
                        ("voided_on__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="attendance_voided_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0), ("hours__lte", 24)), name="attendance_hours"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
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
                name="attendance_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="agenda_item_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_behalf_of", None),
                    models.Q(("on_behalf_of", models.F("raised_by")), _negated=True),
                    _connector="OR",
                ),
                name="agenda_item_for_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_off_by", None), ("taken_off_on", None)),
                    models.Q(("taken_off_by__isnull", False), ("taken_off_on__isnull", False)),
                    _connector="OR",
                ),
                name="agenda_item_taken_off_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attested_by", None), ("attested_on", None)),
                    models.Q(
                        ("attested_by__isnull", False),
                        ("attested_on__isnull", False),
                        models.Q(("attested_by", models.F("recorded_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="paper_attested_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counts_since", None),
                    ("needs_two", False),
                    ("attested_on__isnull", False),
                    _connector="OR",
                ),
                name="paper_counts_when_attested",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="question_asks"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_by", None), ("answered_on", None)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        ("answered_by__isnull", False),
                        ("answered_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="question_answered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "attested", "denied"])),
                name="resolution_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="resolution_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked", models.F("entered_by")), _negated=True),
                name="resolution_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("entered_on__gte", models.F("on"))),
                name="resolution_of_the_past",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_on", None), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("answered_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="resolution_dated_when_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("agency", "decision", "round", "member"),
                name="position_once_per_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("choice__in", ["agree", "reservations", "stand_aside", "object"])
                ),
                name="position_choice",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("choice", "object"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    ("from_minutes", True),
                    ("unread", True),
                    _connector="OR",
                ),
                name="objection_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("unread", False), ("reason", ""), _connector="OR"),
                name="position_unread_without_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("seat__isnull", False), ("from_minutes", True), _connector="OR"
                ),
                name="position_from_a_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_how", ""), ("agreed_on", None), ("entered_by", None)),
                    models.Q(
                        ("agreed_on__isnull", False),
                        ("entered_by__isnull", False),
                        ("agreed_how__in", ["in_person", "phone", "paper", "message"]),
                        models.Q(("entered_by", models.F("member")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="position_agreement_on_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["seat", "change", "end", "confirm", "dissolve"])),
                name="motion_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "office__in",
                        ["", "chair", "co_chair", "facilitator", "co_facilitator", "note_taker"],
                    )
                ),
                name="motion_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", None), ("kind", "seat"), ("resolution__isnull", False)),
                    models.Q(("decision__isnull", False), ("resolution", None)),
                    _connector="OR",
                ),
                name="motion_rests_on_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "seat"), ("member__isnull", False), ("seat", None)),
                    models.Q(
                        ("kind__in", ["change", "end"]),
                        ("member__isnull", False),
                        ("seat__isnull", False),
                        ("answer_by__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind__in", ["confirm", "dissolve"]), ("member", None), ("seat", None)
                    ),
                    _connector="OR",
                ),
                name="motion_names_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answer_entered_by", None), ("answered_on", None)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="motion_answer_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.UniqueConstraint(
                fields=("agency", "decision"), name="motion_of_its_decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="lateend",
            constraint=models.CheckConstraint(
                condition=models.Q(("on__lt", models.F("entered_on"))), name="late_end_is_late"
            ),
        ),
        migrations.AddConstraint(
            model_name="lateend",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="late_end_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="cutseat",
            constraint=models.UniqueConstraint(
                fields=("agency", "closure", "seat"), name="cut_seat_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="seatoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "accepted", "declined", "withdrawn"])),
                name="seat_offer_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "office__in",
                        ["", "chair", "co_chair", "facilitator", "co_facilitator", "note_taker"],
                    )
                ),
                name="seat_offer_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing", ""),
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
                    ),
                    _connector="OR",
                ),
                name="seat_offer_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_on", None), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("answered_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="seat_offer_dated_when_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since__gte", models.F("offered_on")),
                    models.Q(("late_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="seat_offer_of_the_past_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_how", ""), ("agreed_on", None), ("entered_by", None)),
                    models.Q(
                        ("agreed_on__isnull", False),
                        ("entered_by__isnull", False),
                        ("agreed_how__in", ["in_person", "phone", "paper", "message"]),
                        models.Q(("entered_by", models.F("member")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="seat_offer_agreement_on_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatoffer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("agency", "group", "member"),
                name="seat_offer_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(fields=["agency", "member"], name="seat_member"),
        ),
        migrations.AddConstraint(
            model_name="seat",
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
                name="seat_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "office__in",
                        ["", "chair", "co_chair", "facilitator", "co_facilitator", "note_taker"],
                    )
                ),
                name="seat_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ending", ""),
                    ("ending__in", ["left", "replaced", "program", "group", "decided", "term"]),
                    _connector="OR",
                ),
                name="seat_ending",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("employed_peer", False), ("standing", "primary_consumer"), _connector="OR"
                ),
                name="seat_peer_is_consumer",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="seat_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("group", "="),
                    ("member", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="seat_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="zonechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("before", models.F("after")), _negated=True),
                name="zone_change_changes",
            ),
        ),
        migrations.AddConstraint(
            model_name="zonechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="zone_change_says_why"
            ),
        ),
        walls.Walls(),
    ]
