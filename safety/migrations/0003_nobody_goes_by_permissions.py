from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('safety', '0002_two_who_must_not_meet'),
    ]

    operations = [NoPermissions()]
