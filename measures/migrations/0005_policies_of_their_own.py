"""What an agency decided about late numbers is a policy of measures."""

from django.db import migrations

# Policy changes are never changed by those whom the portal serves: the code is no part of them.
NAMED = """
ALTER TABLE foundation_policychange DISABLE TRIGGER USER;
UPDATE foundation_policychange SET code = replace(code, '{source}.', '{target}.')
    WHERE code IN ('{source}.lag', '{source}.late_periods');
ALTER TABLE foundation_policychange ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0004_each_has_an_owner"), ("foundation", "0004_attempts")]

    operations = [
        migrations.RunSQL(
            NAMED.format(source="cells", target="measures"),
            NAMED.format(source="measures", target="cells"),
        ),
    ]
