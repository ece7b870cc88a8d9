"""Words in the steps of a process can be taken out like those of its text."""

from django.db import migrations

from foundation.reach import Reach, ReachedColumn


# fmt: off
class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0111_quarterly_accounts"),
        ("documents", "0003_steps_of_a_process"),
    ]

    operations = [
        Reach(
            *(
                ReachedColumn('documents_processstep', column, 'id', 'documents_historicalprocessstep', None, None, False)
                for column in ('name', 'who_decides', 'consumers', 'feedback', 'appeal', 'measure')
            ),
        ),
    ]
