"""Django's sessions in the database, found with a query that is built once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from foundation import prepared


def _running() -> QuerySet[Session]:
    return Session.objects.filter(session_key=prepared.CODE, expire_date__gt=prepared.MOMENT)


class SessionStore(db.SessionStore):
    """Each request asks for its session."""

    def _get_session_from_db(self) -> Session | None:
        stand_ins = {prepared.CODE: "key", prepared.MOMENT: "moment"}
        asked = prepared.prepared("accounts.session", _running, stand_ins)
        found: list[Session] = asked.models({"key": self.session_key, "moment": timezone.now()})
        if not found:
            self._session_key = None
            return None
        return found[0]
