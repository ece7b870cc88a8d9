"""Health check of the web container: the page responds, under an allowed host name."""

import os
import sys
import urllib.request

host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
    sys.exit(0 if answer.status == 200 else 1)
