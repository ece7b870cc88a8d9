"""A closed review keeps the newest head of the record."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_time_away'),
        ('foundation', '0004_an_agency_begins_once'),
        ('indicators', '0003_marks_by_indicator'),
        ('oversight', '0002_rules_in_the_database'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalreview',
            name='sealed_day',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalreview',
            name='sealed_digest',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='review',
            name='sealed_day',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='review',
            name='sealed_digest',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed_day', None), ('sealed_digest', '')), models.Q(('sealed_day__isnull', False), ('sealed_digest__regex', '^[0-9a-f]{64}$'), ('status', 'closed')), _connector='OR'), name='review_sealed_when_closed'),
        ),
    ]
