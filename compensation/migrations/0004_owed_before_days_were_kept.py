from django.db import migrations

# Of lines from before, the days that are known; a line that is not paid is still owed. By itself:
# PostgreSQL alters no table in the transaction that has just written into it.
KNOWN = """
INSERT INTO compensation_owed (agency_id, claim_id, since, until, clock_since, due_on)
SELECT c.agency_id, c.id, c.clock_since,
    CASE WHEN p.paid_on < c.clock_since THEN c.clock_since ELSE p.paid_on END,
    c.clock_since, c.due_on
FROM compensation_claim c
LEFT JOIN compensation_payment p ON p.agency_id = c.agency_id AND p.id = c.payment_id
WHERE c.status IN ('earned', 'approved', 'paid');
"""


class Migration(migrations.Migration):
    dependencies = [("compensation", "0003_owed_by_the_day")]

    operations = [migrations.RunSQL(KNOWN, migrations.RunSQL.noop)]
