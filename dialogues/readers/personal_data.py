"""Personal data of program readers: who they are, and for which side."""

from django.utils.translation import gettext_lazy as _

from dialogues.readers.models import ProgramReader
from foundation.kept import since
from foundation.personal_data import of, register
from foundation.retention import ACCESS

register(
    ProgramReader,
    _("Who reads words to the whole program"),
    whose=of("member"),
    kept=since(ACCESS, "until"),
    read_as="standing",
    standing="side",
    fact="shows_name",
)
