"""For indicator 4: everybody who takes part as a consumer was offered payment."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from compensation.offers.models import Offer
from compensation.policies import OFFER_DAYS, OFFER_WARNING
from groups.as_known import KnownSeat, known_seats
from indicators.foresight import foreseen
from indicators.registry import Criterion, Outcome, Settings, failed, no_data, passed


class EverybodyOffered(Criterion):
    """It counts nobody, so that it gives nobody away."""

    code = "offered"
    discreet = True
    title = _("Every consumer member was offered payment soon after being seated")
    todo = _("Adopt a plan, so that offers are made, and look at who has none.")
    messages = {
        "offered": _("Everybody who takes part as a consumer was offered payment."),
        "missing": _("Somebody who takes part as a consumer has waited too long for an offer."),
        "nobody": _("Nobody takes part as a consumer yet."),
    }
    where = "compensation:plan"

    def warning(self, settings: Settings) -> int:
        return settings.number(OFFER_WARNING)

    def evaluate(
        self, agencies: Sequence[int], on: date, settings: Mapping[int, Settings]
    ) -> dict[int, Outcome]:
        offers = Offer.objects.across(agencies).filter(on__lte=on)
        offered = set(offers.values_list("agency_id", "member_id"))
        seats: dict[int, list[tuple[KnownSeat, bool]]] = defaultdict(list)
        for seat in known_seats(agencies, on):
            if seat.is_consumer:
                known = (seat.agency_id, seat.member_id) in offered
                seats[seat.agency_id].append((seat, known))
        return {
            agency: foreseen(
                on,
                partial(self._outcome, seats[agency], settings[agency]),
                settings=settings[agency],
                turns={day for seat, _k in seats[agency] for day in (seat.since, seat.until)},
            )
            for agency in agencies
        }

    def _outcome(
        self, known: Sequence[tuple[KnownSeat, bool]], settings: Settings, on: date
    ) -> Outcome:
        """`known`: seats of consumers, and whether each holder has an offer."""
        held = [(seat, offered) for seat, offered in known if seat.holds(on)]
        if not held:
            return no_data("nobody")
        waiting = [seat.since for seat, offered in held if not offered]
        if not waiting:
            return passed("offered")
        days = settings.at(on).number(OFFER_DAYS)
        lapses = min(waiting) + timedelta(days=days + 1)
        return failed("missing") if on >= lapses else passed("offered", lapses=lapses)
