"""Questions about pay on paper go with the books."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0101_who_corrected_claims"),
        ("compensation", "0070_questions_on_paper"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_payanswertold",
        ),
        Wholes(
            WholePlace('compensation_payquestion', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.asked_on', False, 'ARRAY[kept.member_id, kept.entered_by_id]::bigint[]', 'ARRAY[(SELECT (SELECT j1.group_id FROM public.compensation_otherwork j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.other_work_id) FROM public.compensation_claim j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.claim_id)]::bigint[]', None, '', None, None, 'false'),
            WholePlace('compensation_payanswertold', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_payquestion', 'question_id', '', False, 'ARRAY[(SELECT j0.member_id FROM public.compensation_payquestion j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.question_id), kept.by_id]::bigint[]', 'ARRAY[(SELECT (SELECT (SELECT j2.group_id FROM public.compensation_otherwork j2 WHERE j2.agency_id = j1.agency_id AND j2.id = j1.other_work_id) FROM public.compensation_claim j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.claim_id) FROM public.compensation_payquestion j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.question_id)]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('pay_question', 'compensation_payquestion', 'id', 'ARRAY[kept.member_id, kept.entered_by_id]::bigint[]', 'ARRAY[(SELECT (SELECT j1.group_id FROM public.compensation_otherwork j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.other_work_id) FROM public.compensation_claim j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.claim_id)]::bigint[]'),
        ),
    ]
