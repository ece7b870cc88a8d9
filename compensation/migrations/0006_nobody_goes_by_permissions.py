from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('compensation', '0005_nothing_for_who_was_erased'),
    ]

    operations = [NoPermissions()]
