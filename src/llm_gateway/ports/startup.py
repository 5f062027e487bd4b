"""What keeps an installation from starting."""


class CannotStart(Exception):
    """The configuration does not fit what is stored, or a file is not safe to use.

    The message names the remedy. Commands end with exit status 78 (EX_CONFIG of sysexits.h).
    """
