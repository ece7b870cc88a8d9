import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
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
            name="HistoricalPlanVersion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(verbose_name="what the plan says")),
                (
                    "hourly_rate",
                    models.DecimalField(
                        decimal_places=2, max_digits=7, verbose_name="payment for an hour"
                    ),
                ),
                (
                    "daily_cap",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="most for one day",
                    ),
                ),
                (
                    "due_days",
                    models.PositiveSmallIntegerField(
                        db_default=14, default=14, verbose_name="days until it is paid"
                    ),
                ),
                ("drafted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("ratified_on", models.DateField(blank=True, null=True)),
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
                (
                    "ratification",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical plan version",
                "verbose_name_plural": "historical plan versions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
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
                    "listed_by",
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
            name="HistoricalElection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("accept", "Yes, pay me"),
                            ("decline", "No, thank you"),
                            ("donate", "Donate my payments"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "agreed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed", "They signed a form"),
                            ("spoken", "They told me, in person or by phone"),
                        ],
                        max_length=10,
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, null=True)),
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
                    "organization",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="compensation.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical election",
                "verbose_name_plural": "historical elections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Election",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("accept", "Yes, pay me"),
                            ("decline", "No, thank you"),
                            ("donate", "Donate my payments"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "agreed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed", "They signed a form"),
                            ("spoken", "They told me, in person or by phone"),
                        ],
                        max_length=10,
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, null=True)),
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
                    "member",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "organization",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="compensation.organization",
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
            name="Claim",
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
                            ("pay", "For your time"),
                            ("reimbursement", "Money back for a cost"),
                            ("adjustment", "Correction of a payment"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for your choice"),
                            ("earned", "Earned"),
                            ("approved", "Approved"),
                            ("paid", "Paid"),
                            ("returned", "Sent back"),
                            ("waived", "You turned it down"),
                            ("nothing", "Nothing to pay"),
                            ("withdrawn", "You took it back"),
                            ("refused", "Not approved"),
                        ],
                        max_length=10,
                    ),
                ),
                ("service_on", models.DateField()),
                (
                    "hours",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
                ),
                (
                    "rate",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "before_cap",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True),
                ),
                ("comes_back_until", models.DateField(blank=True, null=True)),
                ("what_for", models.CharField(blank=True, max_length=200)),
                ("clock_since", models.DateField()),
                ("due_on", models.DateField()),
                ("approved_on", models.DateField(blank=True, null=True)),
                ("returned_reason", models.CharField(blank=True, max_length=300)),
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
                    "approved_by",
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
                    "attendance",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.attendance",
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
                    "paid_by",
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
                    "refused_by",
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
                    "donate_to",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="compensation.organization",
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
            name="Owed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("clock_since", models.DateField()),
                ("due_on", models.DateField()),
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
                    "claim",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owed",
                        to="compensation.claim",
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
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paid_on", models.DateField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("check", "Check"),
                            ("transfer", "Bank transfer"),
                            ("cash", "Cash"),
                            ("gift_card", "Gift card"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "set_off",
                    models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=9),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reversed_on", models.DateField(blank=True, null=True)),
                ("reversal_reason", models.CharField(blank=True, max_length=300)),
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
                    "donated_to",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="compensation.organization",
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
                    "paid_by",
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
            model_name="claim",
            name="payment",
            field=foundation.models.Key(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="compensation.payment",
            ),
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(verbose_name="what the plan says")),
                (
                    "hourly_rate",
                    models.DecimalField(
                        decimal_places=2, max_digits=7, verbose_name="payment for an hour"
                    ),
                ),
                (
                    "daily_cap",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="most for one day",
                    ),
                ),
                (
                    "due_days",
                    models.PositiveSmallIntegerField(
                        db_default=14, default=14, verbose_name="days until it is paid"
                    ),
                ),
                ("drafted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("ratified_on", models.DateField(blank=True, null=True)),
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
                    "drafted_by",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "ratification",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            name="HistoricalClaim",
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
                            ("pay", "For your time"),
                            ("reimbursement", "Money back for a cost"),
                            ("adjustment", "Correction of a payment"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for your choice"),
                            ("earned", "Earned"),
                            ("approved", "Approved"),
                            ("paid", "Paid"),
                            ("returned", "Sent back"),
                            ("waived", "You turned it down"),
                            ("nothing", "Nothing to pay"),
                            ("withdrawn", "You took it back"),
                            ("refused", "Not approved"),
                        ],
                        max_length=10,
                    ),
                ),
                ("service_on", models.DateField()),
                (
                    "hours",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
                ),
                (
                    "rate",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "before_cap",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True),
                ),
                ("comes_back_until", models.DateField(blank=True, null=True)),
                ("what_for", models.CharField(blank=True, max_length=200)),
                ("clock_since", models.DateField()),
                ("due_on", models.DateField()),
                ("approved_on", models.DateField(blank=True, null=True)),
                ("returned_reason", models.CharField(blank=True, max_length=300)),
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
                    "approved_by",
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
                    "attendance",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="groups.attendance",
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
                    "paid_by",
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
                    "refused_by",
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
                    "donate_to",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="compensation.organization",
                    ),
                ),
                (
                    "payment",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="compensation.payment",
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
                        to="compensation.planversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical claim",
                "verbose_name_plural": "historical claims",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="claim",
            name="plan",
            field=foundation.models.Key(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="compensation.planversion",
            ),
        ),
        migrations.CreateModel(
            name="Posting",
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
                            ("approved", "Approved"),
                            ("paid", "Paid"),
                            ("reversed", "Reversed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
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
                (
                    "claim",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="compensation.claim",
                    ),
                ),
                (
                    "payment",
                    foundation.models.Key(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="compensation.payment",
                    ),
                ),
                (
                    "reverses",
                    foundation.models.OneKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="compensation.posting",
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
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        choices=[
                            ("participation", "Cost of participation"),
                            ("reimbursements", "Cost of reimbursements"),
                            ("payable", "Owed to members"),
                            ("receivable", "To set off against later payments"),
                            ("cash", "Paid out"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "debit",
                    models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=9),
                ),
                (
                    "credit",
                    models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=9),
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
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "posting",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="compensation.posting",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "abstract": False,
                "default_permissions": (),
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SetOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
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
                    "claim",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_offs",
                        to="compensation.claim",
                    ),
                ),
                (
                    "payment",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_offs",
                        to="compensation.payment",
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
            name="Offer",
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
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "member"), name="offer_once")
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="organization_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="organization_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.UniqueConstraint(
                models.F("agency"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("until", None)),
                name="organization_listed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice__in", ["accept", "decline", "donate"])),
                name="election_choice",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("choice", "donate"), ("organization__isnull", False)),
                    models.Q(models.Q(("choice", "donate"), _negated=True), ("organization", None)),
                    _connector="OR",
                ),
                name="election_donation_has_organization",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_how", ""), ("agreed_on", None), ("entered_by", None)),
                    models.Q(
                        ("agreed_how__in", ["signed", "spoken"]),
                        ("entered_by__isnull", False),
                        ("agreed_on__isnull", False),
                        models.Q(("entered_by", models.F("member")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="election_entered_with_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="election_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="election",
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
                name="election_no_overlap",
            ),
        ),
        migrations.AddIndex(
            model_name="owed",
            index=models.Index(fields=["agency", "since"], name="owed_since"),
        ),
        migrations.AddConstraint(
            model_name="owed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="owed_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="owed",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("claim", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="owed_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="owed",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__gte", models.F("clock_since"))),
                name="owed_since_its_clock",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["agency", "member", "-paid_on"], name="payment_member"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["check", "transfer", "cash", "gift_card"])),
                name="payment_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("set_off__gte", 0)),
                    models.Q(("amount", 0), ("set_off__gt", 0)),
                    _connector="OR",
                ),
                name="payment_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid_by", models.F("member")), _negated=True),
                name="payment_not_to_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reversal_reason", ""), ("reversed_on", None)),
                    models.Q(
                        ("reversed_on__isnull", False),
                        models.Q(("reversal_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="payment_reversal_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(fields=("agency", "number"), name="plan_number"),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("hourly_rate__gt", 0)), name="plan_rate_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("daily_cap", None), ("daily_cap__gt", 0), _connector="OR"),
                name="plan_cap_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_days__range", (1, 90))), name="plan_due_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="plan_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("since__isnull", False)),
                expressions=[
                    ("agency", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="plan_no_overlap",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["agency", "member", "-service_on"], name="claim_member"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["agency", "status", "due_on"], name="claim_status_due"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pay", "reimbursement", "adjustment"])),
                name="claim_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "waiting",
                            "earned",
                            "approved",
                            "paid",
                            "returned",
                            "waived",
                            "nothing",
                            "withdrawn",
                            "refused",
                        ],
                    )
                ),
                name="claim_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "pay")),
                fields=("agency", "attendance"),
                name="claim_once_for_an_attendance",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "adjustment"), ("status__in", ["waiting", "earned", "waived"])
                ),
                fields=("agency", "attendance"),
                name="claim_one_open_adjustment",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("kind__in", ["pay", "reimbursement"])),
                    models.Q(("kind", "adjustment"), models.Q(("amount", 0), _negated=True)),
                    models.Q(("amount", 0), ("status", "nothing")),
                    _connector="OR",
                ),
                name="claim_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "nothing"), _negated=True), ("amount", 0), _connector="OR"
                ),
                name="claim_nothing_is_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before_cap", None), ("before_cap__gt", models.F("amount")), _connector="OR"
                ),
                name="claim_capped",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("attendance__isnull", False),
                        ("hours__isnull", False),
                        ("kind__in", ["pay", "adjustment"]),
                        ("plan__isnull", False),
                        ("rate__isnull", False),
                    ),
                    models.Q(
                        ("amount__gt", 0),
                        ("attendance", None),
                        ("donate_to", None),
                        ("kind", "reimbursement"),
                        models.Q(("what_for", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("comes_back_until__isnull", False), ("status", "waived")),
                    models.Q(
                        models.Q(("status", "waived"), _negated=True), ("comes_back_until", None)
                    ),
                    _connector="OR",
                ),
                name="claim_waived_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_by__isnull", False),
                        ("status__in", ["approved", "paid"]),
                        ("approved_on__isnull", False),
                    ),
                    models.Q(
                        ("approved_by", None),
                        ("approved_on", None),
                        (
                            "status__in",
                            [
                                "waiting",
                                "earned",
                                "returned",
                                "waived",
                                "nothing",
                                "withdrawn",
                                "refused",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="claim_approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("paid_by__isnull", False), ("payment__isnull", False), ("status", "paid")
                    ),
                    models.Q(
                        models.Q(("status", "paid"), _negated=True),
                        ("paid_by", None),
                        ("payment", None),
                    ),
                    _connector="OR",
                ),
                name="claim_paid_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("member")), _negated=True),
                    _connector="OR",
                ),
                name="claim_not_approved_by_claimant",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paid_by", None),
                    models.Q(
                        models.Q(("paid_by", models.F("member")), _negated=True),
                        models.Q(("paid_by", models.F("approved_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_paid_by_a_third",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("entered_by", None),
                    models.Q(
                        models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        models.Q(
                            ("paid_by", None),
                            models.Q(("paid_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="claim_entered_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["returned", "refused"]), _negated=True),
                    models.Q(("returned_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="claim_returned_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("refused_by__isnull", False),
                        ("status", "refused"),
                        models.Q(("refused_by", models.F("member")), _negated=True),
                        models.Q(("kind", "pay"), _negated=True),
                    ),
                    models.Q(models.Q(("status", "refused"), _negated=True), ("refused_by", None)),
                    _connector="OR",
                ),
                name="claim_refused_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["agency", "on", "id"], name="posting_on"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["approved", "paid", "reversed"])),
                name="posting_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim__isnull", False), ("kind", "approved"), ("reverses", None)),
                    models.Q(("kind", "paid"), ("payment__isnull", False), ("reverses", None)),
                    models.Q(("kind", "reversed"), ("reverses__isnull", False)),
                    _connector="OR",
                ),
                name="posting_says_what_for",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["agency", "account", "member"], name="entry_account_member"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "account__in",
                        ["participation", "reimbursements", "payable", "receivable", "cash"],
                    )
                ),
                name="entry_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("credit", 0), ("debit__gt", 0)),
                    models.Q(("credit__gt", 0), ("debit", 0)),
                    _connector="OR",
                ),
                name="entry_has_one_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__in", ["payable", "receivable"]), _negated=True),
                    ("member__isnull", False),
                    _connector="OR",
                ),
                name="entry_owed_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="setoff",
            constraint=models.UniqueConstraint(
                fields=("agency", "payment", "claim"), name="set_off_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="setoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="set_off_positive"
            ),
        ),
        walls.Walls(),
    ]
