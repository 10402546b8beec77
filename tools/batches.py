"""Unpacks the opened batches of annotated documents that lie beside the clone, once each.

    python tools/batches.py ARCHIVES INTO N...

``ARCHIVES`` has ``batch-N.zip``, with ``corpus/`` and ``gold/``; each N is unpacked into ``INTO/N``. One that was so
since its archive was written is left as it is. A batch that is not named is not opened.
"""

import shutil
import sys
import zipfile
from pathlib import Path


def unpack(archive: Path, into: Path) -> bool:
    """Unpack an archive, unless that was done since it was written; returns whether it was. Raises OSError."""
    done = into / "unpacked"
    if done.is_file() and done.stat().st_mtime >= archive.stat().st_mtime:
        return False
    shutil.rmtree(into, ignore_errors=True)
    with zipfile.ZipFile(archive) as batch:
        batch.extractall(into)
    done.touch()
    return True


def main(archives: str, into: str, *numbers: str) -> None:
    for number in numbers:
        unpack(Path(archives) / f"batch-{number}.zip", Path(into) / number)


if __name__ == "__main__":
    main(*sys.argv[1:])
