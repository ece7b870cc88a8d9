"""What is prepared for the committee: whom it is about, and when it goes."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0122_interests_in_a_decision"),
        ("oversight", "0006_only_the_committee_decides"),
    ]

    operations = [
        OpenedToDestroying("oversight_committeestep"),
        Reach(
            ReachedColumn('oversight_committeestep', 'proposal', 'id', 'oversight_historicalcommitteestep', None, None, False),
            ReachedColumn('oversight_committeestep', 'text', 'id', 'oversight_historicalcommitteestep', None, None, False),
            ReachedColumn('oversight_committeestep', 'title', 'id', 'oversight_historicalcommitteestep', None, None, False),
        ),
        Wholes(
            WholePlace('oversight_committeestep', 'governance', 72, 0, 0, 0, False, True, 'id', 0, None, None, 'kept.settled_on', False, 'ARRAY[kept.owner_id, kept.prepared_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_decision j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.decision_id)]::bigint[]', 'oversight_historicalcommitteestep', '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('committee_step', 'oversight_committeestep', 'id', 'ARRAY[kept.owner_id, kept.prepared_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_decision j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.decision_id)]::bigint[]'),
        ),
    ]
