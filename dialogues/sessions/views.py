"""The two questions at the end of a session, and the answers."""

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dialogues.dialogue.finding import dialogue_of
from dialogues.sessions import actions, reading, rules
from dialogues.sessions.forms import QuestionsForm
from dialogues.sessions.models import SessionTurn
from foundation.addresses import at
from foundation.asking import show
from foundation.http import AgencyRequest
from foundation.minimum import MINIMUM
from foundation.pages import render, submit_unnamed
from foundation.presenting import written
from foundation.refusals import enforce
from groups.models import Attendance, Group, GroupKind, Meeting


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def closing_questions(request: AgencyRequest, pk: int) -> HttpResponse:
    """The questions, for participants, once.

    The turn lets only one of two submissions through.
    """
    meeting = _session(request, pk)
    enforce(
        rules.answering_questions(
            meeting,
            request.member,
            attended=meeting.attended,  # type: ignore[attr-defined]
            answered=meeting.answered,  # type: ignore[attr-defined]
            on=request.agency.today(),
        )
    )

    form = QuestionsForm.from_request(request)

    def act(form: QuestionsForm) -> str:
        actions.answer_questions(meeting, by=request.member, **form.cleaned_data)
        return at(request.agency, "dialogues:questions_answered")

    said = {"name": meeting.group.name, "day": written(meeting.on), "minimum": MINIMUM.value}
    return submit_unnamed(request, form, act) or show(
        request,
        form,
        tab=_("Two questions"),
        title=_("Two questions about the session"),
        text=[
            _(
                "%(name)s, %(day)s. We keep that you answered, but not what you said. Answers are "
                "shown only when %(minimum)s or more of each side have answered."
            )
            % said
        ],
        button=_("Send my answers"),
        keep=False,
        back=at(request.agency, "home_of"),
        back_text=_("Back to your home page"),
    )


@require_safe
def questions_answered(request: AgencyRequest) -> HttpResponse:
    return render(request, "dialogues/sessions/questions_answered.html")


def _session(request: AgencyRequest, pk: int) -> Meeting:
    """A session the member may know of, or attended."""
    member, agency = request.member, request.agency
    groups = Group.objects.within(agency).visible_to(member, agency.today())
    mine = Attendance.objects.within(agency).filter(meeting=OuterRef("pk"), member=member)
    turns = SessionTurn.objects.within(agency).filter(meeting=OuterRef("pk"), member=member)
    sessions = (
        Meeting.objects.within(agency)
        .filter(group__kind=GroupKind.DIALOGUE)
        .annotate(attended=Exists(mine), answered=Exists(turns))
        .filter(Q(group__in=groups) | Q(attended=True))
    )
    return get_object_or_404(sessions.select_related("group"), pk=pk)


@require_safe
def closings_of(request: AgencyRequest, pk: int) -> HttpResponse:
    """Answers at the end of sessions by side, where enough people of each answered."""
    found = dialogue_of(request, pk)
    return render(
        request,
        "dialogues/sessions/closings.html",
        {
            "dialogue": found,
            "results": reading.results(found, request.agency.today()),
            "minimum": MINIMUM.value,
        },
    )
