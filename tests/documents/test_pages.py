from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Member, StandingKind
from documents import actions
from documents.checklists import CHECKLISTS
from documents.models import DocumentKind, Rating, Version
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from groups.models import Decision, Group
from tests.conftest import Login, assert_budget
from tests.documents.conftest import Adopt, Put, Rate, send

MISSION = CHECKLISTS[DocumentKind.MISSION]


def test_a_mission_from_the_first_words_to_in_force(
    agency: Agency,
    committee: Group,
    board: Group,
    administrator: Member,
    consumer: Member,
    adopt: Adopt,
    login: Login,
) -> None:
    client = login(administrator)
    url = at(agency, "documents:document", kind="mission")
    assert "Not adopted yet" in client.get(url).content.decode()
    answer = send(client, at(agency, "documents:draft", kind="mission"), text="We trust in hope.")
    version = Version.objects.within(agency).get()
    assert answer["Location"] == at(agency, "documents:version", pk=version.pk)
    answer = send(client, at(agency, "documents:propose", pk=version.pk))
    assert answer.status_code == 302
    asked = Decision.objects.within(agency).filter(subject_type="document_version")
    assert asked.count() == 2
    adopt(version)
    page = login(consumer).get(url).content.decode()
    assert "We trust in hope." in page
    assert "Version 1 is in force since" in page


def test_a_draft_is_seen_only_by_those_who_write_drafts(
    agency: Agency, administrator: Member, facilitator: Member, consumer: Member, login: Login
) -> None:
    version = actions.draft(DocumentKind.MISSION, text="A secret hope.", by=administrator)
    pages = ["version", "print_version", "edit", "propose", "rate"]
    client = login(consumer)
    for name in pages:
        hidden = client.get(at(agency, f"documents:{name}", pk=version.pk))
        absent = client.get(at(agency, f"documents:{name}", pk=987654321))
        assert (hidden.status_code, absent.status_code) == (404, 404)
    for url in (
        at(agency, "documents:list"),
        at(agency, "documents:document", kind="mission"),
        at(agency, "documents:compare", kind="mission"),
    ):
        page = client.get(url).content.decode()
        assert "secret" not in page
        assert "ersion 1" not in page
    assert (
        "A secret hope."
        in login(facilitator).get(at(agency, "documents:version", pk=version.pk)).content.decode()
    )


def test_unknown_documents_are_not_found(
    agency: Agency, administrator: Member, login: Login
) -> None:
    client = login(administrator)
    for name in ("document", "draft", "compare"):
        assert client.get(at(agency, f"documents:{name}", kind="bylaws")).status_code == 404


def _filled(**changes: object) -> dict[str, object]:
    data: dict[str, object] = {}
    for item in MISSION:
        data |= {f"{item.code}_present": "yes", f"{item.code}_words": f"our {item.code}"}
    return {**data, **changes}


def found(client: Client, version: Version) -> list[tuple[bool, str, tuple[str, ...]]]:
    """What the page says of each item: found or not, by how many, in which words."""
    url = at(version.agency, "documents:version", pk=version.pk)
    checked = client.get(url).context["checked"]
    return [(each["present"], str(each["found_by"]), each["words"]) for each in checked]


def test_two_raters_do_not_tell_each_others_answer(
    put: Put, rate: Rate, consumer: Member, provider: Member, login: Login
) -> None:
    version = put()
    rate(version, consumer, without="hope")
    rate(version, provider)
    for rater in (consumer, provider):
        assert found(login(rater), version) == []


def test_no_two_looks_differ_by_one_rater(
    put: Put,
    rate: Rate,
    consumer: Member,
    provider: Member,
    enter: Callable[..., Member],
    login: Login,
) -> None:
    version = put()
    consumers = [enter(f"Person {number}", StandingKind.PRIMARY_CONSUMER) for number in range(8)]
    # Somebody looks before each rating; the page changes only after five new ones.
    looks = []
    for number, rater in enumerate([provider, consumer, *consumers]):
        rate(version, rater, without="hope" if number > 4 else "")
        looks.append(found(login(provider), version))
    # Somebody who rates again does not stand out either.
    rate(version, consumer, without="respect")
    looks.append(found(login(provider), version))
    changed = [number for number, look in enumerate(looks) if number and look != looks[number - 1]]
    assert changed == [4, 9]


def test_what_was_found_names_nobody_and_never_says_that_all_did(
    put: Put,
    consumer: Member,
    provider: Member,
    manager: Member,
    enter: Callable[..., Member],
    rate: Rate,
    login: Login,
) -> None:
    version = put()
    consumers = [enter(f"Person {number}", StandingKind.PRIMARY_CONSUMER) for number in range(3)]
    for rater in (consumer, provider, *consumers):
        rate(version, rater)
    content = login(manager).get(at(version.agency, "documents:version", pk=version.pk))
    text = content.content.decode()
    assert "“the words for hope”" in text
    assert consumer.display_name not in text
    assert provider.display_name not in text
    assert {share for _present, share, _words in found(login(manager), version)} == {"most of 5"}


