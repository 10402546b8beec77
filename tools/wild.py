"""Reads real files as they come, and checks that nothing is lost in them.

    python tools/wild.py ../shared/wild/wild.zip --most 150

Every file is read as a run reads it; with rules that fail passed over, and strictly; all that
``nqparse.testing.invariants`` knows must hold. What is refused for what it is (no text) is counted, and is no fault.
Exit status 1 if a file failed by a fault of ours, more than ``--partial`` files are partial, or an invariant is broken.
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from nqparse.errors import UnreadableError
from nqparse.faults import Guard
from nqparse.models import DocumentRecord, Finding, Status
from nqparse.packs.load import load_pack
from nqparse.pipeline import analyse, document
from nqparse.runs.parsing import Parsed, parse_bytes
from nqparse.tables import Packed, records
from nqparse.testing.invariants import faults_of, record_faults
from nqparse.text.encodings import read_bytes

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file: its status, why it is not ``ok``, and which invariants are broken."""

    name: str
    status: Status
    reasons: tuple[str, ...] = ()
    ours: bool = False
    """Whether it failed by a fault of ours."""
    broken: tuple[str, ...] = ()


def read(name: str, data: bytes) -> Told:
    """Read one file in each way."""
    pack = load_pack()
    parsed = parse_bytes(data, name, pack, strict=False)
    (head,), findings = _rows(parsed)
    reasons = tuple(finding.message for finding in findings if finding.severity == "error")
    if head.status is Status.FAILED:
        return Told(name, head.status, reasons, ours=not _is_refused(data))
    source = read_bytes(data, name, strict=False)
    found = document(analyse(source, pack, strict=False), pack)
    broken = record_faults(source, found)
    if head.status is Status.OK:
        guard = Guard(strict=False)
        broken += guard.or_do(
            lambda: [f"strict: {guard.met[-1]}"], faults_of, read_bytes(data, name, strict=True), pack
        )
    return Told(name, head.status, reasons, broken=tuple(broken))


def _rows(parsed: Parsed) -> tuple[list[DocumentRecord], list[Finding]]:
    heads: list[DocumentRecord] = []
    findings: list[Finding] = []
    for part in parsed.rows:
        if isinstance(part, Packed):
            tables = part.tables()
            heads += records(tables["documents"], DocumentRecord)
            findings += records(tables["findings"], Finding)
        else:
            heads += part.documents
            findings += part.findings
    return heads, findings


def _is_refused(data: bytes) -> bool:
    """Whether a file is refused for what it is."""
    try:
        read_bytes(data)
    except UnreadableError:
        return True
    return False


def files(archive: Path, most: int | None) -> Iterator[tuple[str, bytes]]:
    """The files of an archive; of more than ``most``, so many that are spread over it, the same each time."""
    with ZipFile(archive) as folder:
        names = sorted(name for name in folder.namelist() if not name.endswith("/"))
        step = len(names) / min(most or len(names), len(names)) if names else 1
        for at in range(int(len(names) / step)):
            name = names[int(at * step)]
            yield name, folder.read(name)


def main() -> int:
    """Read the options and the files; print what is to be looked at."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--most", type=int, help="read so many files of it, always the same")
    parser.add_argument("--partial", type=int, default=5, help="so many files may be partial")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        told = list(pool.map(read, *zip(*files(options.archive, options.most), strict=True), chunksize=_AT_ONCE))
    return report(told, options.partial)


def report(told: list[Told], most_partial: int) -> int:
    """Print the outcome; 1 if it is not as it has to be."""
    by_status = {status: [one for one in told if one.status is status] for status in Status}
    lost = [one for one in by_status[Status.FAILED] if one.ours]
    broken = [one for one in told if one.broken]
    for one in (*lost, *by_status[Status.PARTIAL], *broken):
        for reason in (*one.reasons, *one.broken):
            print(f"{one.name}: {reason}")
    counts = {status.value: len(found) for status, found in by_status.items()}
    refused = len(by_status[Status.FAILED]) - len(lost)
    print(f"{len(told)} files: {counts['ok']} read, {counts['partial']} partial, {len(lost)} lost, {refused} refused")
    return 1 if lost or broken or counts["partial"] > most_partial else 0


if __name__ == "__main__":
    sys.exit(main())
