"""Writing aside and moving into place: a reader of the output sees the previous run whole or this one whole."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from nqparse.errors import InputError


@contextmanager
def staged(out: Path, names: Sequence[str]) -> Iterator[Path]:
    """A new folder to make the folders ``names`` in; when the block ends, they take the place of those in ``out``.

    Other files in ``out`` stay. When the block raises, ``out`` stays as it was. Raises InputError where ``out`` cannot
    be written, or where a folder of one of ``names`` holds anything but Parquet files and so is not ours to replace.
    """
    _refuse_foreign(out, names)
    with _refusing(out):
        parent = _parent(out)
        parent.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=f".{out.name}-", dir=parent))
        new, old = aside / "new", aside / "old"
        try:
            new.mkdir()
            old.mkdir()
            yield new
            _move(new, old, out, names)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _refuse_foreign(out: Path, names: Sequence[str]) -> None:
    above = next(path for path in (out, *out.absolute().parents) if path.exists())
    if not above.is_dir():
        raise InputError(f"{out}: {above} is a file; choose a folder with --out")
    for folder in (out / name for name in names):
        other = _foreign(folder)
        if other is not None:
            raise InputError(
                f"{other}: not a table of nqparse, and would be replaced; choose another folder with --out"
            )


def _foreign(folder: Path) -> Path | None:
    if not folder.is_dir():
        return folder if folder.exists() else None
    return next((path for path in sorted(folder.iterdir()) if path.suffix != ".parquet" or path.is_dir()), None)


def _parent(out: Path) -> Path:
    """Where to write aside: beside ``out``, or in it where it is a mount, or its parent not ours."""
    out = out.absolute()
    inside = out.is_dir() and (out.is_mount() or not os.access(out.parent, os.W_OK))
    return out if inside else out.parent


@contextmanager
def _refusing(out: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # of whoever reads what the block prints, not of the output folder
        raise
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{out}: cannot be written: {reason}; choose another folder with --out") from error


def _move(new: Path, old: Path, out: Path, names: Sequence[str]) -> None:
    if not out.exists():
        new.rename(out)
        return
    present = [name for name in names if (out / name).exists()]
    for name in present:
        (out / name).rename(old / name)
    try:
        for name in names:
            (new / name).rename(out / name)
    except OSError:
        _restore(old, out, present)
        raise


def _restore(old: Path, out: Path, names: Sequence[str]) -> None:
    for name in names:
        shutil.rmtree(out / name, ignore_errors=True)
        (old / name).rename(out / name)
