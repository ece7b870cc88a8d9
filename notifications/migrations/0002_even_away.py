from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='email',
            name='even_away',
            field=models.BooleanField(db_default=False, default=False, help_text='Sent even to somebody who is away.'),
        ),
    ]
