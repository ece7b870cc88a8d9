import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import foundation.models
from foundation import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("foundation", "0001_initial"),
        ("groups", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
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
                    "member",
                    foundation.models.OneKey(
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
            name="ErasureRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_on", models.DateField()),
                ("taken_back_on", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
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
            name="LegalOrder",
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
                            ("court_order", "A court order"),
                            ("subpoena", "A subpoena"),
                            ("warrant", "A search warrant"),
                            ("regulator", "A request by an oversight agency"),
                            ("notice", "A notice to keep records for a lawsuit"),
                            ("other", "Another request with legal force"),
                        ],
                        max_length=20,
                    ),
                ),
                ("received_on", models.DateField()),
                ("asked_by", models.CharField(max_length=200)),
                ("scope", models.TextField()),
                ("answer_by", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("complied", "We gave all that was asked for"),
                            ("partly", "We gave a part of it"),
                            ("objected", "We objected, and gave nothing"),
                            ("withdrawn", "It was withdrawn"),
                            ("nothing", "We had nothing to give"),
                        ],
                        max_length=20,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("given", models.TextField(blank=True)),
                (
                    "told",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("told", "They were told"),
                            ("forbidden", "Telling them is forbidden"),
                            ("nobody", "It concerns no particular person"),
                        ],
                        max_length=20,
                    ),
                ),
                ("told_on", models.DateField(blank=True, null=True)),
                ("forbidden_by", models.CharField(blank=True, max_length=300)),
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
                    "entered_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
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
                (
                    "told_by",
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
            name="LegalHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("person", "One person: all that concerns them"),
                            ("group", "One group: its meetings, decisions and work"),
                            ("period", "A period: all that happened in it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("first", models.DateField(blank=True, null=True)),
                ("last", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(max_length=300)),
                ("since", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
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
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                (
                    "order",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="privacy.legalorder",
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
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=63)),
                ("field", models.CharField(max_length=63)),
                ("row", models.CharField(max_length=36)),
                ("found", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To look at"),
                            ("removed", "The name was removed"),
                            ("other", "This is somebody else"),
                        ],
                        default="open",
                        max_length=10,
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
                    "decided_by",
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
                    "erasure",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="privacy.erasure",
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
            name="RetentionRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("months", models.PositiveSmallIntegerField(default=0)),
                ("days", models.PositiveSmallIntegerField(default=0)),
                ("cites", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(max_length=300)),
                ("since", models.DateField()),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
            name="RetentionRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("destroy_on", models.DateField()),
                ("taken", models.PositiveIntegerField(default=0)),
                ("undone_on", models.DateField(blank=True, null=True)),
                ("restored_on", models.DateField(blank=True, null=True)),
                ("destroyed_on", models.DateField(blank=True, null=True)),
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
            name="ArchivedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=63)),
                ("row", models.JSONField()),
                ("day", models.DateField()),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list
                    ),
                ),
                ("destroy_on", models.DateField()),
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
                    "run",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="privacy.retentionrun",
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
            name="RetentionTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40)),
                ("on", models.BooleanField()),
                ("since", models.DateField()),
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
            name="DataAgreement",
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
                            (
                                "business_associate",
                                "Business associate agreement (45 CFR 164.504(e))",
                            ),
                            (
                                "service_organization",
                                "Qualified service organization agreement (42 CFR 2.11)",
                            ),
                            ("ourselves", "No agreement needed: only our own staff run the portal"),
                        ],
                        max_length=24,
                    ),
                ),
                ("partner", models.CharField(max_length=200)),
                ("signed_on", models.DateField()),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["business_associate", "service_organization", "ourselves"],
                            ),
                            models.Q(("partner", ""), _negated=True),
                        ),
                        name="agreement_says_what_with_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="agreement_lasts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_reason", ""),
                                ("ended_at", None),
                                ("ended_by", None),
                                models.Q(
                                    models.Q(("ends", None), ("until", None)),
                                    models.Q(
                                        ("ends", models.F("until")),
                                        ("ends__isnull", False),
                                        ("until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("ends__gte", models.F("since")),
                                ("ends__isnull", False),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                                models.Q(
                                    ("until", None),
                                    ("ends__lt", models.F("until")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_ended_whole",
                    ),
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="DataCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("content", models.BinaryField(blank=True, null=True)),
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
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "member"), name="data_copy_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content", None), ("expires_on", None), ("ready_at", None)),
                            models.Q(
                                ("content__isnull", False),
                                ("expires_on__isnull", False),
                                ("ready_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="data_copy_is_whole",
                    ),
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Denial",
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
                            ("look", "somebody looked at it"),
                            ("entry", "somebody entered it for me"),
                            ("change", "somebody changed it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source", models.BigIntegerField()),
                ("what", models.CharField(max_length=60)),
                ("happened_at", models.DateTimeField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accused",
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
                        fields=("agency", "member", "kind", "source"), name="denial_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["look", "entry", "change"]),
                            models.Q(("what", ""), _negated=True),
                        ),
                        name="denial_of_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="denial_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", None),
                            models.Q(
                                models.Q(("answered_by", models.F("member")), _negated=True),
                                models.Q(
                                    ("accused", None),
                                    models.Q(("answered_by", models.F("accused")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="denial_answered_by_others",
                    ),
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_on", None), ("done_on__gte", models.F("on")), _connector="OR"
                ),
                name="erasure_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_on", None), ("taken_back_on", None)),
                fields=("agency", "member"),
                name="erasure_requested_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on", None), ("taken_back_on", None), _connector="OR"),
                name="erasure_request_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["court_order", "subpoena", "warrant", "regulator", "notice", "other"],
                    ),
                    models.Q(("asked_by", ""), _negated=True),
                    models.Q(("scope", ""), _negated=True),
                ),
                name="legal_order_says_who_and_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""), ("answered_by", None), ("answered_on", None), ("given", "")
                    ),
                    models.Q(
                        ("answer__in", ["complied", "partly", "objected", "withdrawn", "nothing"]),
                        ("answered_by__isnull", False),
                        ("answered_on__gte", models.F("received_on")),
                        models.Q(
                            ("given", ""), ("answer__in", ["complied", "partly"]), _connector="OR"
                        ),
                        models.Q(
                            models.Q(("given", ""), _negated=True),
                            models.Q(("answer__in", ["complied", "partly"]), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="legal_order_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("forbidden_by", ""), ("told", ""), ("told_by", None), ("told_on", None)
                    ),
                    models.Q(
                        ("told__in", ["told", "nobody"]),
                        ("told_on__gte", models.F("received_on")),
                        ("forbidden_by", ""),
                        ("told_by__isnull", False),
                    ),
                    models.Q(
                        ("told", "forbidden"),
                        ("told_by__isnull", False),
                        ("told_on__gte", models.F("received_on")),
                        models.Q(("forbidden_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="legal_order_told_or_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member", models.F("entered_by")), _negated=True),
                    models.Q(
                        ("answered_by", None),
                        models.Q(("member", models.F("answered_by")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="legal_order_by_others",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("first", None),
                        ("group", None),
                        ("last", None),
                        ("member__isnull", False),
                        ("scope", "person"),
                    ),
                    models.Q(
                        ("first", None),
                        ("group__isnull", False),
                        ("last", None),
                        ("member", None),
                        ("scope", "group"),
                    ),
                    models.Q(
                        ("first__isnull", False),
                        ("group", None),
                        ("member", None),
                        ("scope", "period"),
                        models.Q(("last", None), ("last__gte", models.F("first")), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="legal_hold_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="legal_hold_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("end_reason", ""), ("ended_at", None), ("ended_by", None), ("until", None)
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("until__isnull", False),
                        models.Q(("end_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="legal_hold_ended_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member", models.F("by")), _negated=True),
                    models.Q(
                        ("ended_by", None),
                        models.Q(("member", models.F("ended_by")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="legal_hold_by_others",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="legal_hold_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "removed", "other"])),
                name="mention_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", None), ("decided_on", None), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="mention_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(
                fields=("agency", "erasure", "place", "field", "row"), name="mention_once"
            ),
        ),
        migrations.AddIndex(
            model_name="retentionrule",
            index=models.Index(fields=["agency", "code", "since"], name="retention_rule_since"),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), models.Q(("code", ""), _negated=True)
                ),
                name="retention_rule_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("months__gt", 0), ("days__gt", 0), _connector="OR"),
                name="retention_rule_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__gte", models.F("made_on"))),
                name="retention_rule_never_backdated",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_on", None)),
                fields=("agency", "code", "day"),
                name="retention_run_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("restored_on", None), ("undone_by", None), ("undone_on", None)),
                    models.Q(
                        ("destroyed_on", None),
                        ("undone_by__isnull", False),
                        ("undone_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="retention_run_undone_or_destroyed",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("destroyed_on", None),
                    ("destroyed_on__gte", models.F("destroy_on")),
                    _connector="OR",
                ),
                name="retention_run_destroyed_in_time",
            ),
        ),
        migrations.AddIndex(
            model_name="archivedrow",
            index=models.Index(fields=["agency", "run", "id"], name="archived_row_of_a_run"),
        ),
        migrations.AddIndex(
            model_name="retentionturn",
            index=models.Index(fields=["agency", "code", "since"], name="retention_turn_since"),
        ),
        walls.Walls(),
    ]
