"""Only the owner's login, which backs up and restores, says that it was done."""

from django.db import migrations

SQL = "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON recovery_fact FROM cqi_app;"


class Migration(migrations.Migration):
    dependencies = [("recovery", "0001_facts")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
