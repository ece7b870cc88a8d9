import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import accounts.dated
import foundation.models
from foundation import walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("foundation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("how", models.CharField(blank=True, max_length=200)),
                ("asked_on", models.DateField()),
                ("look_by", models.DateField()),
                ("looked_on", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("taken_back_on", models.DateField(blank=True, null=True)),
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
                    "done_by",
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
                    "looked_by",
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
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Chosen",
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
                    "call",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chosen",
                        to="safety.call",
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
            name="NoContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("court_order", "A court order"),
                            ("agreement", "A safety agreement between the two"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("one_knows", models.BooleanField(db_default=False, default=False)),
                ("other_knows", models.BooleanField(db_default=False, default=False)),
                (
                    "review_by",
                    models.DateField(help_text="The day by which an administrator looks at it."),
                ),
                (
                    "reviewed_on",
                    models.DateField(help_text="The last day on which somebody looked at it."),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lifted", "The order or the agreement is over"),
                            ("mistake", "It was recorded by mistake"),
                            ("both_agree", "Both say that it is no longer needed"),
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
                    "one",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "other",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "reviewed_by",
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
            name="OutsideContact",
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
                            ("ombuds", "Ombuds"),
                            ("advocacy", "Protection and advocacy"),
                            ("rights", "Rights officer"),
                            ("reporting", "Reporting hotline of the state"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("phone", models.CharField(max_length=40)),
                ("address", models.TextField(blank=True)),
                (
                    "rule",
                    models.TextField(
                        blank=True, help_text="Who must report what, by the law of the state."
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
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_on", None), ("taken_back_on", None)),
                fields=("agency", "member"),
                name="call_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("look_by__gt", models.F("asked_on"))),
                name="call_clock_after_asking",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("looked_by", None), ("looked_on", None)),
                    models.Q(
                        ("looked_by__isnull", False), ("looked_on__gte", models.F("asked_on"))
                    ),
                    _connector="OR",
                ),
                name="call_looked_at_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_by", None), ("done_on", None)),
                    models.Q(
                        ("done_by__isnull", False),
                        ("done_on__gte", models.F("looked_on")),
                        ("taken_back_on", None),
                    ),
                    _connector="OR",
                ),
                name="call_done_after_looking",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("looked_by", None),
                        models.Q(("looked_by", models.F("member")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("done_by", None),
                        models.Q(("done_by", models.F("member")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="call_answered_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="chosen",
            constraint=models.UniqueConstraint(
                fields=("agency", "call", "member"), name="call_chosen_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("one__lt", models.F("other"))),
                name="no_contact_of_two_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["court_order", "agreement", "other"])),
                name="no_contact_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("one_knows", True), ("other_knows", True), _connector="OR"),
                name="no_contact_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "agreement"), _negated=True),
                    models.Q(("one_knows", True), ("other_knows", True)),
                    _connector="OR",
                ),
                name="no_contact_agreed_by_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("by", models.F("one")),
                        ("by", models.F("other")),
                        _connector="OR",
                        _negated=True,
                    ),
                    models.Q(
                        ("reviewed_by", models.F("one")),
                        ("reviewed_by", models.F("other")),
                        _connector="OR",
                        _negated=True,
                    ),
                ),
                name="no_contact_by_a_third",
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("review_by__gt", models.F("reviewed_on")),
                    (
                        "review_by__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("reviewed_on"), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    ),
                ),
                name="no_contact_is_reviewed",
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("ended_why", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("until__isnull", False),
                        ("ended_why__in", ["lifted", "mistake", "both_agree"]),
                        models.Q(
                            ("ended_by", models.F("one")),
                            ("ended_by", models.F("other")),
                            _connector="OR",
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="no_contact_ended_by_a_third",
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="no_contact_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("one", "="),
                    ("other", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="no_contact_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["ombuds", "advocacy", "rights", "reporting"])),
                name="outside_contact_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("phone", ""), _negated=True)
                ),
                name="outside_contact_can_be_called",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reporting"), models.Q(("rule", ""), _negated=True)),
                    models.Q(models.Q(("kind", "reporting"), _negated=True), ("rule", "")),
                    _connector="OR",
                ),
                name="outside_contact_reporting_has_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="outside_contact_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidecontact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("kind", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="outside_contact_no_overlap",
            ),
        ),
        walls.Walls(),
    ]
