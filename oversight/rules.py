"""Who may review, recommend, answer and judge: the committee judges, management never does."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Pause, Standing, StandingKind
from accounts.permissions import Permission
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import Group, GroupKind, Meeting, MeetingStatus, Seat, SeatQuerySet
from indicators.frozen import FrozenIndicator
from indicators.rules import comparing_days, reading_counts
from oversight.models import (
    ManagementResponse,
    Recommendation,
    RecommendationStatus,
    Review,
    ReviewStatus,
)


@dataclass(frozen=True)
class Hat:
    """A member's role toward the oversight committee today."""

    seated: bool
    voting: bool
    manages: bool = False
    """Manages, or answers for management: judges nothing, whatever seat they hold."""


def hat(member: Member) -> Hat:
    """Two queries; one for a member without a vote in the committee."""
    found = hat_from(committee_seats(member), member)
    return replace(found, manages=manages(member)) if found.voting else found


def manages(member: Member) -> bool:
    """Whether the member manages or answers for management today; one query.

    That is: managers, holders of the role that answers, administrators who are no consumers, and
    authors of an answer to a recommendation that is still open.
    """
    today = member.agency.today()
    standings = Standing.objects.within(member.agency).on(today).filter(member=member)
    answers = ManagementResponse.objects.within(member.agency).filter(given_by=member)
    answers = answers.exclude(recommendation__status=RecommendationStatus.CLOSED)
    if member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return True
    asked = Member.objects.within(member.agency).filter(pk=member.pk)
    found = asked.annotate(
        manager=Exists(standings.filter(kind=StandingKind.MANAGER)),
        consumer=Exists(standings.filter(kind=StandingKind.PRIMARY_CONSUMER)),
        answered=Exists(answers),
    ).values_list("manager", "consumer", "answered")
    manager, consumer, answered = found[0]
    administers = member.may(Permission.MANAGE_PEOPLE)
    return bool(manager or answered or (administers and not consumer))


def barring(member: Member) -> Refusal | None:
    """Why a member can't sit in the committee or take part in its decisions."""
    if not manages(member):
        return None
    return Refusal(
        _("People who manage or answer for management can’t sit in the oversight committee."),
        _("Who is judged does not choose or sit among the judges."),
    )


def committee_seats(member: Member) -> SeatQuerySet:
    """The member's seats in the oversight committee today."""
    seats = Seat.objects.within(member.agency).on(member.agency.today())
    return seats.filter(member=member, group__kind=GroupKind.COMMITTEE, group__closed=None)


def hat_from(seats: Iterable[Seat], member: Member) -> Hat:
    """The same from the committee's seats today, if they are already loaded."""
    mine = [seat for seat in seats if seat.member_id == member.pk]
    return Hat(seated=bool(mine), voting=any(seat.voting for seat in mine))


def acting(by: Member, wears: Hat) -> Refusal | None:
    """Doing the committee's work: voting members who do not also answer for management."""
    if wears.manages or by.may(Permission.ANSWER_FOR_MANAGEMENT):
        return Refusal(
            _("People who manage or answer for management can’t act for the committee."),
            _("A member of the oversight committee can do this."),
        )
    if not wears.voting:
        return Refusal(
            _("Only voting members of the oversight committee can do this."),
            _("You can tell one of them what you think."),
        )
    return None


def reading_review(review: Review, reader: Member, wears: Hat) -> Refusal | None:
    """Reading a review: the committee while it is open, everybody once it is closed."""
    if not review.is_open or wears.seated or reader.may(Permission.OVERSEE):
        return None
    return Refusal(
        _("This review is still under way. Only the committee can read it now."),
        _("When it is closed, everybody in the program can."),
    )


def reading_recommendation(
    recommendation: Recommendation, reader: Member, wears: Hat
) -> Refusal | None:
    """Everybody reads what the committee voted; expects `recommendation.finding.review` loaded.

    Earlier ones, made in a review that is still open, are read by all once it is closed.
    """
    if recommendation.voted or not recommendation.finding.review.is_open:
        return None
    if reads_all(reader, wears):
        return None
    return Refusal(
        _("This recommendation belongs to a review that is still under way."),
        _("When the review is closed, everybody in the program can read it."),
    )


