"""Money for meetings goes with the books; erasing reaches signatures and reasons."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Opened, Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0040_receipts"),
        ("compensation", "0040_money_for_a_meeting"),
    ]

    operations = [
        Opened(
            "compensation_handout",
        ),
        Reach(
            ReachedColumn('compensation_dayfund', 'difference_reason', 'id', None, None, None, False),
            ReachedColumn('compensation_dayfund', 'reason', 'id', None, None, None, False),
            ReachedColumn('compensation_handout', 'drawing', 'id', None, 'kept.member_id', '', False),
            ReachedColumn('compensation_handout', 'initials', 'id', None, 'kept.member_id', '', False),
        ),
        OpenedToDestroying(
            "compensation_dayfund",
            "compensation_fundcard",
            "compensation_handout",
        ),
        Wholes(
            WholePlace('compensation_dayfund', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.approved_on', False, 'ARRAY[kept.approved_by_id, kept.withdrawn_by_id, kept.taken_by_id, kept.counted_by_id, kept.confirmed_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]', None, '', None, None, 'false'),
            WholePlace('compensation_handout', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_payment', 'payment_id', '', False, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[(SELECT (SELECT j1.group_id FROM public.groups_meeting j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.meeting_id) FROM public.compensation_dayfund j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.fund_id)]::bigint[]', None, '', None, None, 'false'),
            WholePlace('compensation_fundcard', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_dayfund', 'fund_id', '', False, 'ARRAY[]::bigint[]', 'ARRAY[(SELECT (SELECT j1.group_id FROM public.groups_meeting j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.meeting_id) FROM public.compensation_dayfund j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.fund_id)]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('day_fund', 'compensation_dayfund', 'id', 'ARRAY[kept.approved_by_id, kept.withdrawn_by_id, kept.taken_by_id, kept.counted_by_id, kept.confirmed_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]'),
        ),
    ]
