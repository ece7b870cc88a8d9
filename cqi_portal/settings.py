"""The product's settings; anything that differs between installations is in the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
import django_stubs_ext
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from accounts import policies as sign_in
from cqi_portal.environment import names, optional, required

# Let generic fields and forms name their type; Django does not support all of them yet.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = required("SECRET_KEY")
# Earlier keys, kept for a while after a change to read what they signed and encrypted.
SECRET_KEY_FALLBACKS = optional("SECRET_KEY_FALLBACKS").split()
DEBUG = False
ALLOWED_HOSTS = names("ALLOWED_HOSTS")
BASE_URL = required("BASE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE = BASE_URL.startswith("https://")

PORTAL_APPS = [
    "foundation",
    "accounts",
    "notifications",
    "safety",
    "recovery",
    "indicators",
    "groups",
    "privacy",
    "evidence",
    "concerns",
    "starters",
    "documents",
    "measures",
    "cells",
    "dialogues",
    "compensation",
    "satisfaction",
    "oversight",
    "surveyors",
    "quarterly",
    "cqi_portal.apps.PortalConfig",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "simple_history",
    *PORTAL_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "foundation.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.SignInLaneMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.SessionEndMiddleware",
    "accounts.middleware.SignInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.FreshSignInMiddleware",
    "accounts.middleware.AgencyMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "cqi_portal.urls"
WSGI_APPLICATION = "cqi_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cqi_portal.navigation.navigation",
                "accounts.context.session_limits",
            ],
        },
    },
]
FORM_RENDERER = "foundation.renderer.PortalRenderer"


def _database(url: str, *, pool: bool) -> dict[str, Any]:
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, engine="foundation.postgresql"))
    parsed["OPTIONS"] = {"pool": True} if pool else {}
    return parsed


# The app's login is subject to row-level security; the owner's login only runs migrations.
DATABASES: dict[str, dict[str, Any]] = {
    "default": _database(required("DATABASE_URL"), pool=True),
    "owner": _database(optional("DATABASE_OWNER_URL", required("DATABASE_URL")), pool=False),
}
# Compile large queries once and keep them (foundation.prepared); False compiles each time.
PREPARED = True
# Who can read backups: public keys of age, whose private halves are elsewhere.
BACKUP_RECIPIENTS = optional("BACKUP_RECIPIENTS").split()
# A folder that all web and worker processes share and no backup reads: keys that are used until a
# day and then destroyed (foundation.key_store).
KEY_STORE = required("KEY_STORE")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Holds only recently used authenticator codes, so that signing in needs no broker. Rate limits are
# not kept here, since a cache may forget (accounts.limits).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.OneLook"]
PASSWORD_HASHERS = [
    "accounts.hashers.OneAtATime",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "member_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# A typed address proves nothing. Store it once the code sent there comes back in the same session.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "accounts.sign_in_forms.AddEmailForm",
    "change_email": "accounts.sign_in_forms.ChangeEmailForm",
    "change_password": "accounts.sign_in_forms.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.sign_in_forms.ConfirmEmailForm",
    "confirm_login_code": "accounts.sign_in_forms.ConfirmLoginCodeForm",
    "login": "accounts.sign_in_forms.LoginForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateForm",
    "request_login_code": "accounts.sign_in_forms.RequestLoginCodeForm",
    "reset_password": "accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in_forms.ResetPasswordKeyForm",
    "set_password": "accounts.sign_in_forms.SetPasswordForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(sign_in.CODE_BY_EMAIL.span.total_seconds())
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
# The limits are defined in accounts.policies; accounts.limits says what they count by.
ACCOUNT_RATE_LIMITS = sign_in.as_allauth_reads_them()
# Six digits, so that a numeric keypad is enough.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6}
# How many proxies are in front of the portal; if unset, all visitors would share one rate limit.
ALLAUTH_TRUSTED_PROXY_COUNT = int(optional("TRUSTED_PROXIES", "0"))
PASSWORD_RESET_TIMEOUT = int(sign_in.NEW_PASSWORD.span.total_seconds())
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "accounts.adapters.SecondStepAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.sign_in_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.sign_in_forms.AddWebAuthnForm",
    "authenticate": "accounts.sign_in_forms.AuthenticateForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateCodeForm",
}
MFA_TOTP_ISSUER = "CQI Portal"
# Accept the previous code as well: people read a code, then type it.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "accounts.session_store"
# The `__Host-` prefix binds the cookie to this host and HTTPS, so that no sibling host can plant
# one.
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 24 * 60 * 60  # The maximum; accounts.sessions ends idle sessions sooner.
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz(/ready)?$"]
# For this host alone unless asked: what runs beside it, or below it, may have no HTTPS.
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE and optional("HSTS") == "subdomains"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024


def _mailer(url: str) -> dict[str, Any]:
    """Parse `smtp://user:password@host:587` (STARTTLS), `smtps://…:465`, or `console:`."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "localhost",
            "port": parts.port or 587,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp" and bool(parts.username),
            "use_ssl": parts.scheme == "smtps",
            "timeout": 10,
        },
    }


MAILERS = {"default": _mailer(required("EMAIL_URL"))}


def _texts(url: str) -> dict[str, Any] | None:
    """The gateway for texts (notifications.gateway); none unless its address is set."""
    if not url:
        return None
    secret = required("TEXTS_SECRET")
    if urlsplit(url).scheme != "https" or len(secret) < LEAST_SECRET:
        raise SystemExit(
            "CQI Portal can't start: TEXTS_URL needs an address that begins with https://, and "
            f"TEXTS_SECRET at least {LEAST_SECRET} letters."
        )
    return {
        "BACKEND": "notifications.gateway.Webhook",
        "OPTIONS": {
            "url": url,
            "secret": secret,
            "private": optional("TEXTS_PRIVATE") == "yes",
            "ca": optional("TEXTS_CA"),
        },
    }


# The shortest secret that signs what goes to the gateway for texts, and what comes from there.
LEAST_SECRET = 32
TEXTS = _texts(optional("TEXTS_URL"))
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL")

CELERY_BROKER_URL = required("REDIS_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Enqueueing must never hold up a page: short timeouts, no retry; the sweep makes the job certain.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "visibility_timeout": 600,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"codes": {"()": "foundation.logs.CodesLeftOut"}},
    "formatters": {"line": {"()": "foundation.logs.JsonLines"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["codes"]}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
