"""nqparse: Vietnamese resolutions, reports and plans → sections, indicators and normalised records.

What is named here is imported when it is first asked for, so that ``nqparse --help`` need not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from nqparse.version import __version__

if TYPE_CHECKING:
    from nqparse.models import Document
    from nqparse.pipeline import load, parse

__all__ = ["Document", "__version__", "load", "parse"]

_HOMES = {"Document": "nqparse.models", "load": "nqparse.pipeline", "parse": "nqparse.pipeline"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
