"""Words in the terms of a charter can be taken out like those of its text."""

from django.db import migrations

from foundation.reach import Reach, ReachedColumn


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0123_steps_of_the_committee"),
        ("documents", "0004_terms_of_a_charter"),
    ]

    operations = [
        Reach(
            *(
                ReachedColumn('documents_charterterms', column, 'id', 'documents_historicalcharterterms', None, None, False)
                for column in ('budget', 'disputes', 'grounds', 'powers')
            ),
        ),
    ]
