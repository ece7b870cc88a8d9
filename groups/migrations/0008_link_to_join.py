from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_lists_of_people_are_reached'),
        ('foundation', '0004_an_agency_begins_once'),
        ('groups', '0007_guests_of_meetings'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalmeeting',
            name='remote_link',
            field=models.URLField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='meeting',
            name='remote_link',
            field=models.URLField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('remote_link', ''), ('remote_link__startswith', 'https://'), _connector='OR'), name='meeting_remote_link'),
        ),
    ]
