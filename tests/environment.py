"""The environment in which tests run; loaded as a plugin before the settings are read."""

import os
import tempfile

os.environ.setdefault("REGISTER_MODE", "test")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="register-tests-"))
# Playwright's driver runs an event loop in the thread of the test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
