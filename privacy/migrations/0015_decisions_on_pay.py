"""Decisions on how people are paid go as wholes on their listed date."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0014_link_to_join"),
        ("compensation", "0006_how_people_are_paid_is_decided"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_employmentdecision",
        ),
        Wholes(
            WholePlace('compensation_employmentdecision', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.until', False, 'ARRAY[kept.recorded_by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('employment_decision', 'compensation_employmentdecision', 'id', 'ARRAY[kept.recorded_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
