"""Rules for special cases of pay go as wholes on their listed date."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0042_spent_advances"),
        ("compensation", "0060_special_cases"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_specialcaserule",
        ),
        Wholes(
            WholePlace('compensation_specialcaserule', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.until', False, 'ARRAY[kept.recorded_by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('special_case_rule', 'compensation_specialcaserule', 'id', 'ARRAY[kept.recorded_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