READ_ALL = (
    Permission.OVERSEE,
    Permission.ANSWER_FOR_MANAGEMENT,
    Permission.MANAGE_PEOPLE,
)


def reads_all(reader: Member, wears: Hat) -> bool:
    """Whether the reader sees recommendations at once: committee, management, administrators."""
    return wears.seated or any(reader.may(permission) for permission in READ_ALL)


def opening_review(by: Member, wears: Hat, *, under_way: bool) -> Refusal | None:
    refusal = acting(by, wears)
    if refusal is None and under_way:
        return Refusal(
            _("A review is under way already."), _("Close it first, then open the next one.")
        )
    return refusal


def recording(review: Review, by: Member, wears: Hat, *, deciding: bool = False) -> Refusal | None:
    """Recording findings, and preparing recommendations, while the review is open.

    `deciding`: the committee decides about closing it, so its findings stay as they are.
    """
    if not review.is_open:
        return Refusal(
            _("This review is closed."), _("Write it down in the next review of the committee.")
        )
    if deciding:
        return Refusal(
            _("The committee decides about closing this review, so its findings stay."),
            _("Withdraw that proposal to write something down."),
        )
    return acting(by, wears)


def closing_review(
    review: Review, by: Member, wears: Hat, *, deciding: bool = False
) -> Refusal | None:
    """Preparing to close it; the committee decides. `deciding`: it does so now."""
    if not review.may_become(ReviewStatus.CLOSED):
        return Refusal(_("This review is closed already."))
    if deciding:
        return _before_the_committee()
    return acting(by, wears)


def _before_the_committee() -> Refusal:
    return Refusal(
        _("The committee is deciding about this now."), _("Give your view on the proposal.")
    )


def answering(recommendation: Recommendation, by: Member) -> Refusal | None:
    if not recommendation.may_become(RecommendationStatus.ANSWERED):
        return Refusal(
            _("This recommendation does not wait for an answer."),
            _("You can read what was answered."),
        )
    return _for_management(by)


def reporting(recommendation: Recommendation, by: Member) -> Refusal | None:
    """Reporting for management that it is carried out; the committee verifies it."""
    if not recommendation.may_become(RecommendationStatus.REPORTED):
        return Refusal(
            _("Only what is being carried out can be reported as done."),
            _("You can read what was said so far."),
        )
    return _for_management(by)


def _for_management(by: Member) -> Refusal | None:
    if by.may(Permission.ANSWER_FOR_MANAGEMENT):
        return None
    return Refusal(
        _("Only people who answer for management can do this."),
        _("The recommendation says who has to see to it."),
    )


@dataclass(frozen=True)
class MinutesReaders:
    """Who besides the committee reads its minutes, as the charter in force says."""

    board: bool = False
    program: bool = False
    public: bool = False

    @property
    def everybody(self) -> bool:
        """Whether everybody in the program may read them; what is public they may, too."""
        return self.program or self.public

    @property
    def anybody(self) -> bool:
        return self.board or self.everybody


def reading_whole_minutes(reader: Member, *, seated: bool) -> bool:
    """Reading the committee's minutes as they are: whoever reads the pages of its meetings.

    `seated`: in the committee.
    """
    return seated or group_rules.works_with_groups(reader)


def reading_open_minutes(readers: MinutesReaders, reader: Member) -> bool:
    """Reading what the committee approved for others: those whom the charter names."""
    if readers.everybody and not reader.has_left:
        return True
    return readers.board and governing_seats(reader).exists()


def governing_seats(member: Member) -> SeatQuerySet:
    """The member's seats in the governing body today."""
    seats = Seat.objects.within(member.agency).on(member.agency.today())
    return seats.filter(member=member, group__kind=GroupKind.GOVERNING_BODY, group__closed=None)


