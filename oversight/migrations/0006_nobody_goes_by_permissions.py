from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('oversight', '0005_pauses_prolonged_by_the_committee'),
    ]

    operations = [NoPermissions()]
