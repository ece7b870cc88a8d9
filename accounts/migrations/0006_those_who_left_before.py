from django.db import migrations

# By itself: PostgreSQL alters no table in the transaction that has just written into it.
LEFT = """
INSERT INTO accounts_leave (agency_id, member_id, since, "on", entered_on, why)
    SELECT agency_id, id, since, until, until,
        CASE WHEN until <= since THEN 'never_began' ELSE '' END
    FROM accounts_member WHERE until IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_people_leave_and_come_back")]

    operations = [migrations.RunSQL(LEFT, migrations.RunSQL.noop)]
