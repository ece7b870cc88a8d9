"""What a cell owned, its group owns: since the measure was defined."""

from django.db import migrations

# The rows stay what they are: nothing that the triggers guard is changed.
OWNED = """
ALTER TABLE measures_measure DISABLE TRIGGER USER;
UPDATE measures_measure m SET owner_id = c.group_id FROM cells_cell c WHERE c.id = m.cell_id;
ALTER TABLE measures_measure ENABLE TRIGGER USER;
UPDATE measures_historicalmeasure m SET owner_id = c.group_id
    FROM cells_cell c WHERE c.id = m.cell_id;
INSERT INTO measures_ownership (agency_id, measure_id, group_id, since)
    SELECT agency_id, id, owner_id, defined_on FROM measures_measure;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_ownership")]

    operations = [migrations.RunSQL(OWNED, migrations.RunSQL.noop)]
