"""A log filter for codes that grant access or stand for an anonymous person."""

import logging
import re

# Addresses of open pages and of password resets contain a code.
_WITH_CODE = re.compile(r"(/o/|/account/password/reset/key/)\S+")


class CodesLeftOut(logging.Filter):
    """Cut off the rest of an address that holds a code."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                _WITH_CODE.sub(r"\1…", each) if isinstance(each, str) else each
                for each in record.args
            )
        return True
