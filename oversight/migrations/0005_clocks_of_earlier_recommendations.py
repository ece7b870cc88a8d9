"""Recommendations made before get the clock of the stage they are in."""

from django.db import migrations

# The committee's own stages had no clock: they get as many days as it has by default.
CLOCKS = """
UPDATE oversight_recommendation r SET stage_due = CASE r.status
    WHEN 'awaiting' THEN r.answer_due
    WHEN 'answered' THEN (
        SELECT max(a.given_on) + 30 FROM oversight_managementresponse a
        WHERE a.agency_id = r.agency_id AND a.recommendation_id = r.id
    )
    ELSE (
        SELECT COALESCE(a.actions_by, j."on" + 30) FROM oversight_managementresponse a
        JOIN oversight_judgement j ON j.agency_id = a.agency_id AND j.response_id = a.id
        WHERE a.agency_id = r.agency_id AND a.recommendation_id = r.id AND j.satisfactory
        ORDER BY a.id DESC LIMIT 1
    )
END
WHERE r.status <> 'closed'
"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0004_decided_by_the_committee")]

    operations = [migrations.RunSQL(CLOCKS, migrations.RunSQL.noop)]
