"""Payments are listed by year, and lines that the daily limit cut are found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0013_ratified_before_it_is_in_force'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('before_cap__isnull', False)), fields=['agency', 'service_on'], name='claim_capped_on'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['agency', '-paid_on', '-id'], name='payment_day'),
        ),
    ]
