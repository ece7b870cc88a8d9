from django.db import migrations

from foundation.walls import NoPermissions


class Migration(migrations.Migration):
    dependencies = [
        ('accounts', '0009_no_two_read_the_same'),
    ]

    operations = [NoPermissions()]
