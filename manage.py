#!/usr/bin/env python
"""Django's commands, with the product's settings by default."""

import os
import sys

from django.core.management import execute_from_command_line

from foundation.call_stack import with_room

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cqi_portal.settings")
    with_room(execute_from_command_line, sys.argv)
