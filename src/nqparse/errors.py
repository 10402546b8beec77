"""The errors that nqparse raises: each says what is wrong, where, and what to do about it."""


class NqparseError(Exception):
    """Base of every error that nqparse raises on purpose.

    >>> raise NqparseError("out/: not writable; choose another folder with --out")
    Traceback (most recent call last):
    nqparse.errors.NqparseError: out/: not writable; choose another folder with --out
    """


class PatternError(NqparseError):
    """A pattern file says something that it may not say: the message gives file, rule and remedy."""


class UnreadableError(NqparseError):
    """A file's bytes are not a text: the message names the reason, the caller adds the file."""


class InputError(NqparseError):
    """The command was given something that it cannot work with (a missing path, an empty folder)."""