def test_a_rating_is_sent_on_its_page(put: Put, consumer: Member, login: Login) -> None:
    version = put()
    rate = at(version.agency, "documents:rate", pk=version.pk)
    assert send(login(consumer), rate, **_filled()).status_code == 302
    assert Rating.objects.within(version.agency).get().items.filter(present=True).count() == 8


def test_who_takes_part_as_more_than_one_chooses(
    put: Put, enter: Callable[..., Member], login: Login
) -> None:
    version = put()
    both = enter("Bo", StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER)
    client, url = login(both), at(version.agency, "documents:rate", pk=version.pk)
    assert send(client, url, **_filled()).status_code == 422
    assert send(client, url, **_filled(standing="manager")).status_code == 422
    assert send(client, url, **_filled(standing="primary_consumer")).status_code == 302
    assert Rating.objects.within(version.agency).get().standing == StandingKind.PRIMARY_CONSUMER


LONG = "x" * 30_000


@pytest.mark.parametrize(
    "changes",
    [
        {"hope_present": ""},
        {"hope_present": "perhaps"},
        {"hope_words": "   "},
        {"hope_words": LONG},
        {"hope_words": "a\x00b"},
    ],
)
def test_a_rating_with_something_wrong_says_so_and_writes_nothing(
    changes: dict[str, object], put: Put, consumer: Member, login: Login
) -> None:
    version = put()
    url = at(version.agency, "documents:rate", pk=version.pk)
    answer = send(login(consumer), url, **_filled(**changes))
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert login(consumer).post(url, {}).status_code == 422
    assert not Rating.objects.within(version.agency).exists()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("mission", {"text": ""}),
        ("mission", {"text": "  "}),
        ("mission", {"text": LONG}),
        ("process", {"text": "Ask", "form": "chart", "text_equivalent": ""}),
        ("process", {"text": "Ask", "form": "poem"}),
        ("process", {"text": "Ask", "form": "narrative", "text_equivalent": LONG}),
    ],
)
def test_a_draft_with_something_wrong_says_so_and_writes_nothing(
    kind: str, data: dict[str, object], agency: Agency, administrator: Member, login: Login
) -> None:
    client, url = login(administrator), at(agency, "documents:draft", kind=kind)
    answer = send(client, url, **data)
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert client.post(url, {}).status_code == 422
    assert not Version.objects.within(agency).exists()


def test_a_draft_changed_meanwhile_is_shown_not_overwritten(
    agency: Agency, administrator: Member, facilitator: Member, login: Login
) -> None:
    version = actions.draft(DocumentKind.MISSION, text="Hope.", by=administrator)
    actions.edit(version, text="Theirs.", form="narrative", text_equivalent="", by=facilitator)
    url = at(agency, "documents:edit", pk=version.pk)
    answer = send(login(administrator), url, text="Mine.", version=1)
    assert answer.status_code == 422
    assert "Somebody changed this" in answer.content.decode()
    version.refresh_from_db()
    assert version.text == "Theirs."


def test_two_versions_are_compared(
    put: Put, adopt: Adopt, consumer: Member, outsider: Member, login: Login
) -> None:
    old, new = adopt(put()), adopt(put(text="We trust in people."))
    client, url = login(consumer), at(old.agency, "documents:compare", kind="mission")
    page = client.get(f"{url}?old={code_of(old)}&new={code_of(new)}").content.decode()
    assert "hope.</del>" in page
    assert "people.</ins>" in page
    for query in ("?old=&new=", "?old=x&new=y", f"?old={code_of(old)}&new=987654321"):
        assert client.get(url + query).status_code in {200, 422}


def test_whoever_may_not_write_is_told_why(put: Put, consumer: Member, login: Login) -> None:
    version = put()
    client = login(consumer)
    for url in (
        at(version.agency, "documents:draft", kind="mission"),
        at(version.agency, "documents:edit", pk=version.pk),
        at(version.agency, "documents:propose", pk=version.pk),
    ):
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 403


@pytest.mark.parametrize("page", ["list", "document", "version", "rate", "print_version"])
def test_pages_ask_as_many_queries_with_twice_the_rows(
    page: str,
    put: Put,
    adopt: Adopt,
    rate: Rate,
    consumer: Member,
    provider: Member,
    manager: Member,
    administrator: Member,
    login: Login,
) -> None:
    adopt(put())
    version = adopt(put(DocumentKind.PROCESS))
    url = {
        "list": at(version.agency, "documents:list"),
        "document": at(version.agency, "documents:document", kind="process"),
    }.get(page) or at(version.agency, f"documents:{page}", pk=version.pk)
    for member in (consumer, provider):
        rate(version, member)
    client = login(administrator)
    administrator.standings.create(
        agency=version.agency, kind=StandingKind.OTHER, since=version.drafted_on
    )
    first = assert_budget(client, url)
    rate(version, manager)
    for text in ("Two.", "Three."):
        adopt(put(DocumentKind.PROCESS, text=text))
    assert assert_budget(client, url) == first


def test_paper_shows_the_words_and_their_version(
    put: Put, adopt: Adopt, consumer: Member, login: Login
) -> None:
    version = adopt(put())
    url = at(version.agency, "documents:print_version", pk=version.pk)
    page = login(consumer).get(url).content.decode()
    assert "We trust in hope." in page
    assert "Version 1" in page
