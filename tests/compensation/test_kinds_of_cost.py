"""Miles are worth the rate of their day; other costs have a receipt, which few can see."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from PIL import Image

from accounts.models import Member
from compensation.claims import actions
from compensation.claims.models import Claim, CostKind, ReceiptMedia
from compensation.claims.receipts import KEPT_SIDE, receipt_of
from compensation.costs.models import Receipt
from compensation.plan.models import PlanVersion
from compensation.policies import MILE, mile_rate, mile_words
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from indicators import actions as settings
from notifications.waiting import waiting
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_reaching import on_paper
from tests.compensation.test_vouching import refusing, write
from tests.conftest import Login, assert_budget

__all__ = ["council", "earned", "meeting", "on_paper", "plan"]

SUMMER = date(2026, 7, 6)
WHERE = 0x8825  # The place in a photo's file.


def photo(size: tuple[int, int] = (60, 40), *, turned: bool = False) -> bytes:
    """A photo that tells where it was taken."""
    told = Image.Exif()
    told.get_ifd(WHERE)[1] = "N"
    told[0x010F] = "A phone of somebody"
    if turned:
        told[0x0112] = 6
    made = BytesIO()
    Image.new("RGB", size, "red").save(made, "JPEG", exif=told)
    return made.getvalue()


@pytest.fixture
def fare(consumer: Member, agency: Agency, plan: PlanVersion) -> Claim:
    return actions.claim_cost(
        member=consumer,
        amount=Decimal("3.50"),
        on=agency.today(),
        what_for="Bus",
        kind=CostKind.FARE,
        receipt=receipt_of(photo()),
        by=consumer,
    )


@pytest.fixture
def miles(consumer: Member, agency: Agency, plan: PlanVersion) -> Claim:
    return actions.claim_miles(
        member=consumer,
        miles=Decimal("12.4"),
        on=SUMMER,
        what_for="Home and back",
        comes_to=Decimal("8.99"),
        by=consumer,
    )


@pytest.mark.parametrize(
    ("on", "rate"),
    [(date(2025, 12, 31), "0.7"), (date(2026, 1, 1), "0.725"), (date(2024, 5, 1), None)],
)
def test_each_year_has_its_own_rate_for_a_mile(on: date, rate: str | None, agency: Agency) -> None:
    assert mile_rate(agency, on) == (None if rate is None else Decimal(rate))


def test_an_agency_enters_its_own_rate_from_a_day_on_and_the_next_year_again(
    administrator: Member, agency: Agency
) -> None:
    since = agency.today()
    settings.change_policy(MILE.code, value=650, since=since, reason="Board", by=administrator)
    assert mile_rate(agency, since) == Decimal("0.65")
    assert mile_rate(agency, date(since.year + 1, 1, 1)) is None
    assert (mile_words(Decimal("0.725")), mile_words(Decimal("0.7"))) == ("72.5 cents", "70 cents")


def test_administrators_enter_the_rate_of_a_year_before_it_begins(
    administrator: Member, payer: Member
) -> None:
    def asked(member: Member, day: date) -> list[str]:
        return [each.title for each in waiting(member, day) if "a mile" in each.title]

    assert asked(administrator, date(2026, 10, 31)) == []
    assert [title[-4:] for title in asked(administrator, date(2026, 11, 1))] == ["2027"]
    assert asked(payer, date(2026, 11, 1)) == []


def test_a_mile_is_asked_for_after_what_it_comes_to_was_seen(
    plan: PlanVersion, consumer: Member, agency: Agency, login: Login
) -> None:
    client, url = login(consumer), at(agency, "compensation:claim_cost")
    assert "?kind=miles" in client.get(url).text
    assert "72.5 cents" in client.get(f"{url}?kind=miles").text
    sent = {
        "submission": uuid4(),
        "kind": "miles",
        "what_for": "Home",
        "miles": "12.4",
        "on": SUMMER.isoformat(),
    }
    asked = client.post(url, sent)
    assert asked.status_code == 422
    assert "on" in asked.context["form"].far_from_usual
    sent |= {"on-sure": SUMMER.isoformat()}
    for seen in ({}, {"comes_to": "9.99"}):
        shown = client.post(url, sent | seen)
        assert shown.status_code == 200
        assert "$8.99" in shown.text
        assert not Claim.objects.within(agency).exists()
    for _click in range(2):
        assert client.post(url, sent | {"comes_to": "8.99"}).status_code == 302
    line = Claim.objects.within(agency).get()
    assert (line.amount, line.per_mile) == (Decimal("8.99"), Decimal("0.725"))
    assert (line.miles, line.cost) == (Decimal("12.4"), CostKind.MILES)


def test_miles_of_a_year_without_a_rate_are_not_asked_for(
    plan: PlanVersion, consumer: Member, agency: Agency, login: Login
) -> None:
    day = date(2024, 3, 1).isoformat()
    sent = {"submission": uuid4(), "kind": "miles", "what_for": "Home", "miles": "3", "on": day}
    answer = login(consumer).post(at(agency, "compensation:claim_cost"), sent | {"on-sure": day})
    assert "on" in answer.context["form"].errors
    with pytest.raises(ValidationError):
        actions.claim_miles(
            member=consumer,
            miles=Decimal(3),
            on=date(2024, 3, 1),
            what_for="Home",
            comes_to=Decimal("2.10"),
            by=consumer,
        )


def test_the_database_holds_miles_to_their_rate(miles: Claim, approver: Member) -> None:
    connection.check_constraints()
    for wrong in (
        {"amount": Decimal("9.00")},
        {"miles": Decimal("13.0")},
        {"per_mile": None},
        {"miles": None},
        {"cost": "fare", "miles": None, "per_mile": None, "no_receipt": "None"},
        {"cost": ""},
    ):
        with refusing("claim_miles_are_worth|does not change"):
            write(miles, **wrong)
    actions.approve([miles], by=approver, on=approver.agency.today())
    with refusing("does not change|was decided"):
        write(miles, miles=Decimal(10), amount=Decimal("7.25"))


def test_pay_has_no_kind_of_cost(earned: Claim) -> None:
    with refusing("claim_kind_of_cost|does not change"):
        write(earned, cost="fare", no_receipt="None")


def test_a_cost_has_a_receipt_or_a_reason(consumer: Member, agency: Agency, login: Login) -> None:
    with pytest.raises(Refused):
        actions.claim_cost(
            member=consumer, amount=Decimal(3), on=agency.today(), what_for="Bus", by=consumer
        )
    client, url = login(consumer), at(agency, "compensation:claim_cost")
    sent = {
        "submission": uuid4(),
        "kind": "fare",
        "what_for": "Bus",
        "amount": "3",
        "on": agency.today().isoformat(),
    }
    assert "receipt" in client.post(url, sent).context["form"].errors
    wrong = SimpleUploadedFile("r.jpg", b"<html><script>")
    assert "receipt" in client.post(url, sent | {"receipt": wrong}).context["form"].errors
    right = SimpleUploadedFile("r.jpg", photo())
    assert client.post(url, sent | {"receipt": right}).status_code == 302
    line = Claim.objects.within(agency).get()
    assert line.has_receipt
    assert line.receipts.get().by == consumer
    connection.check_constraints()


def test_a_cost_without_either_is_refused_by_the_database(fare: Claim) -> None:
    connection.check_constraints()
    with refusing("has no receipt"):
        fare.pk = None
        Claim.objects.within(fare.agency).bulk_create([fare])
        connection.check_constraints()


def test_nothing_but_the_picture_is_kept_of_a_photo() -> None:
    kept = receipt_of(photo((3000, 1200), turned=True))
    assert kept.media == ReceiptMedia.JPEG
    assert b"phone of somebody" not in kept.content
    with Image.open(BytesIO(kept.content)) as image:
        assert not image.getexif()
        assert image.height == KEPT_SIDE
        assert image.width < image.height
    clear = BytesIO()
    Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(clear, "PNG")
    with Image.open(BytesIO(receipt_of(clear.getvalue()).content)) as image:
        assert image.getpixel((15, 15)) == (255, 255, 255)
    assert receipt_of(b"%PDF-1.7 ...").media == ReceiptMedia.PDF
    for bad in (b"", b"GIF89a", photo()[:60], b"\x89PNG\r\n\x1a\n" + b"0" * 40):
        with pytest.raises(ValidationError):
            receipt_of(bad)


def test_a_receipt_is_seen_by_its_member_and_who_approves_or_pays(
    fare: Claim,
    consumer: Member,
    approver: Member,
    payer: Member,
    second_consumer: Member,
    facilitator: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    url = at(agency, "compensation:receipt", pk=fare.pk)
    for person in (consumer, approver, payer):
        answer = login(person).get(url)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
    for person in (second_consumer, facilitator, administrator):
        assert login(person).get(url).status_code == 404
    client, page = login(approver), at(agency, "compensation:payments")
    assert url in client.get(page).text
    assert_budget(client, page)
    assert url in login(consumer).get(at(agency, "compensation:my_payments")).text


def test_receipts_are_kept_as_they_were_sent(
    fare: Claim, miles: Claim, consumer: Member, approver: Member, agency: Agency
) -> None:
    connection.check_constraints()
    receipts = Receipt.objects.within(agency)
    with pytest.raises(DatabaseError), transaction.atomic():
        receipts.update(content=b"other")
    with pytest.raises(DatabaseError), transaction.atomic():
        receipts.all().delete()

    def send(claim: Claim, by: Member) -> None:
        receipts.create(claim=claim, content=b"x", media="application/pdf", by=by)

    with refusing("not of a cost"):
        send(miles, consumer)
    with refusing("not of a cost"):
        send(fare, approver)
    actions.approve([fare], by=approver, on=agency.today())
    with refusing("not of a cost"):
        send(fare, consumer)


def test_a_receipt_of_another_agency_is_refused(
    fare: Claim, outsider: Member, agency: Agency
) -> None:
    with refusing("not of a cost|row-level security|foreign key"):
        Receipt.objects.within(outsider.agency).create(
            claim_id=fare.pk, content=b"x", media="application/pdf", by=outsider
        )
        connection.check_constraints()
    with refusing("not of a cost|foreign key"):
        Receipt.objects.within(agency).create(
            claim=fare, content=b"x", media="application/pdf", by_id=outsider.pk
        )
        connection.check_constraints()


def test_a_question_is_answered_with_a_new_photo(
    consumer: Member, approver: Member, agency: Agency, login: Login
) -> None:
    line = actions.claim_cost(
        member=consumer,
        amount=Decimal(5),
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
    )
    assert "Lost" in login(approver).get(at(agency, "compensation:payments")).text
    actions.send_back(line, reason="Can you find it?", by=approver)
    url = at(agency, "compensation:claim_again", pk=line.pk)
    sent = {"submission": uuid4(), "what_for": "Bus", "amount": "5"}
    sent |= {"receipt": SimpleUploadedFile("r.jpg", photo())}
    assert login(consumer).post(url, sent).status_code == 302
    line.refresh_from_db()
    connection.check_constraints()
    assert line.has_receipt
    assert line.no_receipt == ""


def test_miles_are_corrected_at_the_rate_of_their_day(
    miles: Claim, consumer: Member, approver: Member, agency: Agency, login: Login
) -> None:
    actions.send_back(miles, reason="Both ways?", by=approver)
    client, url = login(consumer), at(agency, "compensation:claim_again", pk=miles.pk)
    sent = {"submission": uuid4(), "what_for": "Home", "miles": "10"}
    assert "$7.25" in client.post(url, sent).text
    assert client.post(url, sent | {"comes_to": "7.25"}).status_code == 302
    miles.refresh_from_db()
    assert miles.amount == Decimal("7.25")


def test_staff_ask_for_somebody_on_paper_and_never_see_the_receipt_again(
    plan: PlanVersion, on_paper: Member, facilitator: Member, agency: Agency, login: Login
) -> None:
    client = login(facilitator)
    url = at(agency, "compensation:claim_cost_for", pk=on_paper.pk)
    assert url in client.get(at(agency, "accounts:member", pk=on_paper.pk)).text
    sent = {
        "submission": uuid4(),
        "kind": "meal",
        "what_for": "Lunch",
        "amount": "9",
        "on": agency.today().isoformat(),
        "receipt": SimpleUploadedFile("r.pdf", b"%PDF-1.7"),
    }
    assert client.post(url, sent).status_code == 302
    line = Claim.objects.within(agency).get()
    assert (line.member, line.entered_by) == (on_paper, facilitator)
    assert client.get(at(agency, "compensation:receipt", pk=line.pk)).status_code == 404


def test_nobody_asks_for_somebody_who_can_sign_in(
    consumer: Member, facilitator: Member, agency: Agency, login: Login
) -> None:
    url = at(agency, "compensation:claim_cost_for", pk=consumer.pk)
    assert login(facilitator).get(url).status_code == 403
