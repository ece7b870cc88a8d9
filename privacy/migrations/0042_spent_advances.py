"""What was spent of an advance goes with its line; erasing reaches why there is no receipt."""

from django.db import migrations

from foundation.reach import Opened, Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0052_deputies"),
        ("compensation", "0032_paid_in_advance"),
    ]

    operations = [
        Opened(
            "compensation_spentadvance",
        ),
        Reach(
            ReachedColumn('compensation_spentadvance', 'no_receipt', 'id', None, None, None, False),
        ),
        OpenedToDestroying(
            "compensation_spentadvance",
        ),
        Wholes(
            WholePlace('compensation_spentadvance', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_claim', 'claim_id', '', False, 'ARRAY[(SELECT j0.member_id FROM public.compensation_claim j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.claim_id), kept.by_id]::bigint[]', 'ARRAY[(SELECT (SELECT (SELECT j2.group_id FROM public.groups_meeting j2 WHERE j2.agency_id = j1.agency_id AND j2.id = j1.meeting_id) FROM public.groups_attendance j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.attendance_id) FROM public.compensation_claim j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.claim_id)]::bigint[]', None, '', None, None, 'false'),
        ),
    ]
