"""Lines are found by the day of the work, so that a year is read without all years."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0032_paid_in_advance'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['agency', 'service_on'], name='claim_service_on'),
        ),
    ]
