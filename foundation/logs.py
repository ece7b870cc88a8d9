"""What is logged holds no code by which somebody is let in or answers as nobody."""

import logging
import re

# Open pages and the page for a new password have a code in their address.
_WITH_CODE = re.compile(r"(/o/|/account/password/reset/key/)\S+")


class CodesLeftOut(logging.Filter):
    """Cuts addresses that hold a code short: only where they begin is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                _WITH_CODE.sub(r"\1…", each) if isinstance(each, str) else each
                for each in record.args
            )
        return True
