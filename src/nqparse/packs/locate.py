"""Where the built-in pattern files lie; nothing else knows."""

from importlib.resources import files
from pathlib import Path

from nqparse.errors import PatternError


def pattern_folder() -> Path:
    """Folder of the built-in patterns: inside the installed package, or beside ``src`` in a checkout.

    Raises PatternError if there is neither.
    """
    installed = Path(str(files("nqparse"))) / "patterns"
    checkout = Path(__file__).resolve().parents[3] / "patterns"
    for folder in (installed, checkout):
        if folder.is_dir():
            return folder
    raise PatternError(f"no patterns at {installed} or {checkout}; install nqparse again, or run it from a checkout")
