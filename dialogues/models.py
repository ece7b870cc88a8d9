"""An index for Django; import the models from their domains, not from here."""

from dialogues.dialogue import models as dialogue
from dialogues.readers import models as readers
from dialogues.sessions import models as sessions
from dialogues.silencing import models as silencing
from dialogues.themes import models as themes
from dialogues.told_back import models as told_back
from dialogues.voices import models as voices

__all__ = ["dialogue", "readers", "sessions", "silencing", "themes", "told_back", "voices"]
