"""The door that the web server knocks on."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")

application = get_wsgi_application()

from register.dashboard.starting import refuse_unguarded, warn_unsealed  # noqa: E402  (needs the apps)

refuse_unguarded()
warn_unsealed()
