from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('dialogues', '0004_who_reads_and_clocks'),
    ]

    operations = [NoPermissions()]
