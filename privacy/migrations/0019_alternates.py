"""Who steps in for whom goes like other consents, years after it ended."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0018_dates_that_suit"),
        ("groups", "0011_alternates"),
    ]

    operations = [
        OpenedToDestroying(
            "groups_alternate",
        ),
        Wholes(
            WholePlace('groups_position', 'governance', 72, 0, 0, 0, False, True, 'id', 1, 'groups_decision', 'decision_id', '', False, 'ARRAY[kept.member_id, kept.alternate_id, kept.entered_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_decision j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.decision_id)]::bigint[]', None, '', None, None, 'false'),
            WholePlace('groups_alternate', 'consents', 72, 0, 72, 0, False, True, 'id', 0, None, None, 'kept.ended_on', False, 'ARRAY[kept.holder_id, kept.member_id]::bigint[]', 'ARRAY[kept.group_id]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('alternate', 'groups_alternate', 'id', 'ARRAY[kept.holder_id, kept.member_id]::bigint[]', 'ARRAY[kept.group_id]::bigint[]'),
        ),
    ]
