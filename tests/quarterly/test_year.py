"""A year on one page: what its Accounts told as they were released, and which quarters are open."""

from datetime import date

from time_machine import TimeMachineFixture

from accounts.models import Member, StandingKind
from foundation.addresses import at
from foundation.quarters import Quarter, before, quarter_of
from groups.models import Choice
from quarterly import actions
from quarterly.annual import annual, years
from quarterly.models import QuarterlyAccount
from quarterly.paper import report_as_pdf
from tests.cells.test_packet import bare, written
from tests.conftest import Enter, Login, assert_budget
from tests.quarterly.conftest import OPENING
from tests.quarterly.test_accounts import decided, released

__all__ = ["released"]


def test_nothing_is_told_before_an_account_is_out(
    released: QuarterlyAccount, manager: Member, login: Login
) -> None:
    agency, year = released.agency, released.since.year
    assert annual(agency, year, agency.today()) is None
    assert years(agency, agency.today()) == []
    client = login(manager)
    assert client.get(at(agency, "quarterly:year", year=year)).status_code == 404
    actions.reply(released, text="We hear you.", by=manager)
    assert client.get(at(agency, "quarterly:year", year=year)).status_code == 200
    for other in (1000, year - 1, 2999):
        assert client.get(at(agency, "quarterly:year", year=other)).status_code == 404


def test_everybody_reads_it_and_it_says_of_which_quarters_nothing_is_told(
    released: QuarterlyAccount, manager: Member, enter: Enter, login: Login
) -> None:
    agency = released.agency
    actions.reply(released, text="We hear you.", by=manager)
    report = annual(agency, released.since.year, agency.today())
    assert report is not None
    assert [each.account for each in report.quarters] == [released]
    first = quarter_of(date(released.since.year, 1, 1))
    untold = [each for each in quarters_from(first) if each.since != released.since]
    said = " ".join(report.gaps)
    for each in untold:
        assert (str(each) in said) == each.is_over(agency.today())
    assert ("The year is not over yet." in said) == any(
        not each.is_over(agency.today()) for each in untold
    )
    client = login(enter("Nia", StandingKind.PROVIDER))
    url = at(agency, "quarterly:year", year=report.year)
    page = client.get(url).text
    assert OPENING in page
    assert "We hear you." in page
    assert url in client.get(at(agency, "quarterly:accounts")).text
    assert_budget(client, url)
    paper = written(report_as_pdf(report, agency.name, compress=False))
    for line in (OPENING, "We hear you.", report.title, *report.gaps):
        assert bare(line) in paper
    file = client.get(at(agency, "quarterly:year_pdf", year=report.year))
    assert b"/StructTreeRoot" in file.content


def quarters_from(first: Quarter) -> list[Quarter]:
    found = [first]
    while len(found) < 4:
        found.append(quarter_of(found[-1].until))
    return found


def test_what_two_accounts_tell_stands_under_one_heading(
    released: QuarterlyAccount,
    manager: Member,
    committee_chair: Member,
    second_consumer: Member,
    time_machine: TimeMachineFixture,
) -> None:
    agency = released.agency
    actions.reply(released, text="", by=manager)
    # In April the quarter before is one of another year.
    other = before(quarter_of(released.since))
    draft = actions.begin_account(since=other.since, opening="We went on.", by=committee_chair)
    asked = actions.ask_consumers(draft, by=committee_chair)
    said = [(committee_chair, Choice.AGREE), (second_consumer, Choice.AGREE)]
    actions.reply(decided(asked, said, time_machine), text="", by=manager)
    told = years(agency, agency.today())
    assert told == sorted({released.since.year, other.since.year}, reverse=True)
    reports = [annual(agency, year, agency.today()) for year in told]
    openings = {each.shown.opening for report in reports if report for each in report.quarters}
    assert openings == {OPENING, "We went on."}
    for report in filter(None, reports):
        headings = [part.title for part in report.parts]
        assert len(headings) == len(set(headings)) == len(report.quarters[0].shown.parts)
