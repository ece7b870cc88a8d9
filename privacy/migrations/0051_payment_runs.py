"""Prepared payments go with the books."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0031_other_work_goes_with_the_books"),
        ("compensation", "0041_payments_prepared_by_one"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_paymentrun",
            "compensation_runline",
        ),
        Wholes(
            WholePlace('compensation_paymentrun', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.prepared_on', False, 'ARRAY[kept.prepared_by_id, kept.released_by_id, kept.dropped_by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
            WholePlace('compensation_runline', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_paymentrun', 'run_id', '', False, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[(SELECT (SELECT (SELECT j2.group_id FROM public.groups_meeting j2 WHERE j2.agency_id = j1.agency_id AND j2.id = j1.meeting_id) FROM public.groups_attendance j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.attendance_id) FROM public.compensation_claim j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.claim_id)]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('payment_run', 'compensation_paymentrun', 'id', 'ARRAY[kept.prepared_by_id, kept.released_by_id, kept.dropped_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
