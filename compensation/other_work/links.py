"""Links to other work, for the member it pays and for those who see payments."""

from compensation.offers.links import of_money
from compensation.other_work.models import OtherWork
from foundation import links

links.register_named("other_work", of_money(OtherWork))
