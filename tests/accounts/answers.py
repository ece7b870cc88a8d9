"""Send forms as a browser does, with a fresh double-submit key."""

import uuid
from typing import Any

from django.test import Client


def send(client: Client, url: str, **said: Any) -> Any:
    """POST these answers; `submission` is generated unless given."""
    return client.post(url, {"submission": str(uuid.uuid4()), **said})
