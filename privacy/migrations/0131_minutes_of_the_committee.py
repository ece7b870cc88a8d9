"""Minutes of the committee and their addenda: whom they are about, and when they go."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes

# The group of a meeting.
OF_MEETING = 'ARRAY[(SELECT j0.group_id FROM public.groups_meeting j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.meeting_id)]::bigint[]'  # noqa: E501


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0130_terms_of_a_charter"),
        ("oversight", "0007_minutes_of_the_committee"),
    ]

    operations = [
        OpenedToDestroying("oversight_approvedminutes", "oversight_minutesaddendum"),
        Reach(
            ReachedColumn('oversight_approvedminutes', 'left_out', 'id', None, None, None, False),
            ReachedColumn('oversight_approvedminutes', 'open_text', 'id', None, None, None, False),
            ReachedColumn('oversight_committeestep', 'left_out', 'id', 'oversight_historicalcommitteestep', None, None, False),
            ReachedColumn('oversight_committeestep', 'open_text', 'id', 'oversight_historicalcommitteestep', None, None, False),
            ReachedColumn('oversight_minutesaddendum', 'text', 'id', None, None, None, False),
        ),
        Wholes(
            WholePlace('oversight_approvedminutes', 'governance', 72, 0, 0, 0, False, True, 'id', 1, 'oversight_committeestep', 'step_id', '', False, 'ARRAY[]::bigint[]', OF_MEETING, None, '', None, None, 'false'),
            WholePlace('oversight_minutesaddendum', 'governance', 72, 0, 0, 0, False, True, 'id', 2, 'oversight_approvedminutes', 'minutes_id', '', False, 'ARRAY[kept.written_by_id]::bigint[]', 'ARRAY[(SELECT (SELECT j1.group_id FROM public.groups_meeting j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.meeting_id) FROM public.oversight_approvedminutes j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.minutes_id)]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('approved_minutes', 'oversight_approvedminutes', 'id', 'ARRAY[]::bigint[]', OF_MEETING),
        ),
    ]
