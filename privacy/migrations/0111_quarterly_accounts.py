"""Quarterly Accounts: whom they are about, and when they go."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.reach import Reach, ReachedColumn
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0110_concerns"),
        ("quarterly", "0002_rules_in_the_database"),
    ]

    operations = [
        OpenedToDestroying(
            "quarterly_quarterlyaccount",
        ),
        Reach(
            ReachedColumn('quarterly_quarterlyaccount', 'opening', 'id', 'quarterly_historicalquarterlyaccount', None, None, False),
            ReachedColumn('quarterly_quarterlyaccount', 'text', 'id', 'quarterly_historicalquarterlyaccount', None, None, False),
            ReachedColumn('quarterly_quarterlyaccount', 'reply', 'id', 'quarterly_historicalquarterlyaccount', None, None, False),
        ),
        Wholes(
            WholePlace('quarterly_quarterlyaccount', 'governance', 72, 0, 0, 0, False, True, 'id', 0, None, None, 'kept.out_on', False, 'ARRAY[kept.begun_by_id, kept.replied_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.oversight_committee j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.committee_id)]::bigint[]', 'quarterly_historicalquarterlyaccount', '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('quarterly_account', 'quarterly_quarterlyaccount', 'id', 'ARRAY[kept.begun_by_id, kept.replied_by_id]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.oversight_committee j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.committee_id)]::bigint[]'),
        ),
    ]
