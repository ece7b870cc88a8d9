"""Open payment runs and differing money are found without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0066_pay_in_parts'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='dayfund',
            index=models.Index(condition=models.Q(('difference_reason', ''), _negated=True), fields=['agency', '-id'], name='day_fund_differing'),
        ),
        migrations.AddIndex(
            model_name='paymentrun',
            index=models.Index(condition=models.Q(('dropped_on', None), ('released_on', None)), fields=['agency', '-id'], name='payment_run_open'),
        ),
    ]
