"""Forms about lines: a cost, a reason, what a queue is narrowed to, the ticked lines."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.claims.models import Claim, ClaimKind, ClaimQuerySet
from compensation.claims.queue import Destination, Wanted, by_name, deductible
from compensation.claims.reading import stamps_of
from compensation.claims.reasons import OTHER, REASONS
from compensation.claims.rules import CHANGED
from foundation import keys
from foundation.forms import PlainForm, PortalForm
from foundation.presenting import written
from foundation.templatetags.components import dollars
from foundation.widgets import CheckboxSelectMultiple, HiddenInput, RadioSelect, Textarea
from groups.models import Group

UNTICKED = "-"


class ClaimReasonForm(PortalForm):
    """A question or a reason; `asks` says which one."""

    reason = forms.CharField(
        help_text=_("The person reads this."),
        max_length=300,
        widget=Textarea(rows=3, warn_private=True),
    )

    def __init__(self, *args: Any, asks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = asks


class TurnDownForm(PortalForm):
    """What happens to the ticked costs, and why."""

    what = forms.ChoiceField(
        label=_("What should happen?"),
        choices=[
            ("send_back", _("Send them back with a question")),
            ("refuse", _("Don’t approve them")),
        ],
        widget=RadioSelect(
            hints={
                "send_back": _("The clock stops until the person answers."),
                "refuse": _("The person reads why, and can ask again."),
            }
        ),
    )
    code = forms.ChoiceField(
        label=_("Why?"),
        choices=[*REASONS.items(), (OTHER, _("Something else"))],
        widget=RadioSelect(),
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Each person reads the reason and your words, in one text."),
        required=False,
        max_length=200,
        widget=Textarea(rows=3, warn_private=True),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("code") == OTHER and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say in your own words why."))
        return cleaned


class QueueForm(PlainForm):
    """What a queue is narrowed to; it stays in the address."""

    mark_optional = False
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("", _("Everything")),
            (ClaimKind.PAY, _("Time")),
            (ClaimKind.REIMBURSEMENT, _("Costs")),
            (ClaimKind.ADJUSTMENT, _("Corrections")),
        ],
        required=False,
    )
    group = forms.ChoiceField(label=_("Group"), required=False)
    late = forms.BooleanField(label=_("Only people with something late"), required=False)

    def __init__(self, data: Mapping[str, Any], *, groups: Iterable[Group]) -> None:
        super().__init__(data)
        offered = [(keys.code_of(each), each.name) for each in groups]
        self.fields["group"].choices = [("", _("All groups")), *offered]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """Whatever was not understood narrows nothing, and the form says so."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(
            name=found.get("name", ""),
            kind=found.get("kind", ""),
            group=keys.key(keys.kind_of(Group), found.get("group", "")),
            late=found.get("late", False),
        )


def parted(text: str) -> Iterator[tuple[int, str]]:
    """Keys of lines and their stamps, from "CODE=40.00,CODE=-"."""
    for part in text.split(","):
        code, _sign, stamp = part.partition("=")
        key = keys.key("claim", code)
        if key is not None and stamp:
            yield key, stamp


def kept(stamps: Mapping[int, str]) -> str:
    """Ticks and stamps by key, in the form that travels from page to page."""
    return ",".join(f"{keys.code('claim', key)}={stamp}" for key, stamp in stamps.items())


class LinesForm(PortalForm):
    """Lines ticked on the pages of a queue; only lines that the reader may decide can be chosen.

    A line is chosen if its person is ticked, and the line itself where it has a box. Each is sent
    with its stamp, so that nobody approves a version they did not see: those of a person in
    `lines_PERSON`, with a "*" for a line without a box. Ticks on other pages travel in `kept`, with
    a dash for an unticked line. `most`: how many people one review can take.
    """

    claims = forms.MultipleChoiceField(
        label=_("Lines"), required=False, widget=CheckboxSelectMultiple()
    )
    kept = forms.CharField(
        required=False, max_length=500_000, widget=HiddenInput(attrs={"id": False})
    )

    def __init__(
        self,
        *args: Any,
        lines: ClaimQuerySet,
        reader: Member,
        most: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.reader, self.most = lines, reader, most
        sent = self.data.getlist("claims") if isinstance(self.data, MultiValueDict) else ()
        # `stamps` reads them; a line that is gone is told about by name. Never none: an error leads
        # to the first of them, which stands for the list.
        self.fields["claims"].choices = [(each, each) for each in sent or [""]]  # type: ignore[attr-defined]
        self.found: list[Claim] = []
        self.changes: list[str] = []
        self.now: dict[int, str] = {}
        self.less: Mapping[Destination, Decimal] = {}

    @cached_property
    def stamps(self) -> dict[int, str]:
        """The stamp of each ticked line, by key, or UNTICKED."""
        found = dict(parted(self.data.get("kept", "")))
        if not isinstance(self.data, MultiValueDict):
            return found
        people, ticked = set(self.data.getlist("people")), set(self.data.getlist("claims"))
        for name in self.data:
            if not name.startswith("lines_"):
                continue
            person = name.removeprefix("lines_") in people
            for key, stamp in parted(str(self.data[name])):
                chosen = person and (stamp[0] == "*" or keys.code("claim", key) in ticked)
                found[key] = stamp.removeprefix("*") if chosen else UNTICKED
        return found

    def tick_all_shown(self) -> None:
        """Tick every line of the page that was sent."""
        for name in self.data:
            if name.startswith("lines_"):
                sent = parted(self.data[name])
                self.stamps.update((key, stamp.removeprefix("*")) for key, stamp in sent)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wanted = {key for key, stamp in self.stamps.items() if stamp != UNTICKED}
        if not wanted:
            self.add_error("claims", _("Tick at least one person."))
            return cleaned
        self.found = list(by_name(self.lines.filter(pk__in=wanted)))
        people = {(each.member_id, each.donate_to_id) for each in self.found}
        if self.most is not None and len(people) > self.most:
            said = gettext("Tick at most %(most)d people at once, and the others after them.")
            self.add_error("claims", said % {"most": self.most})
            self.found = []
            return cleaned
        members = {each.member_id for each in self.found}
        self.less = deductible(self.reader.agency, members, self.reader)
        self.now = stamps_of(self.found, self.less)
        self.changes = [*self._differing(), *self._gone(wanted - self.now.keys())]
        if self.changes or wanted != self.now.keys():
            self.add_error("claims", CHANGED)
        return cleaned

    def _differing(self) -> Iterator[str]:
        said = gettext("%(name)s, %(day)s: it is %(amount)s now, or goes to somebody else.")
        for claim in self.found:
            if self.now[claim.pk] != self.stamps[claim.pk]:
                yield said % _words(claim)

    def _gone(self, gone: Iterable[int]) -> Iterator[str]:
        said = gettext("%(name)s, %(day)s, %(amount)s: left out, since it no longer waits.")
        others = Claim.objects.within(self.reader.agency).exclude(member=self.reader)
        for claim in others.filter(pk__in=gone).select_related("member").order_by("pk"):
            yield said % _words(claim)


def _words(claim: Claim) -> dict[str, str]:
    return {
        "name": claim.member.full_name,
        "day": written(claim.service_on),
        "amount": dollars(claim.amount),
    }