def preparing_minutes(
    meeting: Meeting, by: Member, wears: Hat, *, deciding: bool = False
) -> Refusal | None:
    """Preparing the approval of a meeting's minutes; the committee decides. Its group is loaded."""
    if (refusal := group_rules.approved(meeting)) is not None:
        return refusal
    if meeting.group.kind != GroupKind.COMMITTEE or meeting.group.closed is not None:
        return Refusal(
            _("Only the oversight committee approves minutes, and only its own."),
            _("The minutes of other groups stay in the group."),
        )
    if meeting.status != MeetingStatus.HELD or not meeting.minutes.strip():
        return Refusal(
            _("There are no minutes of this meeting yet."),
            _("Write them first. Then the committee can approve them."),
        )
    return _before_the_committee() if deciding else acting(by, wears)


@dataclass(frozen=True)
class OwnPart:
    """A member's own part in a recommendation; `deciding`: the committee decides about it now."""

    answered: bool
    conflict: bool
    deciding: bool = False


def judging(
    recommendation: Recommendation, by: Member, wears: Hat, part: OwnPart
) -> Refusal | None:
    """Preparing to accept an answer, or to send it back; the committee decides."""
    if recommendation.status != RecommendationStatus.ANSWERED:
        return Refusal(
            _("There is no answer to judge."), _("When management answers, the committee is asked.")
        )
    return _free_to_judge(recommendation, by, wears, part)


def closing_recommendation(
    recommendation: Recommendation, by: Member, wears: Hat, part: OwnPart
) -> Refusal | None:
    """Preparing to verify, on evidence, that it was carried out; the committee decides."""
    if not recommendation.may_become(RecommendationStatus.CLOSED):
        return Refusal(
            _("Only a recommendation whose answer was accepted can be closed."),
            _("First the answer is given, and the committee accepts it."),
        )
    return _free_to_judge(recommendation, by, wears, part)


def _free_to_judge(
    recommendation: Recommendation, by: Member, wears: Hat, part: OwnPart
) -> Refusal | None:
    if part.deciding:
        return _before_the_committee()
    if (refusal := acting(by, wears)) is not None:
        return refusal
    if recommendation.owner_id == by.pk or part.answered:
        return Refusal(
            _("You have a part in this yourself, so you can’t judge it."),
            _("Another member of the committee can."),
        )
    if part.conflict:
        return Refusal(
            _("You told the committee of a conflict of interest here, so you don’t judge it."),
            _("Another member of the committee can."),
        )
    return None


def disclosing(
    recommendation: Recommendation, by: Member, wears: Hat, part: OwnPart
) -> Refusal | None:
    """Declaring a conflict of interest."""
    if recommendation.status == RecommendationStatus.CLOSED:
        return Refusal(_("This recommendation is closed."))
    if part.conflict:
        return Refusal(_("You have told the committee already."))
    if not wears.seated:
        return Refusal(_("Only members of the oversight committee tell of a conflict here."))
    return None


def ruling_on_pause(pause: Pause, by: Member, wears: Hat, *, ruled: bool) -> Refusal | None:
    """Reviewing a pause for the committee: neither the paused person nor whoever paused them."""
    if not pause.runs(by.agency.today()):
        return Refusal(_("This pause is over already."))
    if ruled:
        return Refusal(_("The committee has reviewed this pause already."))
    if (refusal := acting(by, wears)) is not None:
        return refusal
    if by.pk in (pause.by_id, pause.member_id):
        return Refusal(
            _("You have a part in this yourself, so you can’t decide it."),
            _("Another member of the committee can."),
        )
    return None


def proposing_longer(pause: Pause, committee: Group | None, by: Member) -> Refusal | None:
    """Proposing to the committee that a pause be prolonged.

    Anybody who may propose to it, except the paused person; whoever paused them may, since the
    committee decides.
    """
    if not pause.runs(by.agency.today()):
        return Refusal(_("This pause is over already."))
    if committee is None:
        return Refusal(
            _("There is no oversight committee that could decide it."),
            _("The pause ends on its last day."),
        )
    if pause.member_id == by.pk:
        return Refusal(_("This is your own pause, so you don’t propose anything about it."))
    return group_rules.proposing(committee, by)


def reading_numbers(sign: FrozenIndicator, reader: Member) -> Refusal | None:
    """Why this reader may not see the indicator's numbers and months; None if they may."""
    small = comparing_days(sign.discreet and sign.small, reader)
    return small or reading_counts(sign.discreet, reader)
