import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.manager
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.dated
import accounts.namesakes
import foundation.models
from foundation import walls

NAME_KEY = r"""
CREATE FUNCTION accounts_name_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT replace(replace(COALESCE(NULLIF(bare, ''), small), 'rn', 'm'), 'vv', 'w') FROM (
        SELECT small, translate(
            replace(replace(replace(
                regexp_replace(
                    replace(small, '|', 'l') COLLATE "pg_c_utf8",
                    '[[:space:][:punct:]$+<=>^`~\u00AD\u02B0-\u036F\u200B-\u200F\u2028-\u202F'
                    '\u2060-\u206F\uFE00-\uFE0F\uFEFF]',
                    '', 'g'
                ),
                'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
            '01iıɪɩłøđðħŧɑɡавекмнорстухіјѕԁһԛԝӏьґαβεζηικμνορτυχγ',
            'olllllloddhtagabekmhopctyxljsdhqwlbrabezhlkmnoptuxy'
        ) AS bare FROM (
            SELECT lower(normalize(name, NFKD) COLLATE "pg_c_utf8") AS small
        ) AS lowered
    ) AS stripped
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("foundation", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(NAME_KEY, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, null=True, unique=True, verbose_name="e-mail"
                    ),
                ),
                (
                    "member_name",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        null=True,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9][a-z0-9.-]+$", "Use small letters, digits, . and -."
                            )
                        ],
                        verbose_name="member name",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email__isnull", False),
                            ("member_name__isnull", False),
                            _connector="OR",
                        ),
                        name="user_has_a_way_to_sign_in",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="user_email_any_case"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMember",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="full name")),
                (
                    "display_name",
                    models.CharField(max_length=60, verbose_name="name shown to others"),
                ),
                (
                    "addition",
                    models.CharField(blank=True, db_default="", default="", max_length=30),
                ),
                (
                    "shown_number",
                    models.CharField(blank=True, db_default="", default="", max_length=6),
                ),
                (
                    "full_number",
                    models.CharField(blank=True, db_default="", default="", max_length=6),
                ),
                ("language", models.CharField(default="en", max_length=10)),
                (
                    "email_level",
                    models.CharField(
                        choices=[
                            ("each", "An e-mail for each message"),
                            ("digest", "One e-mail a week, if there is news"),
                            ("none", "No e-mail"),
                        ],
                        default="digest",
                        max_length=10,
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="other way to reach them"
                    ),
                ),
                ("onboarded_at", models.DateTimeField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical member",
                "verbose_name_plural": "historical members",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="full name")),
                (
                    "display_name",
                    models.CharField(max_length=60, verbose_name="name shown to others"),
                ),
                (
                    "addition",
                    models.CharField(blank=True, db_default="", default="", max_length=30),
                ),
                (
                    "shown_number",
                    models.CharField(blank=True, db_default="", default="", max_length=6),
                ),
                (
                    "full_number",
                    models.CharField(blank=True, db_default="", default="", max_length=6),
                ),
                (
                    "shown_name",
                    accounts.namesakes.Stored(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                addition="",
                                then=models.Case(
                                    models.When(shown_number="", then=models.F("display_name")),
                                    default=django.db.models.functions.text.Concat(
                                        models.F("display_name"),
                                        models.Value(" #"),
                                        models.F("shown_number"),
                                    ),
                                ),
                            ),
                            default=django.db.models.functions.text.Concat(
                                models.F("display_name"),
                                models.Value(" ("),
                                models.F("addition"),
                                models.Value(")"),
                            ),
                        ),
                        output_field=models.CharField(max_length=200),
                    ),
                ),
                (
                    "full_name",
                    accounts.namesakes.Stored(
                        db_persist=True,
                        expression=models.Case(
                            models.When(full_number="", then=models.F("name")),
                            default=django.db.models.functions.text.Concat(
                                models.F("name"), models.Value(" #"), models.F("full_number")
                            ),
                        ),
                        output_field=models.CharField(max_length=200),
                    ),
                ),
                ("language", models.CharField(default="en", max_length=10)),
                (
                    "email_level",
                    models.CharField(
                        choices=[
                            ("each", "An e-mail for each message"),
                            ("digest", "One e-mail a week, if there is news"),
                            ("none", "No e-mail"),
                        ],
                        default="digest",
                        max_length=10,
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="other way to reach them"
                    ),
                ),
                ("onboarded_at", models.DateTimeField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            name="Leave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("on", models.DateField()),
                ("entered_on", models.DateField()),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("told_late", "We heard of it late"),
                            ("forgotten", "It was not written down at the time"),
                            ("never_began", "They never took part"),
                            ("wrong_day", "Another day was written down before"),
                        ],
                        max_length=20,
                    ),
                ),
                ("returned_on", models.DateField(blank=True, null=True)),
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
                    "member",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
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
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("given_up_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
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
                    "invited_by",
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
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
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
            name="HistoricalStanding",
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
                (
                    "employed_peer",
                    models.BooleanField(
                        default=False, help_text="A consumer who is also employed as a peer worker."
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
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
            ],
            options={
                "verbose_name": "historical standing",
                "verbose_name_plural": "historical standings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRoleGrant",
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
                            ("administrator", "Administrator"),
                            ("facilitator", "Facilitator"),
                            ("approver", "Payment approver"),
                            ("payer", "Payer"),
                            ("committee", "Oversight committee member"),
                            ("management", "Management"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
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
            ],
            options={
                "verbose_name": "historical role grant",
                "verbose_name_plural": "historical role grants",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Consent",
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
                (
                    "group_id",
                    models.BigIntegerField(
                        db_default=0,
                        default=0,
                        help_text="The group, for the audience of one group; else 0.",
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
                    "member",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
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
            name="AccessLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=40)),
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
                    "about",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "reader",
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
            name="Pause",
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
                            ("threat", "A threat"),
                            ("harassment", "Harassment"),
                            ("court_order", "A court order"),
                            ("taken_over", "Somebody else may be using the account"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "answer_to",
                    models.CharField(
                        help_text="Where the person can answer without signing in.", max_length=200
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("settled", "The matter is settled"),
                            ("mistake", "The pause was a mistake"),
                            ("safe_again", "The person has their account back"),
                            ("decided", "The committee decided it"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "decision_id",
                    models.BigIntegerField(
                        blank=True,
                        help_text="The decision by which it lasts longer, or ended.",
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
                    "member",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
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
            name="PrintedCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("salt", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=200)),
                ("printed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="printed_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleGrant",
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
                            ("administrator", "Administrator"),
                            ("facilitator", "Facilitator"),
                            ("approver", "Payment approver"),
                            ("payer", "Payer"),
                            ("committee", "Oversight committee member"),
                            ("management", "Management"),
                        ],
                        max_length=20,
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
                    "member",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
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
            name="Standing",
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
                (
                    "employed_peer",
                    models.BooleanField(
                        default=False, help_text="A consumer who is also employed as a peer worker."
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
                    "member",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
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
            name="Clip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("row", models.BigIntegerField()),
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
                    "leave",
                    foundation.models.Key(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clips",
                        to="accounts.leave",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "leave", "what", "row"), name="clip_once"
                    )
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                fields=("agency", "user"), name="member_once_per_agency"
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("email_level__in", ["each", "digest", "none"])),
                name="member_email_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("display_name", ""), _negated=True),
                name="member_has_display_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                models.F("agency"),
                accounts.namesakes.NameKey("shown_name"),
                condition=models.Q(("erased_at", None)),
                name="member_shown_name_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                models.F("agency"),
                accounts.namesakes.NameKey("full_name"),
                condition=models.Q(("erased_at", None)),
                name="member_full_name_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="member_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("why", ""),
                    ("why__in", ["told_late", "forgotten", "never_began", "wrong_day"]),
                    _connector="OR",
                ),
                name="leave_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("on__gt", models.F("since")), ("on__gte", models.F("entered_on"))),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="leave_of_the_past_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_on", None), ("returned_on__gte", models.F("on")), _connector="OR"
                ),
                name="leave_before_return",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_by", None), ("taken_back_on", None)),
                    models.Q(
                        ("returned_on", None),
                        ("taken_back_by__isnull", False),
                        ("taken_back_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="leave_taken_back_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_on", None), ("taken_back_on", None)),
                fields=("agency", "member"),
                name="leave_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(
                    ("accepted_at", None),
                    ("given_up_at", None),
                    ("revoked_at", None),
                    ("sent_at", None),
                ),
                fields=["try_at"],
                name="invitation_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"
                ),
                name="invitation_accepted_or_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("given_up_at", None), _connector="OR"),
                name="invitation_sent_or_given_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("revoked_at", None)),
                fields=("agency", "member"),
                name="invitation_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["group", "agency", "public"])),
                name="consent_audience",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("audience", "group"), ("group_id__gt", 0)),
                    models.Q(models.Q(("audience", "group"), _negated=True), ("group_id", 0)),
                    _connector="OR",
                ),
                name="consent_names_its_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="consent_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("member", "="),
                    ("audience", "="),
                    ("group_id", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="consent_no_overlap",
            ),
        ),
        migrations.AddIndex(
            model_name="accesslog",
            index=models.Index(fields=["agency", "about", "-at"], name="access_about_at"),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["threat", "harassment", "court_order", "taken_over"])
                ),
                name="pause_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_to", ""), _negated=True), name="pause_can_be_answered"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("member")), _negated=True),
                name="pause_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision_id__isnull", False),
                    (
                        "until__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("since"), "+", models.Value(datetime.timedelta(days=14))
                        ),
                    ),
                    _connector="OR",
                ),
                name="pause_no_longer_without_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("ended_why", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("ended_why__in", ["settled", "mistake", "safe_again", "decided"]),
                    ),
                    _connector="OR",
                ),
                name="pause_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_why", "decided"), _negated=True),
                    ("decision_id__isnull", False),
                    _connector="OR",
                ),
                name="pause_ended_by_its_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_by", None),
                    models.Q(("ended_by", models.F("member")), _negated=True),
                    _connector="OR",
                ),
                name="pause_ended_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="pause_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
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
                name="pause_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="printedcode",
            constraint=models.UniqueConstraint(fields=("user", "digest"), name="printed_code_once"),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "administrator",
                            "facilitator",
                            "approver",
                            "payer",
                            "committee",
                            "management",
                        ],
                    )
                ),
                name="grant_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="grant_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("member", "="),
                    ("role", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="grant_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
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
                name="standing_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="standing_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("agency", "="),
                    ("member", "="),
                    ("kind", "="),
                    (
                        accounts.dated.DateRange(
                            "since", "until", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="standing_no_overlap",
            ),
        ),
        walls.Walls(),
    ]
