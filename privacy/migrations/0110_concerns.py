"""Concerns go as wholes once their time is over."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0103_both_ways_from_pay_to_its_group"),
        ("concerns", "0002_rules_in_the_database"),
    ]

    operations = [
        Wholes(
            WholePlace('concerns_keyholder', 'access', 72, 0, 72, 0, False, True, 'id', 0, None, None, 'kept.ended_on', False, 'ARRAY[kept.member_id, kept.by_id, kept.ended_by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
            WholePlace('concerns_concern', 'concerns', 36, 0, 0, 0, False, True, 'id', 0, None, None, 'kept.closed_on', False, 'ARRAY[]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
            WholePlace('concerns_concernseal', 'concerns', 36, 0, 0, 0, False, True, 'id', 1, 'concerns_concern', 'concern_id', '', False, 'ARRAY[(SELECT j0.member_id FROM public.concerns_keyholder j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.holder_id), kept.passed_on_by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
            WholePlace('concerns_concernmessage', 'concerns', 36, 0, 0, 0, False, True, 'id', 1, 'concerns_concern', 'concern_id', '', False, 'ARRAY[]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
            WholePlace('concerns_takenon', 'concerns', 36, 0, 0, 0, False, True, 'id', 1, 'concerns_concern', 'concern_id', '', False, 'ARRAY[kept.by_id, kept.chair_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
            WholePlace('concerns_concernpresence', 'concerns', 36, 0, 0, 0, False, True, 'id', 1, 'concerns_concern', 'concern_id', '', False, 'ARRAY[(SELECT j0.member_id FROM public.concerns_keyholder j0 WHERE j0.agency_id = kept.agency_id AND j0.id = kept.holder_id)]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('concern_reader', 'concerns_keyholder', 'id', 'ARRAY[kept.member_id, kept.by_id, kept.ended_by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
