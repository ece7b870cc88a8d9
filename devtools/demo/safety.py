"""Riverside's outside contacts, requests to be contacted, and people who are kept apart."""

from devtools.demo.story import BEGAN, Story
from safety.actions import ask_for_contact, enter_contact, finish, keep_apart, look
from safety.models import ApartReason, Call, ContactKind

RULE = (
    "Staff here must report at once when they have reason to believe that a child, or an adult who "
    "can’t protect themselves, is hurt, neglected or robbed. They call the hotline first and write "
    "within two days."
)
CONTACTS = (
    (ContactKind.OMBUDS, "Riverside County Ombuds, Mae Whitlock", "555-0142", "12 Court Street"),
    (ContactKind.ADVOCACY, "Disability Rights of our state", "555-0177", "rights.example.org"),
    (ContactKind.RIGHTS, "Rights officer, Ellis Crane", "555-0118", "40 Mill Road, second floor"),
    (ContactKind.REPORTING, "State protective services hotline", "555-0100", ""),
)


def write(story: Story) -> None:
    """All four contacts in the first days, two requests, two no-contact orders.

    Walter asks to be called, and is; Dolores is still waiting. Edie and Andre agreed not to meet
    here; of two others, only one was told that they are kept apart.
    """
    story.on(BEGAN - 2, _enter_contacts, story, hour=9)
    story.on(72, _ask, story, "walter", "femi", "Call me before lunch.", hour=10)
    story.on(71, _answer, story, hour=9)
    story.on(1, _ask, story, "dolores", "alice kofi", "After four, on my sister’s phone.", hour=11)
    story.on(20, _keep_apart, story, "edie andre", ApartReason.AGREEMENT, "edie andre", hour=9)
    story.on(13, _keep_apart, story, "mei hank", ApartReason.OTHER, "mei", hour=9)


def _enter_contacts(story: Story) -> None:
    for kind, name, phone, address in CONTACTS:
        enter_contact(
            by=story["ada"],
            kind=kind,
            name=name,
            phone=phone,
            address=address,
            rule=RULE if kind == ContactKind.REPORTING else "",
        )


def _ask(story: Story, by: str, chosen: str, how: str) -> None:
    ask_for_contact(by=story[by], chosen=story.everyone(chosen), how=how)


def _answer(story: Story) -> None:
    call = Call.objects.within(story.agency).get(done_on=None)
    finish(look(call, by=story["femi"]), by=story["femi"])


def _keep_apart(story: Story, both: str, reason: ApartReason, told: str) -> None:
    keep_apart(
        *story.everyone(both),
        reason=reason,
        since=story.agency.today(),
        known_to=story.everyone(told),
        by=story["ada"],
    )
