"""Notes about forms W-9 are kept as records of pay, and go as wholes."""

from django.db import migrations

from foundation.out_of_use import ListedSubject, Subjects
from foundation.wholes import OpenedToDestroying, WholePlace, Wholes


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0050_money_for_meetings"),
        ("compensation", "0050_tax_forms"),
    ]

    operations = [
        OpenedToDestroying(
            "compensation_taxformnote",
        ),
        Wholes(
            WholePlace('compensation_taxformnote', 'pay', 84, 0, 48, 0, True, True, 'id', 0, None, None, 'kept.on', False, 'ARRAY[kept.member_id, kept.by_id]::bigint[]', 'ARRAY[]::bigint[]', None, '', None, None, 'false'),
        ),
        Subjects(
            ListedSubject('tax_form_note', 'compensation_taxformnote', 'id', 'ARRAY[kept.member_id, kept.by_id]::bigint[]', 'ARRAY[]::bigint[]'),
        ),
    ]
