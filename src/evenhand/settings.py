"""The only settings file. What differs between a laptop and a server is read from `env.py`."""

import os
from urllib.parse import urlsplit

from django.conf import global_settings

from evenhand import env

VALUES = env.read(os.environ)
SITE_URL, SECRET_KEY = str(VALUES["SITE_URL"]), str(VALUES["SECRET_KEY"])
CONTACT, BODY, OUTSIDE_FEED = (str(VALUES[name]) for name in ("CONTACT", "BODY", "OUTSIDE_FEED"))
EVIDENCE_FOLDER, POSTCODES_FILE = env.folder(str(VALUES["EVIDENCE_URL"])), env.POSTCODES
LOCAL, PORT = bool(VALUES["DEBUG"]), int(VALUES["PORT"])
DEMONSTRATION = bool(VALUES["DEMONSTRATION"])

# Django's own DEBUG stays off even on a laptop: a stranger who tries the product sees the pages that visitors see.
DEBUG = False

HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [str(urlsplit(SITE_URL).hostname), *(["localhost", "127.0.0.1", "[::1]"] if LOCAL else [])]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# fmt: off
INSTALLED_APPS = [
    # Ours come first: their templates are found before those of the same name elsewhere.
    *(f"evenhand.core.{app}" for app in ("accounts", "organisations", "journal", "files", "jobs", "notices")),
    "evenhand.core.search", "evenhand.core.design", "wagtail.contrib.redirects",
    *(f"evenhand.domains.{app}" for app in ("directory", "evidence", "publishing", "reviews", "support")),
    "evenhand.web",
    *(f"wagtail.{app}" for app in ("users", "documents", "images", "snippets", "search", "sites", "admin")),
    "wagtail", "modelcluster", "taggit", "django_filters",
    "allauth", "allauth.account", "allauth.mfa",
    "django_tasks", "django_tasks_db",
    *(f"django.contrib.{app}" for app in ("auth", "contenttypes", "messages", "staticfiles")),
]
# fmt: on

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "evenhand.core.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "evenhand.core.accounts.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "evenhand.web.errors.Refusals",
    "allauth.account.middleware.AccountMiddleware",
    "evenhand.core.accounts.callers.Callers",
    "evenhand.core.access.Gate",
    "django.middleware.csrf.CsrfViewMiddleware",
]

CSRF_FAILURE_VIEW = "evenhand.web.errors.stale_form"
ROOT_URLCONF, WSGI_APPLICATION = "evenhand.web.urls", "evenhand.web.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenhand.core.accounts.demonstration.context",
                "evenhand.web.navigation.navigation",
            ]
        },
    },
    {"NAME": "letters", "BACKEND": "evenhand.core.notices.letters.LetterTemplates"},
]
FORM_RENDERER = "evenhand.core.design.forms.Renderer"

DATABASES = {"default": env.database(str(VALUES["DATABASE_URL"]))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counters of attempts must be one for all processes, and must not be thrown out for room.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MAIL = env.post_office(str(VALUES["MAIL_URL"]))
EMAIL_BACKEND, EMAIL_FILE_PATH, EMAIL_TIMEOUT = MAIL.backend, MAIL.folder, 10
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.host, MAIL.port, MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.ssl, MAIL.tls
DEFAULT_FROM_EMAIL = SERVER_EMAIL = str(VALUES["MAIL_FROM"])

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "evenhand.web.staff.entrance.Entrance",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 15}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_RESET_TIMEOUT = 15 * 60
SESSION_ENGINE, SESSION_COOKIE_AGE = "evenhand.core.accounts.sessions", 12 * 60 * 60
CSRF_COOKIE_AGE = None
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "account", "home"
ACCOUNT_ADAPTER = "evenhand.core.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = int(VALUES["PROXIES"])
MFA_ADAPTER = "evenhand.core.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER, MFA_TOTP_TOLERANCE = "Evenhand", 1
WAGTAIL_SITE_NAME, WAGTAILADMIN_BASE_URL = "Evenhand", SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_LOGIN_URL, WAGTAIL_GRAVATAR_PROVIDER_URL = LOGIN_URL, None
WAGTAILDOCS_SERVE_METHOD, WAGTAILDOCS_EXTENSIONS = "serve_view", ["csv", "docx", "odt", "pdf", "xlsx"]
WAGTAILIMAGES_EXTENSIONS, WAGTAILIMAGES_MAX_UPLOAD_SIZE = ["jpg", "jpeg", "png"], 5 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "evenhand.domains.publishing.forms.DocumentForm"  # both look into the file
WAGTAILIMAGES_IMAGE_FORM_BASE = "evenhand.domains.publishing.forms.PictureForm"
# fmt: off
ACCOUNT_FORMS = {name: f"evenhand.core.accounts.forms.{form}Form" for name, form in {
    "login": "SignIn", "signup": "Join", "add_email": "Address", "confirm_email_verification_code": "AddressCode",
    "change_password": "Password", "reset_password": "Forgotten", "reset_password_from_key": "NewPassword",
    "reauthenticate": "PasswordAgain",
}.items()}
MFA_FORMS = {name: f"evenhand.core.accounts.forms.{form}Form" for name, form in {
    "authenticate": "Code", "reauthenticate": "CodeAgain", "activate_totp": "AddCodes",
    "add_webauthn": "AddPasskey", "edit_webauthn": "PasskeyName",
}.items()}
# fmt: on
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE, TIME_ZONE, LOCALE_PATHS = "en-gb", "Europe/London", [env.LOCALE]
USE_I18N = USE_TZ = True

STATIC_URL, STATIC_ROOT = "/static/", env.VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
# Never served from there: under this address a view hands out the pictures of public pages, and nothing else.
MEDIA_ROOT, MEDIA_URL = env.VAR / "files", "/media/"

# Whatever is not named here is refused: no script, no frame, nothing from any other site.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["evenhand.core.files.uploads.Capped", *global_settings.FILE_UPLOAD_HANDLERS]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"wagtail": {"level": "WARNING"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"quiet": {"()": "evenhand.core.errors.Quiet"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]}},
    "root": {"handlers": ["terminal"], "level": "INFO" if LOCAL else "WARNING"},
}
