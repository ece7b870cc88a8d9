"""Sealed answers and codes go with their round; erasing finds nothing of a person in an invitation."""

from django.db import migrations

from foundation.wholes import OpenedToDestroying, WholePlace, Wholes

NO_LONGER_LISTED = """
DELETE FROM public.privacy_reach
    WHERE place = 'satisfaction_surveyinvitation' AND field = 'digest';
DELETE FROM public.privacy_wholeplace WHERE place = 'satisfaction_surveysheet';
"""


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0080_record_proofs"),
        ("satisfaction", "0003_sealed_answers"),
    ]

    operations = [
        migrations.RunSQL(NO_LONGER_LISTED, migrations.RunSQL.noop),
        OpenedToDestroying(
            "satisfaction_sealedanswer",
            "satisfaction_surveycode",
        ),
        Wholes(
            WholePlace('satisfaction_surveycode', 'surveys', 72, 0, 0, 0, False, True, 'id', 1, 'satisfaction_surveyround', 'round_id', '', False, 'ARRAY[]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
            WholePlace('satisfaction_sealedanswer', 'surveys', 72, 0, 0, 0, False, True, 'id', 1, 'satisfaction_surveyround', 'round_id', '', False, 'ARRAY[]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
    ]
