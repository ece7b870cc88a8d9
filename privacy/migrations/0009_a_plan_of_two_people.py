"""Where erasing and the schedule reach in a plan that two people put in force."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Reach, ReachedColumn
from foundation.wholes import WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0008_tables_that_go_as_wholes"),
        ("compensation", "0004_a_plan_keeps_its_word"),
    ]

    operations = [
        Reach(ReachedColumn(table='compensation_planversion', column='paper_text', key='id', history='compensation_historicalplanversion', author=None, value=None, copies=False)),
        Subjects(ListedSubject('payment_plan_version', 'compensation_planversion', 'id', 'ARRAY[kept.drafted_by_id, kept.put_by_id, kept.asked_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_decision j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.ratification_id)]::bigint[]')),
        Wholes(WholePlace('compensation_planversion', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.until', False, 'ARRAY[kept.drafted_by_id, kept.put_by_id, kept.asked_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_decision j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.ratification_id)]::bigint[]', 'compensation_historicalplanversion', '', None, None, 'false')),
    ]
