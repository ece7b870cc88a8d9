"""Interests declared in a decision: whose words they are, and when they go."""

from django.db import migrations

from foundation.reach import Opened, Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0121_indicators_of_our_own"),
        ("groups", "0016_interests_in_a_decision"),
    ]

    operations = [
        Opened("groups_declaredinterest"),
        OpenedToDestroying("groups_declaredinterest"),
        Reach(
            ReachedColumn('groups_declaredinterest', 'text', 'id', None, 'kept.member_id', '[Somebody took their words back.]', False),
        ),
        Wholes(
            WholePlace('groups_declaredinterest', 'governance', 72, 0, 0, 0, False, True, 'id', 1, 'groups_decision', 'decision_id', '', False, 'ARRAY[kept.member_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_decision j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.decision_id)]::bigint[]', None, '', None, None, 'false'),
        ),
    ]
