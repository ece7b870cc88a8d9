"""Who corrected a line is one of its people."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0100_planned_beyond_the_budget"),
        ("compensation", "0069_who_corrected_does_not_pay"),
    ]

    operations = [
        Wholes(
            WholePlace('compensation_claim', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.service_on', False, 'ARRAY[kept.member_id, kept.entered_by_id, kept.corrected_by_id, kept.approved_by_id, kept.paid_by_id, kept.refused_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.compensation_otherwork j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.other_work_id)]::bigint[]', 'compensation_historicalclaim', 'payment_id:compensation_payment', None, None, "(kept.status IN ('waiting', 'earned', 'approved', 'returned'))"),
        ),
        Subjects(
            ListedSubject('claim', 'compensation_claim', 'id', 'ARRAY[kept.member_id, kept.entered_by_id, kept.corrected_by_id, kept.approved_by_id, kept.paid_by_id, kept.refused_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.compensation_otherwork j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.other_work_id)]::bigint[]'),
        ),
    ]
