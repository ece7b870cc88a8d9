"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

RIGHTS = """
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON recovery_fact FROM cqi_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recovery", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
