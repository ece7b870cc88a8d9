"""What goes into the packet: what anybody in the program may read, whoever takes it.

It leaves the agency. So nothing in it is told by the rights of its taker: everything is asked as a
member without a role would ask, who sees no standing, and counts of people only where enough stand
behind them. No file names a person.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reportlab.platypus import Flowable

from cells.overview.packet import fonts
from cells.overview.packet.paper import printed, text
from documents.force import review_by
from documents.models import DocumentKind, Ratification, Version
from documents.policies import REVIEW
from documents.steps import whole
from evidence.presenting import spoken
from evidence.reading import newest
from foundation import policies, spreadsheets
from foundation.models import Agency, PolicyChange
from foundation.presenting import written
from foundation.quarters import words
from groups.models import Decision, DecisionStatus, GroupKind, Motion
from indicators.terms import terms
from oversight.minutes_readers import published
from oversight.models import (
    ANSWERS,
    ApprovedMinutes,
    CommitteeStep,
    Finding,
    ManagementAnswer,
    ManagementResponse,
    MinutesAddendum,
    Recommendation,
    Review,
    ReviewStatus,
)
from quarterly import paper as account_paper
from quarterly.presenting import shown
from quarterly.reading import readable
from satisfaction.results import SurveyResult, trend
from surveyors.dashboard import anybody, as_pdf, months_rows, sheets

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class PacketFile:
    """A file: its path in the packet, what it is, and its bytes."""

    path: str
    title: str
    content: bytes


@dataclass(frozen=True)
class PacketPart:
    """A part of the packet; `files` makes its files, none while there is nothing to show."""

    code: str
    title: "StrPromise"
    files: Callable[[Agency], Iterable[PacketFile]]


def _table(path: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> PacketFile:
    return PacketFile(path, title, spreadsheets.written([head, *rows]).encode("utf-8-sig"))


def _document(kind: DocumentKind) -> Callable[[Agency], Iterator[PacketFile]]:
    def files(agency: Agency) -> Iterator[PacketFile]:
        rows = Version.objects.within(agency).of(kind).in_force(agency.today())
        for version in rows.select_related("document"):
            version.agency = agency
            content = printed(
                _read_out(version, kind),
                title=str(kind.label),
                foot=f"{agency.name}, {kind.label}",
                author=agency.name,
            )
            yield PacketFile(f"documents/{kind}.pdf", str(kind.label), content)

    return files


def _read_out(version: Version, kind: DocumentKind) -> Iterator[Flowable]:
    yield text(str(kind.label), fonts.TITLE)
    assert version.in_force_on is not None
    yield text(
        _("Version %(number)d, in force since %(day)s")
        % {"number": version.number, "day": date_format(version.in_force_on, "F j, Y")},
        fonts.LEAD,
    )
    agreed = Ratification.objects.within(version.agency).filter(version=version).order_by("on")
    for each in agreed.select_related("group"):
        yield text(
            _("Adopted on %(day)s by: %(body)s")
            % {"day": date_format(each.on, "F j, Y"), "body": each.group.name}
        )
    months = REVIEW[kind].value(version.agency, version.agency.today())
    if due := review_by(version, months):
        yield text(_("To be reviewed by %(day)s") % {"day": date_format(due, "F j, Y")})
    yield text(_("The text"), fonts.HEADING)
    for paragraph in filter(None, (each.strip() for each in whole(version).split("\n\n"))):
        yield text(paragraph)


def _dashboard(agency: Agency) -> Iterator[PacketFile]:
    yield PacketFile(
        "indicators/dashboard.pdf", _("How the program is doing"), as_pdf(anybody(agency))
    )


def _months(agency: Agency) -> Iterator[PacketFile]:
    head, *rows = months_rows(sheets(anybody(agency)))
    yield _table("indicators/months.csv", _("The indicators month by month"), head, rows)


def _settings(agency: Agency) -> Iterator[PacketFile]:
    changes, today = list(PolicyChange.objects.within(agency).newest_first()), agency.today()
    titles = policies.areas()
    rows = []
    for each in terms(policies.registered(), changes, today):
        area = str(titles.get(each.area, each.area))
        rows.append([area, each.title, each.value, each.since or _("from the beginning"), ""])
        rows += [
            [area, each.title, change.value, change.since, change.reason]
            for change in each.changes
            if change.since != each.since
        ]
    head = ["about", "setting", "value", "since", "reason of an earlier or planned value"]
    yield _table("indicators/settings.csv", _("The settings and their changes"), head, rows)


def _reviews(agency: Agency) -> Iterator[PacketFile]:
    closed = Review.objects.within(agency).filter(status=ReviewStatus.CLOSED)
    found = Finding.objects.within(agency).filter(review__in=closed).select_related("review")
    rows = [
        [
            words(each.review.since, each.review.until),
            each.review.closed_on,
            each.indicator,
            each.get_kind_display(),
            each.text,
        ]
        for each in found.order_by("review__since", "pk")
    ]
    head = ["period", "closed on", "indicator", "kind", "finding"]
    if rows:
        yield _table("committee/reviews.csv", _("What the committee found"), head, rows)


def _recommendations(agency: Agency) -> Iterator[PacketFile]:
    public = Recommendation.objects.within(agency).public()
    answers: dict[int, ManagementResponse] = {
        each.recommendation_id: each
        for each in ManagementResponse.objects.within(agency)
        .filter(recommendation__in=public, answer__in=ANSWERS)
        .order_by("pk")
    }
    rows = []
    for each in public.order_by("year", "serial"):
        answer = answers.get(each.pk)
        said: list[Any] = [""] * 5
        if answer is not None:
            word = str(ManagementAnswer(answer.answer).label)
            said = [answer.given_on, word, answer.reason, answer.actions, answer.actions_by or ""]
        rows.append(
            [
                *(each.number, each.title, each.text, each.made_on, each.due),
                *said,
                *(each.get_status_display(), each.closed_on or "", each.evidence),
            ]
        )
    head = [
        *("number", "title", "text", "asked on", "to be done by"),
        *("answered on", "answer", "reason", "plan", "planned by"),
        *("status", "closed on", "what shows that it was done"),
    ]
    if rows:
        title = _("What the committee recommended, and what came of it")
        yield _table("committee/recommendations.csv", title, head, rows)


def _decisions(agency: Agency) -> Iterator[PacketFile]:
    """What was decided about the program; who was to have which seat names people.

    What it recommended and judged stands with the recommendations, without who is in charge.
    """
    decisions = Decision.objects.within(agency).filter(
        group__kind=GroupKind.COMMITTEE, status=DecisionStatus.ADOPTED, kept_inside=False
    )
    rows = decisions.exclude(Exists(Motion.objects.within(agency).filter(decision=OuterRef("pk"))))
    rows = rows.exclude(subject_type=CommitteeStep.subject_code)
    lines = [
        [each.decided_on, each.title, each.text, each.get_way_display(), each.outcome]
        for each in rows.order_by("decided_on", "pk")
    ]
    if lines:
        head = ["decided on", "title", "text", "way", "what came of it"]
        yield _table("committee/decisions.csv", _("What the committee decided"), head, lines)


def _minutes(agency: Agency) -> Iterator[PacketFile]:
    """What everybody in the program may read of the committee's minutes, with what was added."""
    rows = list(
        published(agency, agency.today())
        .select_related("meeting")
        .prefetch_related(Prefetch("addenda", MinutesAddendum.objects.within(agency)))
        .order_by("meeting__on", "pk")
    )
    if rows:
        title = _("Minutes of the committee")
        foot = f"{agency.name}, {title}"
        content = printed(_read_minutes(rows), title=title, foot=foot, author=agency.name)
        yield PacketFile("committee/minutes.pdf", title, content)


