"""The one settings module. Every variable it reads is described in README.md.

Production is the default: anything not started by `make run` or `make test` refuses to start unsafe.
"""

from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from whitenoise.compress import Compressor

from register import environment
from register.rooms import ROOMS

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = environment.mode()
PRODUCTION = MODE == "production"
DEMONSTRATION = MODE == "demonstration"
DATA_DIR = Path(environment.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
BUILD_DIR = Path(environment.text("BUILD_DIR", str(BASE_DIR / "build"))).resolve()

DEBUG = False
SECRET_KEY = environment.secret_key(MODE, DATA_DIR)
BASE_URL = environment.required(
    "BASE_URL", MODE, "http://127.0.0.1:8000", "the address that people type, with https://."
).rstrip("/")
ALLOWED_HOSTS = environment.required(
    "ALLOWED_HOSTS",
    MODE,
    "127.0.0.1,localhost,testserver",
    "the host names that the register answers to, with commas.",
).split(",")
SECURE = BASE_URL.startswith("https://")
if PRODUCTION and not SECURE:
    raise environment.ImproperlyConfigured(
        "BASE_URL starts with http://: production is served over https:// only."
    )
CSRF_TRUSTED_ORIGINS = [BASE_URL]
REVISION = environment.text("REVISION", "unreleased")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "simple_history",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    *ROOMS,
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Outermost, so that the pages for what went wrong carry their headers too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "register.ledger.middleware.RequestIdMiddleware",
    "register.dashboard.watching.WatchingMiddleware",
    "register.dashboard.outage.DatabaseAwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "register.accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "register.accounts.middleware.NoStoreMiddleware",
    "register.accounts.noting.NotingMiddleware",
]

ROOT_URLCONF = "register.urls"
WSGI_APPLICATION = "register.wsgi.application"
FORM_RENDERER = "register.ui.forms.GovukRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "register.ui.context.page",
            ],
        },
    }
]

# Databases: SQLite is the embedded default; PostgreSQL through DATABASE_URL is production.
_SQLITE_URL = f"sqlite:///{DATA_DIR / 'register.sqlite3'}"
DATABASE_URL = environment.text("DATABASE_URL", _SQLITE_URL)
MIGRATE_DATABASE_URL = environment.text("MIGRATE_DATABASE_URL")
APP_DATABASE_ROLE = environment.text("APP_DATABASE_ROLE")


def _database(url: str) -> dict:
    settings = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    if "sqlite3" in settings["ENGINE"]:
        settings["CONN_MAX_AGE"] = None
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
                "PRAGMA mmap_size=268435456;"
            ),
        }
    else:
        options = settings.setdefault("OPTIONS", {})
        options["connect_timeout"] = 2
        # Pages are short: compiling their statements takes longer than running them.
        options["options"] = f"{options.get('options', '')} -c jit=off".strip()
    return dict(settings)


DATABASES = {"default": _database(DATABASE_URL)}
if MIGRATE_DATABASE_URL:
    DATABASES["owner"] = _database(MIGRATE_DATABASE_URL)
    DATABASES["owner"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

# Who is who.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "register.accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE; the sign-in page asks nothing about it
# How many proxies stand before the application: whose word on an address is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Logins are made by administrators, so nobody can take an address that is not theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Data sharing register"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "register.dashboard.errors.csrf_failure"

# The browser's side.
SECURE_SSL_REDIRECT = SECURE and environment.flag("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT_BYTES = environment.number("UPLOAD_LIMIT_MB", 25) * 1024 * 1024

# Files: evidence is stored once under the digest of its bytes (register/documents/files.py).
MEDIA_ROOT = DATA_DIR / "files"
STATIC_URL = "static/"
STATIC_ROOT = BUILD_DIR / "collected"
STATICFILES_DIRS = [BASE_DIR / "static"] + ([BUILD_DIR / "front"] if BUILD_DIR.exists() else [])
STORAGES = {
    "default": {
        "BACKEND": "register.core.whole_files.WholeFiles",
        "OPTIONS": {"is_synced": MODE != "test"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Maps of sources are for who looks for faults: they are large, and not worth the time to compress.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
if MODE == "test":
    WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Mail: EMAIL_URL such as smtp+tls://user:password@mail.example.org:587 (register/notices sends it).
EMAIL_URL = environment.required(
    "EMAIL_URL", MODE, "console://", "where mail leaves, such as smtp+tls://user:word@host:587."
)
EMAIL_BACKEND = "register.notices.backend.Backend"
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "Data sharing register <register@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Whom to tell of a weakness: an e-mail address or an https:// page, in security.txt.
SECURITY_CONTACT = environment.text("SECURITY_CONTACT")

# The key that seals PDFs (register/evidence/keys.py): a PKCS#12 file, or a token behind PKCS#11.
SEAL_KEY_FILE = environment.text("SEAL_KEY_FILE")
SEAL_KEY_PASSPHRASE = environment.secret("SEAL_KEY_PASSPHRASE")
SEAL_PKCS11_MODULE = environment.text("SEAL_PKCS11_MODULE")
SEAL_PKCS11_TOKEN = environment.text("SEAL_PKCS11_TOKEN")
SEAL_PKCS11_KEY = environment.text("SEAL_PKCS11_KEY")
SEAL_PKCS11_PIN = environment.secret("SEAL_PKCS11_PIN")
SEAL_CHAIN_FILE = environment.text("SEAL_CHAIN_FILE")
SEAL_TIMESTAMP_URL = environment.text("SEAL_TIMESTAMP_URL")
SEAL_TIMESTAMP_ROOT_FILE = environment.text("SEAL_TIMESTAMP_ROOT_FILE")
# What lets a program that watches over the register read /metrics, and figures at /healthz?deep=1.
METRICS_TOKEN = environment.secret("METRICS_TOKEN")
# Where the web processes of one machine count; a folder of this machine's own, never a shared one.
COUNTS_DIR = environment.text("COUNTS_DIR", str(DATA_DIR / "counts") if MODE == "test" else "")
VERIFY_LIMIT = environment.number("VERIFY_LIMIT", 60)  # questions an address may ask within an hour

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"]

# One line a record: JSON for programs that gather lines, text for people who develop.
LOG_FORMAT = environment.text("LOG_FORMAT", "json" if PRODUCTION else "text")
LOG_LEVEL = environment.text("LOG_LEVEL", "WARNING").upper()
_FORMATTERS = {"json": "JsonLine", "text": "OneLine"}
if LOG_FORMAT not in _FORMATTERS:
    raise environment.ImproperlyConfigured(f"LOG_FORMAT is “{LOG_FORMAT}”: set it to json or text.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"register.ledger.logs.{_FORMATTERS[LOG_FORMAT]}"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # One line for each request and each run of a job, however little else is said.
        "register.lines": {"level": "DEBUG" if LOG_LEVEL == "DEBUG" else "INFO"},
        # What the web server says of a request repeats its address: it is masked like all else.
        "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Pages that are not there or refused stand in those lines.
        "django.request": {"level": "ERROR"},
    },
}
