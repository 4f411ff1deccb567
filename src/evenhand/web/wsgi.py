"""What the server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
application = get_wsgi_application()

from evenhand.domains.evidence.queries.case import case  # noqa: E402  (settings come first)

case()  # reads the released figures and works out the answers before the first visitor asks
# What was read until now stays for good: nobody waits while it is looked through for what can be let go.
gc.collect()
gc.freeze()
