"""The demo people a visitor can sign in as, and what each of them sees."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Persona:
    """One of the demo's people; `sign_in` is their e-mail address or member name."""

    key: str
    shown: str
    role: str
    sees: str
    sign_in: str = ""

    @property
    def signs_in_by(self) -> str:
        return self.sign_in or f"{self.key}@riverside.example"


PERSONAS = (
    Persona(
        "rosa",
        "Rosa",
        "uses services, takes part in a cell",
        "A vote waits for her. One of her ideas is under way, and she sees what came of another.",
    ),
    Persona(
        "walter",
        "Walter",
        "uses services, signs in with a member name",
        "He has no e-mail: his words were entered from paper. There is a question about his taxi, "
        "and somebody asks him to step in.",
        "walter.brandt",
    ),
    Persona(
        "mei",
        "Mei",
        "uses services, new",
        "She has not yet chosen whether she wants to be paid. A decision, new ground rules and the "
        "offer of a seat wait for her.",
    ),
    Persona(
        "june",
        "June O.",
        "uses services, chairs the oversight committee",
        "An answer of management waits to be judged, a new charter to be decided on. A review is "
        "under way, and somebody wants their words back. She reads concerns: her reading code is "
        "1234 5678 1234 5678, the code of the person who wrote CQRN-CQRN-CQRN-CQRN.",
    ),
    Persona(
        "nadia",
        "Nadia",
        "uses services, leads a dialogue with somebody of the staff",
        "Her dialogue goes on: its sessions, what people said, what they heard in it.",
    ),
    Persona(
        "luis",
        "Luis",
        "family member, chairs a council with another",
        "The council that lacks people who use services: two were asked. A dialogue for families. "
        "Words of his were set aside: he can read why, and appeal.",
    ),
    Persona(
        "dan",
        "Dan",
        "front-line staff",
        "He once objected to a proposal, and it was changed. His steps are in a plan.",
    ),
    Persona(
        "femi",
        "Femi",
        "facilitator",
        "Runs cells and dialogues. A theme waits for what becomes of it, a vote to be closed, "
        "numbers for their month.",
    ),
    Persona(
        "alice",
        "Alice",
        "facilitator",
        "Her cell’s measure shows no change yet. People there decide on what to try next. "
        "Somebody asks her to call.",
    ),
    Persona(
        "ada",
        "Ada",
        "administrator",
        "People, roles, the terms of the indicators, a draft of the payment plan, and all that was "
        "done.",
    ),
    Persona(
        "aaron",
        "Aaron",
        "approves payments",
        "Time that was given lately waits to be approved, with a cost and a correction.",
    ),
    Persona("paula", "Paula", "pays", "What was approved waits to be paid."),
    Persona(
        "mona",
        "Mona",
        "answers for management",
        "One recommendation of the committee waits for an answer.",
    ),
    Persona("bernice", "Bernice", "chairs the board", "The board decides on a new charter."),
)


def persona(key: str) -> Persona | None:
    return next((each for each in PERSONAS if each.key == key), None)
