"""An index for Django; import the models from their domains, not from here."""

from compensation.advances import models as advances
from compensation.budget import models as budget
from compensation.claims import models as claims
from compensation.costs import models as costs
from compensation.deputies import models as deputies
from compensation.employment import models as employment
from compensation.ledger import models as ledger
from compensation.offers import models as offers
from compensation.other_work import models as other_work
from compensation.parts import models as parts
from compensation.payees import models as payees
from compensation.payments import models as payments
from compensation.periods import models as periods
from compensation.plan import models as plan
from compensation.questions import models as questions
from compensation.receiving import models as receiving
from compensation.same_day import models as same_day
from compensation.special import models as special
from compensation.taxforms import models as taxforms

__all__ = [
    "advances",
    "budget",
    "claims",
    "costs",
    "deputies",
    "employment",
    "ledger",
    "offers",
    "other_work",
    "parts",
    "payees",
    "payments",
    "periods",
    "plan",
    "questions",
    "receiving",
    "same_day",
    "special",
    "taxforms",
]
