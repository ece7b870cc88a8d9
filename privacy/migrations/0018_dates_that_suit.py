"""Offered dates, and whom they suit, go some months after the last day for answers."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0017_texts_to_phones"),
        ("groups", "0010_dates_that_suit"),
    ]

    operations = [
        OpenedToDestroying(
            "groups_dateanswer",
            "groups_datepoll",
            "groups_polldate",
        ),
        Wholes(
            WholePlace('groups_datepoll', 'times_away', 0, 90, 0, 0, False, True, 'id', 0, None, None, 'kept.closes_on', False, 'ARRAY[kept.asked_by_id]::bigint[]', 'ARRAY[kept.group_id]::bigint[]', None, '', None, None, 'false'),
            WholePlace('groups_polldate', 'times_away', 0, 90, 0, 0, False, True, 'id', 1, 'groups_datepoll', 'poll_id', '', False, 'ARRAY[]::bigint[]', 'ARRAY[(SELECT j0.group_id FROM public.groups_datepoll j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.poll_id)]::bigint[]', None, '', None, None, 'false'),
            WholePlace('groups_dateanswer', 'times_away', 0, 90, 0, 0, False, True, 'id', 2, 'groups_polldate', 'date_id', '', False, 'ARRAY[kept.member_id, kept.entered_by_id]::bigint[]', 'ARRAY[(SELECT (SELECT j1.group_id FROM public.groups_datepoll j1 WHERE j1.agency_id = j0.agency_id AND j1.id = j0.poll_id) FROM public.groups_polldate j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.date_id)]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('date_poll', 'groups_datepoll', 'id', 'ARRAY[kept.asked_by_id]::bigint[]', 'ARRAY[kept.group_id]::bigint[]'),
        ),
    ]
