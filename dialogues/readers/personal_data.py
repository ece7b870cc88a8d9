"""Who reads what people say to the whole program, and for which side."""

from dialogues.readers.models import ProgramReader
from foundation.personal_data import of, register, since
from foundation.retention import MEMBERSHIP

register(
    ProgramReader,
    whose=of("member"),
    kept=since(MEMBERSHIP, "until"),
    read_as="standing",
    standing="side",
    fact="shows_name",
)
