"""The readers of words to the whole program."""

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts import access
from accounts.models import Member, RoleGrant
from accounts.permissions import ROLES, Permission
from dialogues.dialogue.models import FACILITATING_OFFICES
from dialogues.readers import actions, rules
from dialogues.readers import reading as readers
from dialogues.readers.forms import EndReaderForm, NameReaderForm
from dialogues.readers.models import ProgramReader
from foundation.addresses import at
from foundation.asking import ask
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from foundation.pages import Destination, render, submit
from foundation.refusals import enforce
from groups.models import GroupKind, Seat


def program_readers(request: AgencyRequest) -> HttpResponse:
    """The current readers, and a form to name another."""
    enforce(rules.naming_readers(request.member))
    agency, today = request.agency, request.agency.today()
    form = NameReaderForm.from_request(request, members=_who_can(request), initial={"since": today})
    if form.is_bound and form.is_valid():
        # The answer, even a refusal, reveals the person's standing, so log the look.
        about = [form.cleaned_data["member"]]
        access.log_all(by=request.member, about=about, what="standing")

    def act(form: NameReaderForm) -> Destination:
        actions.name_reader(agency, by=request.member, **form.answers)
        return at(agency, "dialogues:program_readers"), _("They are named, and have a message.")

    answer = submit(request, form, act)
    if answer is not None:
        return answer
    rows = ProgramReader.objects.within(agency).filter(Q(until=None) | Q(until__gt=today))
    found = list(rows.select_related("member").order_by("since", "pk"))
    access.log_all(by=request.member, about=[each.member for each in found], what="standing")
    reading = set(readers.named(agency, today).values_list("pk", flat=True))
    return render(
        request,
        "dialogues/readers/program_readers.html",
        {
            "form": form,
            "named": [(each, each.pk in reading) for each in found],
            "sides": {each.side for each in found if each.pk in reading},
            "today": today,
        },
    )


def _who_can(request: AgencyRequest) -> TenantQuerySet[Member]:
    """Facilitators, by role or by office in a dialogue, who are not named yet."""
    agency, today = request.agency, request.agency.today()
    member = OuterRef("pk")
    roles = [role for role, may in ROLES.items() if Permission.FACILITATE in may]
    grants = RoleGrant.objects.within(agency).on(today).filter(member=member, role__in=roles)
    seats = Seat.objects.within(agency).on(today).filter(member=member)
    leading = seats.filter(office__in=FACILITATING_OFFICES, group__kind=GroupKind.DIALOGUE)
    named = ProgramReader.objects.within(agency).filter(Q(until=None) | Q(until__gt=today))
    members = Member.objects.within(agency).on(today)
    return (
        members.filter(Exists(grants) | Exists(leading))
        .exclude(pk__in=named.values("member"))
        .order_by("shown_name", "pk")
    )


def _reader(request: AgencyRequest, pk: int) -> ProgramReader:
    """The reader's own row, or any for people who name readers; otherwise 404."""
    rows = ProgramReader.objects.within(request.agency).select_related("member")
    if rules.naming_readers(request.member) is not None:
        rows = rows.filter(member=request.member)
    return get_object_or_404(rows, pk=pk)


def program_reader(request: AgencyRequest, pk: int) -> HttpResponse:
    """A reader's own page: since when, and whether their name is shown."""
    found = _reader(request, pk)
    mine = rules.showing_name(found, request.member) is None
    form = PortalForm.from_request(request)
    if request.method == "POST":
        enforce(rules.showing_name(found, request.member))

    def act(form: PortalForm) -> Destination:
        actions.show_name(found, shows=not found.shows_name, by=request.member)
        return at(request.agency, "dialogues:program_reader", pk=pk), _("Saved.")

    return submit(request, form, act) or render(
        request,
        "dialogues/readers/program_reader.html",
        {
            "form": form,
            "named": found,
            "mine": mine,
            "over": found.until is not None and found.until <= request.agency.today(),
        },
    )


def end_reader(request: AgencyRequest, pk: int) -> HttpResponse:
    found = _reader(request, pk)
    enforce(rules.ending_reader(found, request.member))
    form = EndReaderForm.from_request(request, initial={"on": request.agency.today()})
    back = "dialogues:program_reader"
    where = {"pk": pk}
    if rules.naming_readers(request.member) is None:
        back, where = "dialogues:program_readers", {}

    def act(form: EndReaderForm) -> Destination:
        actions.end_reader(found, by=request.member, **form.answers)
        return at(request.agency, back, **where), _("Saved.")

    said = _("%(name)s can’t read what is said to the whole program from that day on.")
    return ask(
        request,
        form,
        act,
        title=_("End reading words to the whole program"),
        text=[said % {"name": found.member.shown_name}],
        button=_("Save"),
        back=at(request.agency, back, **where),
    )
