"""Claims are found by the day on which they were approved."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('compensation', '0070_questions_on_paper'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0015_since_when_a_meeting_has_its_date'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('approved_on__isnull', False)), fields=['agency', 'approved_on'], name='claim_approved_on'),
        ),
    ]
