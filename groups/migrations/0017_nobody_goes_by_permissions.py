from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('groups', '0016_zone_changes'),
    ]

    operations = [NoPermissions()]
