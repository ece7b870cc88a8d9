"""The packet as one ZIP file: its parts, an index, a crosswalk, and a checksum of each file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from reportlab.platypus import Flowable

from cells.overview.packet import fonts
from cells.overview.packet.paper import listed, printed, text
from foundation import spreadsheets
from foundation.minimum import MINIMUM
from foundation.models import Agency
from surveyors.contents import PARTS, PacketFile
from surveyors.crosswalk import EDITIONS, Requirement

INDEX, CROSSWALK, SUMS = "index.pdf", "crosswalk.csv", "checksums.txt"


@dataclass(frozen=True)
class Packed:
    """The files of each part, by its code, in order."""

    parts: dict[str, list[PacketFile]]

    @property
    def files(self) -> list[PacketFile]:
        return [each for files in self.parts.values() for each in files]

    def answering(self, requirement: Requirement) -> list[str]:
        """The paths of the files that answer a requirement."""
        return [each.path for code in requirement.parts for each in self.parts[code]]


def packed(agency: Agency) -> Packed:
    """All parts as of now."""
    return Packed({part.code: list(part.files(agency)) for part in PARTS})


def as_zip(agency: Agency) -> bytes:
    """The whole packet, in the active language.

    `checksums.txt` has the SHA-256 of every other file, in the form that `sha256sum -c` reads.
    """
    found = packed(agency)
    files = [_index(agency, found), _crosswalk(found), *found.files]
    sums = "".join(f"{sha256(each.content).hexdigest()}  {each.path}\n" for each in files)
    files.append(PacketFile(SUMS, _("Checksums"), sums.encode()))
    day = agency.today()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packet:
        for each in files:
            at = ZipInfo(each.path, (day.year, day.month, day.day, 0, 0, 0))
            at.external_attr = 0o644 << 16
            packet.writestr(at, each.content, ZIP_DEFLATED)
    return out.getvalue()


def _crosswalk(found: Packed) -> PacketFile:
    rows = [
        [edition.title, each.code, each.asks, each.answer, " ".join(found.answering(each))]
        for edition in EDITIONS
        for each in edition.requirements
    ]
    head = ["edition", "requirement", "what it asks", "how the program answers", "files"]
    content = spreadsheets.written([head, *rows]).encode("utf-8-sig")
    return PacketFile(CROSSWALK, _("Where each requirement is answered"), content)


def _index(agency: Agency, found: Packed) -> PacketFile:
    day = date_format(agency.today(), "F j, Y")
    title = _("Packet for surveyors: %(agency)s") % {"agency": agency.name}
    content = printed(
        _story(found, title, day), title=title, foot=f"{agency.name}, {day}", author=agency.name
    )
    return PacketFile(INDEX, title, content)


def _story(found: Packed, title: str, day: str) -> Iterator[Flowable]:
    yield text(title, fonts.TITLE)
    yield text(_("As of %(day)s") % {"day": day}, fonts.LEAD)
    yield text(
        _(
            "It tells what anybody in the program may read. It names nobody, says of nobody that "
            "they use services, and counts people only where at least %(least)d stand behind a "
            "number."
        )
        % {"least": MINIMUM.value}
    )
    yield text(_("What is in it"), fonts.HEADING)
    yield from listed(f"{each.path}: {each.title}" for each in found.files)
    if missing := _nothing_yet(found.parts):
        yield text(_("There is nothing yet of these: %(parts)s") % {"parts": missing})
    yield text(_("How to check that nothing was changed"), fonts.HEADING)
    yield text(
        _(
            "The file checksums.txt has the SHA-256 checksum of each other file. With “sha256sum "
            "-c checksums.txt” a computer compares them all."
        )
    )
    for edition in EDITIONS:
        yield text(str(edition.title), fonts.HEADING)
        for each in edition.requirements:
            yield text(f"{each.code}: {each.asks}", fonts.SUBHEADING)
            yield text(str(each.answer))
            yield from listed(found.answering(each))
    yield text(_("About these requirements"), fonts.HEADING)
    yield text(
        _(
            "We put them in our own words, for the editions named. Where an edition says something "
            "else, the edition counts."
        )
    )


def _nothing_yet(parts: Mapping[str, Sequence[PacketFile]]) -> str:
    """The titles of parts without a file, in words; empty if each has one."""
    return get_text_list([str(each.title) for each in PARTS if not parts[each.code]], _("and"))
