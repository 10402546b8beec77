"""nqparse: Vietnamese resolutions, reports and plans → sections, indicators and normalised records."""

from nqparse.models import Document
from nqparse.pipeline import load, parse
from nqparse.version import __version__

__all__ = ["Document", "__version__", "load", "parse"]
