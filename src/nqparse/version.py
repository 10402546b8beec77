"""The version, in one place, and the digest of what it is of."""

import hashlib
import platform
from functools import cache
from pathlib import Path

__version__ = "0.1.0"

_DECIDING = ("pyarrow", "regex", "underthesea")
"""The libraries that rows, or their bytes, depend on."""


@cache
def build() -> str:
    """A digest of nqparse's code, of Python and of the libraries that decide: another one may give other bytes."""
    from importlib.metadata import version  # slow to import

    digest = hashlib.sha256(".".join(platform.python_version_tuple()[:2]).encode())
    for name in _DECIDING:
        digest.update(f"{name}=={version(name)}\n".encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
