"""What is kept of people who sign in and take part: who they are, as what, since when."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.leaves import Clip, Leave
from accounts.models import (
    AccessLog,
    Consent,
    Invitation,
    Member,
    Pause,
    PrintedCode,
    RoleGrant,
    Standing,
    User,
)
from foundation.personal_data import (
    FORMER,
    InExport,
    always,
    beside,
    of,
    register,
    since,
    within,
)
from foundation.retention import (
    ACCOUNTS,
    CONSENTS,
    INVITATIONS,
    LOGS,
    MEMBERSHIP,
    SAFETY,
    SESSIONS,
)

register(
    Member,
    whose=of("pk"),
    kept=since(MEMBERSHIP, "until"),
    read_as="profile",
    identity="name display_name addition shown_number full_number shown_name full_name",
    contact="contact",
    fact="language email_level",
    replaced={
        "name": FORMER,
        "display_name": FORMER,
        # Worked out by the database from the others.
        "shown_name": FORMER,
        "full_name": FORMER,
    },
    blanked="user addition shown_number full_number contact",
    export={InExport.SELF: "user"},
)
register(
    User,
    whose=of("pk"),
    kept=always(ACCOUNTS),
    identity="member_name",
    contact="email",
    lets_in="password",
    fact="is_active",
    blanked="email last_login",
    replaced={"member_name": "former-{pk}", "password": "!", "is_active": "False"},
)
register(
    PrintedCode,
    whose=of("user"),
    kept=within("user"),
    goes=True,
    lets_in="salt digest",
)
register(
    EmailAddress,
    whose=of("user"),
    kept=within("user"),
    goes=True,
    contact="email",
    fact="verified primary",
)
register(
    EmailConfirmation,
    whose=of("email_address__user"),
    kept=within("email_address"),
    goes=True,
    lets_in="key",
)
register(
    Authenticator,
    whose=of("user"),
    kept=within("user"),
    goes=True,
    fact="type",
    lets_in="data",
)
register(
    UserSession,
    whose=of("user"),
    kept=since(SESSIONS, "last_seen_at"),
    goes=True,
    trace="ip user_agent data",
    lets_in="session_key",
)
register(
    Session,
    whose=beside("usersessions.UserSession", "session_key"),
    kept=since(SESSIONS, "expire_date"),
    goes=True,
    lets_in="session_key session_data",
)
register(
    RoleGrant, whose=of("member"), kept=since(MEMBERSHIP, "until"), read_as="profile", fact="role"
)
register(
    Standing,
    whose=of("member"),
    kept=since(MEMBERSHIP, "until"),
    read_as="standing",
    standing="kind employed_peer",
)
register(
    Consent,
    whose=of("member"),
    kept=since(CONSENTS, "until"),
    key="group_id",
    fact="audience",
)
register(
    Invitation,
    whose=of("member"),
    kept=since(INVITATIONS, "expires_at"),
    goes=True,
    read_as="invitation",
    contact="email",
    lets_in="seed token_digest",
    nothing="attempts",
)
register(
    Pause,
    whose=of("member"),
    kept=since(SAFETY, "until"),
    read_as="pause",
    key="decision_id",
    fact="reason ended_why",
    # Whom the person can write to or call.
    record="answer_to",
    # They were told in writing.
    export={InExport.YES: "answer_to"},
)
register(Leave, whose=of("member"), kept=since(MEMBERSHIP, "on"), read_as="profile", fact="why")
register(
    Clip,
    whose=of("leave__member"),
    kept=within("leave"),
    key="row ends_by",
    fact="what ending",
)
register(
    AccessLog,
    whose=of("about"),
    kept=since(LOGS, "at"),
    fact="what",
    # Members can see who looked at theirs.
    export={InExport.YES: "reader"},
)
