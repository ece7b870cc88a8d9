"""Lists of people for tests."""

from accounts.actions import lists
from accounts.lists.reading import read_rows, table_of_text
from accounts.models import Member, PeopleList
from safety.actions import enter_contact
from safety.models import ContactKind


def with_contacts(administrator: Member) -> None:
    """Enter the outside contacts, without which no list is taken."""
    for kind in ContactKind:
        enter_contact(
            by=administrator, kind=kind, name="Made-up Office", phone="555 0100", rule="Call first."
        )


def bring(text: str, by: Member) -> PeopleList:
    """Upload pasted text whose columns are clear."""
    table = table_of_text(text)
    assert not table.asks, table.columns
    return lists.take_list(read_rows(table, table.meaning), by=by)


def invite(people: PeopleList, by: Member) -> PeopleList:
    return lists.invite_list(people, version=people.version, by=by)


def outcomes(people: PeopleList, by: Member) -> list[str]:
    return [each.outcome.value for each in lists.planned(people, by)]


def many(count: int, first: int = 0) -> str:
    """A list of this many different people, by e-mail and by letter in turns."""
    names = [f"Person{chr(97 + at % 26)} Number{at}" for at in range(first, first + count)]
    return "Name,E-mail,Phone\n" + "".join(
        f"{name},{f'p{at}@home.example' if at % 2 else ''},503-55{at:05d}\n"
        for at, name in enumerate(names, start=first)
    )
