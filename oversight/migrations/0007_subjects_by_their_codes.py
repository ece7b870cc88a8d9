"""A decision about a pause says so by the code of pauses."""

from importlib import import_module

from django.db import migrations

former = import_module("oversight.migrations.0005_pauses_prolonged_by_the_committee").PROLONGED
FORMER = former.partition("DROP TRIGGER")[0]
PROLONGED = FORMER.replace("'accounts.pause'", "'pause'")


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0018_subjects_by_their_codes"),
        ("oversight", "0006_nobody_goes_by_permissions"),
    ]

    operations = [migrations.RunSQL(PROLONGED, FORMER)]
