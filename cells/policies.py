"""Policy numbers of cells."""

from decimal import Decimal

# A number so many times the highest result, or so small a part of the lowest, is asked about.
FAR_FROM_PAST = Decimal(3)
# How many results there must be before one can be far from them, and how many are looked at.
ENOUGH_PAST = 4
PAST_LOOKED_AT = 36
