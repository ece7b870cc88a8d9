"""Why a backup, a restore or a proof can't go on; the text says what to do."""


class Problem(Exception):
    """The base of them all; commands show it on one line."""


class WrongKey(Problem):
    """None of the private keys opens this file."""


class Damaged(Problem):
    """The file is not what was written."""


class OtherVersion(Problem):
    """The backup, the program and the database do not fit together."""


class NotEmpty(Problem):
    """The target has rows, or somebody works in it."""


class NotPossible(Problem):
    """Something that it takes is missing."""


class Taken(Problem):
    """Somebody or something in the target has that name already."""


class InUse(Problem):
    """Others work with the same rows just now."""
