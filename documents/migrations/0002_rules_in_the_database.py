"""Rules that hold whatever writes: what is kept, what must agree, and who may do it."""

from django.db import migrations

from foundation import walls


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        walls.AppendOnly("Ratification", "Rating", "RatingItem"),
    ]
