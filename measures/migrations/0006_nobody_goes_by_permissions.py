from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('measures', '0005_policies_of_their_own'),
    ]

    operations = [NoPermissions()]
