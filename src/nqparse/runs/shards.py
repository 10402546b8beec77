"""Shards: the rows and outcomes of some files in a folder of its own, which is whole or not there."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from nqparse.addresses import place_of
from nqparse.inputs import InputFile
from nqparse.models import TABLES
from nqparse.packs.load import Pack
from nqparse.runs.parsing import Outcome, failed, parse_file
from nqparse.runs.tasks import ReadTask
from nqparse.tables import Stream, Writer
from nqparse.version import __version__

PART = "shard"
_OUTCOMES = "outcomes.json"
_MOST_FILES = 256
_MOST_BYTES = 1 << 20
Tell = Callable[[Outcome], None]


def cut(files: Iterable[InputFile]) -> Iterator[list[InputFile]]:
    """The files in order, in shards of a second's work or so: small enough to lose, large enough to be worth a task."""
    shard: list[InputFile] = []
    size = 0
    for file in files:
        if shard and (len(shard) == _MOST_FILES or size + file.size > _MOST_BYTES):
            yield shard
            shard, size = [], 0
        shard.append(file)
        size += file.size
    if shard:
        yield shard


def key_of(digests: Iterable[tuple[str, str]], *about: object) -> str:
    """The name of a shard: of its documents' ids and digests, and of what else its rows depend on."""
    digest = hashlib.sha256(repr(about).encode())
    for doc_id, sha256 in digests:
        digest.update(f"{doc_id}\0{sha256}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def write_shard(task: ReadTask, pack: Pack, tell: Tell) -> None:
    """Read the task's files one after the other, telling of each, and make its shard.

    Raises OSError where it cannot write: also where the folder of shards is gone, since its run was killed and another
    has come to an end meanwhile.
    """
    shard = Path(task.shard)
    aside = shard.with_name(f"{shard.name}.{uuid4().hex}")
    outcomes = []
    try:
        with Writer(aside, PART, version=__version__, patterns=pack.digest, form=Stream) as writer:
            for path, doc_id, size, digest in task.files:
                if doc_id in task.failed:
                    parsed = failed(
                        doc_id, task.failed[doc_id][1], pack, size=size, digest=digest, code=task.failed[doc_id][0]
                    )
                else:
                    parsed = parse_file(InputFile(place_of(path), doc_id, size), pack, strict=task.strict)
                writer.write(parsed.rows)
                outcomes.append(parsed.outcome)
                tell(parsed.outcome)
        about = {"outcomes": outcomes, "sizes": _sizes(aside)}
        (aside / _OUTCOMES).write_text(json.dumps(about), encoding="utf-8")
        _finish(aside, shard)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _finish(aside: Path, shard: Path) -> None:
    try:
        aside.rename(shard)
    except OSError:
        if not shard.is_dir():
            raise


def _sizes(folder: Path) -> dict[str, int]:
    return {name: (folder / name / f"{PART}{Stream.SUFFIX}").stat().st_size for name in TABLES}


def outcomes_of(shard: Path) -> list[Outcome]:
    """What became of the files of a finished shard; none where there is no such shard, or some of it is missing."""
    try:
        about = json.loads((shard / _OUTCOMES).read_text(encoding="utf-8"))
        whole = about["sizes"] == _sizes(shard)
    except (OSError, ValueError):
        return []
    return [Outcome(*row) for row in about["outcomes"]] if whole else []


def is_of(outcomes: Sequence[Outcome], digests: Sequence[tuple[str, str]]) -> bool:
    """Whether a finished shard was made of these very files: one may have changed between listing and reading."""
    return [(one.doc_id, one.sha256) for one in outcomes] == list(digests)
