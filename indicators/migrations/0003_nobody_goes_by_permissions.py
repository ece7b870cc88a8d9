from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('indicators', '0002_policies_have_their_own_table'),
    ]

    operations = [NoPermissions()]
