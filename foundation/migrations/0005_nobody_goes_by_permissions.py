from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('foundation', '0004_attempts'),
    ]

    operations = [NoPermissions()]
