"""What is kept of people who sign in and take part: who they are, as what, since when."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

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
    ACCESS,
    ACCOUNTS,
    CONSENTS,
    INVITATIONS,
    LOGS,
    MEMBERSHIP,
    SESSIONS,
)

register(
    Member,
    _("Who takes part"),
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
    _("Accounts"),
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
    _("Printed codes to sign in"),
    whose=of("user"),
    kept=within("user"),
    goes=True,
    lets_in="salt digest",
)
register(
    EmailAddress,
    _("E-mail addresses to sign in with"),
    whose=of("user"),
    kept=within("user"),
    goes=True,
    contact="email",
    fact="verified primary",
)
register(
    EmailConfirmation,
    _("E-mail addresses being confirmed"),
    whose=of("email_address__user"),
    kept=within("email_address"),
    goes=True,
    lets_in="key",
)
register(
    Authenticator,
    _("Second steps of signing in"),
    whose=of("user"),
    kept=within("user"),
    goes=True,
    fact="type",
    lets_in="data",
)
register(
    UserSession,
    _("Devices that are signed in"),
    whose=of("user"),
    kept=since(SESSIONS, "last_seen_at"),
    goes=True,
    trace="ip user_agent data",
    lets_in="session_key",
)
register(
    Session,
    _("Sessions"),
    whose=beside("usersessions.UserSession", "session_key"),
    kept=since(SESSIONS, "expire_date"),
    goes=True,
    lets_in="session_key session_data",
)
register(
    RoleGrant,
    _("Roles"),
    whose=of("member"),
    kept=since(ACCESS, "until"),
    read_as="profile",
    fact="role",
)
register(
    Standing,
    _("Standings"),
    whose=of("member"),
    kept=since(MEMBERSHIP, "until"),
    read_as="standing",
    standing="kind employed_peer",
)
register(
    Consent,
    _("Who may see a standing"),
    whose=of("member"),
    kept=since(CONSENTS, "until"),
    key="group_id",
    fact="audience",
)
register(
    Invitation,
    _("Invitations to sign in"),
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
    _("Pauses of access"),
    whose=of("member"),
    kept=since(ACCESS, "until"),
    read_as="pause",
    key="decision_id",
    fact="reason ended_why",
    # Whom the person can write to or call.
    record="answer_to",
    # They were told in writing.
    export={InExport.YES: "answer_to"},
)
register(
    Leave,
    _("Times in the program that ended"),
    whose=of("member"),
    kept=since(MEMBERSHIP, "on"),
    read_as="profile",
    fact="why",
)
register(
    Clip,
    _("What ended with them"),
    whose=of("leave__member"),
    kept=within("leave"),
    key="row ends_by",
    fact="what ending",
)
register(
    AccessLog,
    _("Who looked at whose data"),
    whose=of("about"),
    kept=since(LOGS, "at"),
    fact="what",
    # Members can see who looked at theirs.
    export={InExport.YES: "reader"},
)
