"""Receipts go with their line; erasing reaches why there is none."""

from django.db import migrations

from foundation.reach import Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0030_rates_go_with_their_plan"),
        ("compensation", "0030_costs_of_kinds"),
    ]

    operations = [
        Reach(
            ReachedColumn('compensation_claim', 'no_receipt', 'id', 'compensation_historicalclaim', None, None, False),
        ),
        OpenedToDestroying(
            "compensation_receipt",
        ),
        Wholes(
            WholePlace('compensation_receipt', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_claim', 'claim_id', '', False, 'ARRAY[(SELECT j0.member_id FROM public.compensation_claim j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.claim_id), kept.by_id]::bigint[]', 'ARRAY[(SELECT (SELECT (SELECT j2.group_id FROM public.groups_meeting j2 WHERE j2.agency_id = j1.agency_id AND j2.id = j1.meeting_id) FROM public.groups_attendance j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.attendance_id) FROM public.compensation_claim j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.claim_id)]::bigint[]', None, '', None, None, 'false'),
        ),
    ]
