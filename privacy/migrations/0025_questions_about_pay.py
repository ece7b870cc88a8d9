"""Questions about pay go with the books; erasing reaches the words of both sides."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Opened, Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0024_whether_payments_came"),
        ("compensation", "0012_questions_about_pay"),
    ]

    operations = [
        Opened(
            "compensation_payanswer",
            "compensation_payquestion",
        ),
        Reach(
            ReachedColumn('compensation_payquestion', 'words', 'id', None, 'kept.member_id', '', False),
            ReachedColumn('compensation_payanswer', 'words', 'id', None, None, None, False),
        ),
        OpenedToDestroying(
            "compensation_payanswer",
            "compensation_payquestion",
        ),
        Wholes(
            WholePlace('compensation_payquestion', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.asked_on', False, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[(SELECT (SELECT (SELECT j2.group_id FROM public.groups_meeting j2 WHERE j2.agency_id = j1.agency_id AND j2.id = j1.meeting_id) FROM public.groups_attendance j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.attendance_id) FROM public.compensation_claim j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.claim_id)]::bigint[]', None, '', None, None, 'false'),
            WholePlace('compensation_payanswer', 'pay', 84, 0, 48, 0, True, True, 'id', 1, 'compensation_payquestion', 'question_id', '', False, 'ARRAY[(SELECT j0.member_id FROM public.compensation_payquestion j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.question_id), kept.by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('pay_question', 'compensation_payquestion', 'id', 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[(SELECT (SELECT (SELECT j2.group_id FROM public.groups_meeting j2 WHERE j2.agency_id = j1.agency_id AND j2.id = j1.meeting_id) FROM public.groups_attendance j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.attendance_id) FROM public.compensation_claim j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.claim_id)]::bigint[]'),
        ),
    ]
