"""A committee with readers of concerns, their codes, and concerns that were sent to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Member, StandingKind
from concerns import eligible
from concerns.actions import readers as becoming
from concerns.actions import together, writing
from concerns.eligible import holding
from concerns.locking import ReceiptKeys, new_receipt, receipt_keys
from concerns.models import Concern, ConcernSeal, KeyHolder
from concerns.policies import OPEN
from concerns.rules import OpenKey
from devtools import seating
from devtools.states import state
from foundation.models import Agency
from groups import actions as groups
from groups.models import Group, GroupKind, Office
from safety.actions import enter_contact
from safety.models import ContactKind
from tests.conftest import Enter

SAID = "They cut my hours after I spoke up about the van."
OUTSIDE = (
    (ContactKind.OMBUDS, "County Ombuds, Mae Whitlock", "555-0142"),
    (ContactKind.ADVOCACY, "Disability Rights", "555-0177"),
    (ContactKind.RIGHTS, "Rights officer, Ellis Crane", "555-0118"),
)


@dataclass
class CodedReader:
    """A reader with the code that only they have."""

    member: Member
    code: str

    @property
    def holder(self) -> KeyHolder:
        found = holding(self.member)
        assert found is not None
        return found

    def key(self) -> OpenKey:
        """The key as it is after the code was entered."""
        private = becoming.open_private_key(self.holder, self.code, by=self.member)
        return OpenKey(self.holder, private, timezone.now() + OPEN.span)

    def seal(self, concern: Concern) -> ConcernSeal:
        seals = ConcernSeal.objects.within(self.member.agency).select_related("holder", "concern")
        return seals.get(concern=concern, holder=self.holder)

    def comes(self, concern: Concern) -> OpenKey:
        """Enter the code and be there for this concern."""
        key = self.key()
        together.be_present(self.seal(concern), key=key, by=self.member)
        return key


@dataclass
class SentConcern:
    """A concern and the receipt that only its writer has."""

    concern: Concern
    keys: ReceiptKeys


Send = Callable[..., SentConcern]


@state
def outside(agency: Agency, administrator: Member) -> None:
    for kind, name, phone in OUTSIDE:
        enter_contact(by=administrator, kind=kind, name=name, phone=phone)


@state
def committee_group(
    agency: Agency, administrator: Member, committee_chair: Member, long_ago: date
) -> Group:
    group = groups.open_group(
        agency, kind=GroupKind.COMMITTEE, name="Oversight committee", by=administrator, on=long_ago
    )
    seating.seat(
        group,
        committee_chair,
        standing=StandingKind.PRIMARY_CONSUMER,
        office=Office.CHAIR,
        since=long_ago,
        by=administrator,
    )
    return group


def _seated(group: Group, member: Member, since: date, by: Member) -> Member:
    standing = StandingKind.PRIMARY_CONSUMER
    seating.seat(group, member, standing=standing, since=since, by=by)
    return member


@state
def dana(committee_group: Group, enter: Enter, administrator: Member, long_ago: date) -> Member:
    member = enter("Dana", StandingKind.PRIMARY_CONSUMER)
    return _seated(committee_group, member, long_ago, administrator)


@state
def luis(committee_group: Group, enter: Enter, administrator: Member, long_ago: date) -> Member:
    member = enter("Luis", StandingKind.PRIMARY_CONSUMER)
    return _seated(committee_group, member, long_ago, administrator)


@state
def nia(committee_group: Group, enter: Enter, administrator: Member, long_ago: date) -> Member:
    """A consumer of the committee whom nobody asked to read."""
    member = enter("Nia", StandingKind.PRIMARY_CONSUMER)
    return _seated(committee_group, member, long_ago, administrator)


def coded(member: Member, by: Member) -> CodedReader:
    """Ask somebody to read, and let them begin."""
    day = by.agency.today() - timedelta(days=30)
    holder = becoming.ask_to_read(member, trained_on=day, by=by)
    return CodedReader(member, becoming.begin_reading(holder, by=member))


@state
def readers(
    outside: None, committee_chair: Member, dana: Member, luis: Member
) -> tuple[CodedReader, CodedReader, CodedReader]:
    """Chidi, Dana and Luis, each asked by another."""
    chidi = coded(committee_chair, dana)
    return chidi, coded(dana, committee_chair), coded(luis, committee_chair)


@pytest.fixture
def send(agency: Agency) -> Send:
    def sent(text: str = SAID, **given: object) -> SentConcern:
        keys = receipt_keys(new_receipt())
        shown = eligible.readers(agency, agency.today())
        writing.write(agency, keys=keys, text=text, to=shown, **given)  # type: ignore[arg-type]
        return SentConcern(Concern.objects.within(agency).get(receipt=keys.name), keys)

    return sent


@pytest.fixture
def send_concern(send: Send) -> Send:
    """The same, for modules whose `send` sends a form."""
    return send
