"""An orientation concerns who gave it; work for a meeting is of its group."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0070_special_cases"),
        ("compensation", "0063_orientation_is_paid"),
    ]

    operations = [
        Wholes(
            WholePlace('compensation_otherwork', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.on', False, 'ARRAY[kept.member_id, kept.given_by_id, kept.recorded_by_id, kept.voided_by_id]::bigint[]', 'ARRAY[kept.group_id]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('other_work', 'compensation_otherwork', 'id', 'ARRAY[kept.member_id, kept.given_by_id, kept.recorded_by_id, kept.voided_by_id]::bigint[]', 'ARRAY[kept.group_id]::bigint[]'),
        ),
    ]
