"""Work besides meetings is kept as long as what it earned."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0041_budget_lines"),
        ("compensation", "0021_other_work"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_otherwork",
        ),
        Wholes(
            WholePlace('compensation_otherwork', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.on', False, 'ARRAY[kept.member_id, kept.recorded_by_id, kept.voided_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('other_work', 'compensation_otherwork', 'id', 'ARRAY[kept.member_id, kept.recorded_by_id, kept.voided_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]'),
        ),
    ]