def _read_minutes(rows: Iterable[ApprovedMinutes]) -> Iterator[Flowable]:
    yield text(_("Minutes of the committee"), fonts.TITLE)
    yield text(_("As the committee approved them for everybody who may read them."), fonts.LEAD)
    for each in rows:
        yield text(_("Meeting of %(day)s") % {"day": written(each.meeting.on)}, fonts.HEADING)
        yield text(_("Approved on %(day)s") % {"day": written(each.approved_on)})
        yield from (text(words) for words in _paragraphs(each.open_text))
        if each.left_out:
            yield text(_("Why passages are left out: %(why)s") % {"why": each.left_out})
        for addendum in sorted(each.addenda.all(), key=lambda addendum: addendum.number):
            said = {"number": addendum.number, "day": written(addendum.written_on)}
            yield text(_("Addendum %(number)s of %(day)s") % said)
            yield from (text(words) for words in _paragraphs(addendum.text))


def _paragraphs(words: str) -> Iterator[str]:
    return filter(None, (each.strip() for each in words.splitlines()))


def _surveys(agency: Agency) -> Iterator[PacketFile]:
    results = trend(agency)
    rows = [line for each in results for line in _survey_lines(each)]
    head = ["surveys", "closed on", "on paper", "answered", "statement", "mean from 1 to 5"]
    if rows:
        yield _table("surveys/results.csv", _("What people answered in surveys"), head, rows)


def _survey_lines(result: SurveyResult) -> Iterator[list[Any]]:
    about = [
        result.numbers,
        result.latest.closed_on,
        _("yes") if result.on_paper else _("no"),
        result.answered,
    ]
    if not result.shown:
        yield [*about, "", _("too few answers to show")]
    for line in result.lines:
        yield [*about, line.item.text, line.mean or _("too few answers to show")]


def _accounts(agency: Agency) -> Iterator[PacketFile]:
    for each in readable(anybody(agency), agency.today()).order_by("since", "pk"):
        each.agency = agency
        title = _("Quarterly Account: %(period)s") % {"period": each.period}
        content = account_paper.as_pdf(each, shown(each))
        yield PacketFile(f"accounts/{each.since:%Y-%m}.pdf", title, content)


def _seal(agency: Agency) -> Iterator[PacketFile]:
    head = newest(agency)
    if head is None:
        return
    said = _(
        "Eight words stand for all sealed records up to %(day)s: %(words)s. On the portal’s page "
        "“Is the record whole?” the committee can see that they still fit."
    ) % {"day": date_format(head.day, "F j, Y"), "words": spoken(head.digest)}
    yield PacketFile("record/words.txt", _("The words of the record"), f"{said}\n".encode())


PARTS = (
    *(PacketPart(kind.value, kind.label, _document(kind)) for kind in DocumentKind),
    PacketPart("dashboard", gettext_lazy("The dashboard, with rules and charts"), _dashboard),
    PacketPart("months", gettext_lazy("The indicators month by month"), _months),
    PacketPart("settings", gettext_lazy("The settings and their changes"), _settings),
    PacketPart("reviews", gettext_lazy("What the committee found"), _reviews),
    PacketPart(
        "recommendations",
        gettext_lazy("What the committee recommended, and what came of it"),
        _recommendations,
    ),
    PacketPart("decisions", gettext_lazy("What the committee decided"), _decisions),
    PacketPart("minutes", gettext_lazy("Minutes of the committee"), _minutes),
    PacketPart("surveys", gettext_lazy("What people answered in surveys"), _surveys),
    PacketPart("accounts", gettext_lazy("Quarterly Accounts that are out"), _accounts),
    PacketPart("seal", gettext_lazy("The words of the record"), _seal),
)
