"""Looks for texts that break nqparse: a coverage-guided run over file bytes and over pieces of the grammar.

    python tools/fuzz.py --seconds 3600 --report docs/robustness.md

Every input is checked by ``nqparse.testing.invariants.faults_of``, and must not take long for its size. What fails is
kept once for each way of failing, cut down to what is needed for it, and printed; with ``--examples DIR`` as a file
too, for tests to read from then on. Without ``--seed`` it draws other cases each time. Exit status 1 if any failed.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import randrange
from time import thread_time

from report import put

ROOT = Path(__file__).parents[1]
READ = (
    *(f"{room}/*" for room in ("text", "layout", "outline", "quantity", "syntax", "naming", "context", "rows")),
    *("findings.py", "folding.py", "pipeline.py", "records.py", "statements.py", "words.py"),
)
"""The modules that turn a text into records, by their paths in the package: those whose coverage is told."""
_SLOW_SECONDS, _SECONDS_PER_CHARACTER = 2.0, 1e-3
_SEED_PIECES = 300
_CUT_SECONDS = 60.0
_NEVER = "never ends, or takes all memory"


# --- one input


class Subject:
    """What is fuzzed: bytes in, the way in which they fail out (empty where they do not)."""

    def __init__(self) -> None:
        from nqparse.packs.load import load_pack
        from nqparse.pipeline import parse
        from nqparse.testing.pieces import grammar_of

        self.pack = load_pack()
        self.grammar = grammar_of(self.pack)
        parse("Tỷ lệ hộ nghèo: 1,25%")  # the model of word bounds is loaded when it is first needed

    def text(self, data: bytes) -> str | None:
        """The text of an input: its first byte says whether the rest spells a file or a walk over the grammar."""
        from nqparse.errors import UnreadableError
        from nqparse.text.encodings import read_bytes

        if data[:1] and data[0] % 4:
            return self.grammar.from_bytes(data[1:])
        try:
            return read_bytes(data[1:], "fuzz.txt").raw
        except UnreadableError:
            return None

    def failure(self, text: str) -> str:
        """The way in which a text fails: the same for all texts that fail for one reason."""
        from nqparse.testing.invariants import faults_of
        from nqparse.text.source import make_source

        started = thread_time()
        try:
            faults = faults_of(make_source(text, "fuzz.txt"), self.pack)
        except Exception as error:  # noqa: BLE001 - any exception is what is looked for
            return _signature(error)
        if faults:
            return re.sub(r"\d+|'.*'|\".*\"|section \S+", "…", faults[0])
        slow = thread_time() - started > _SLOW_SECONDS + _SECONDS_PER_CHARACTER * len(text)
        return "takes long for its size" if slow else ""


def _signature(error: Exception) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "nqparse" in frame.filename]
    where = f"{Path(frames[-1].filename).stem}.{frames[-1].name}: {frames[-1].line}" if frames else ""
    return f"{type(error).__name__} in {where}"


# --- the run itself: in a process of its own, which libFuzzer ends


def fuzz(folder: Path, seconds: int, seed: int) -> None:
    """Fuzz for ``seconds``; inputs that reached something new are kept in FOLDER/corpus, failures in FOLDER/finds."""
    import atheris

    with atheris.instrument_imports(include=["nqparse"]):
        subject = Subject()
    finds = folder / "finds"
    known: set[str] = set()

    def one(data: bytes) -> None:
        text = subject.text(data)
        how = subject.failure(text) if text is not None else ""
        if how and how not in known:
            known.add(how)
            found = json.dumps({"how": how, "text": text})
            (finds / f"{len(known):03}.json").write_text(found, encoding="utf-8")

    options = [f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=512", "-timeout=300", "-rss_limit_mb=4096"]
    options += ["-print_final_stats=1", f"-artifact_prefix={finds}/"]
    atheris.Setup([sys.argv[0], *options, str(folder / "corpus")], one)
    atheris.Fuzz()


def replay(folder: Path) -> None:
    """Tell which share of the code that reads a text the kept inputs reach."""
    import coverage

    package = ROOT / "src" / "nqparse"
    watch = coverage.Coverage(branch=True, data_file=None, include=[str(package / name) for name in READ])
    watch.start()
    from nqparse.pipeline import analyse, document
    from nqparse.text.source import make_source

    subject = Subject()
    for path in sorted((folder / "corpus").iterdir()):
        text = subject.text(path.read_bytes())
        if text is not None:
            document(analyse(make_source(text), subject.pack), subject.pack)
    watch.stop()
    (folder / "covered").write_text(f"{watch.report(file=(folder / 'coverage.txt').open('w')):.1f}", encoding="utf-8")


# --- around it


@dataclass
class Outcome:
    """What a run tried and found."""

    seconds: int
    seed: int
    inputs: int = 0
    kept: int = 0
    edges: int = 0
    covered: str = ""
    finds: list[tuple[str, str]] = field(default_factory=list)


def sow(folder: Path, subject: Subject) -> None:
    """Begin with the samples as files, and with single pieces of the grammar."""
    corpus = folder / "corpus"
    for at, path in enumerate(sorted((ROOT / "samples").glob("*.*"))):
        data = path.read_bytes()
        (corpus / f"file-{at}").write_bytes(b"\0" + data[:1000].decode("utf-8", "ignore").encode())
    for at in range(_SEED_PIECES):
        (corpus / f"piece-{at}").write_bytes(bytes([1, at % len(subject.grammar.groups), at >> 8, at & 255, at % 30]))


def run(folder: Path, seconds: int, seed: int) -> Outcome:
    """Fuzz, replay and cut down, each in its own process or in this one."""
    for name in ("corpus", "finds"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    subject = Subject()
    sow(folder, subject)
    log = _child("--fuzz", str(folder), "--seconds", str(seconds), "--seed", str(seed))
    _child("--replay", str(folder))
    outcome = Outcome(seconds, seed, covered=(folder / "covered").read_text(encoding="utf-8"))
    outcome.inputs = _last(log, r"number_of_executed_units: (\d+)") or _last(log, r"^#(\d+)")
    outcome.edges, outcome.kept = _last(log, r"cov: (\d+)"), len(list((folder / "corpus").iterdir()))
    for path in sorted((folder / "finds").glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        outcome.finds.append((found["how"], cut(found["text"], found["how"], subject.failure)))
    outcome.finds += [(_NEVER, p.name) for p in (folder / "finds").glob("[!0-9]*-*")]
    return outcome


def _child(*arguments: str) -> str:
    done = subprocess.run([sys.executable, __file__, *arguments], stderr=subprocess.PIPE, text=True, errors="replace")
    if done.returncode and "libFuzzer" not in done.stderr:
        raise SystemExit(done.stderr)
    return done.stderr


def _last(log: str, pattern: str) -> int:
    return max((int(number) for number in re.findall(pattern, log, re.MULTILINE)), default=0)


def cut(text: str, how: str, failure: Callable[[str], str]) -> str:
    """The text without all that it can lose and still fail in that way; cutting ends after a minute."""
    started, size = thread_time(), max(1, len(text) // 2)
    while thread_time() - started < _CUT_SECONDS:
        at, before = 0, len(text)
        while at < len(text) and thread_time() - started < _CUT_SECONDS:
            shorter = text[:at] + text[at + size :]
            text, at = (shorter, at) if failure(shorter) == how else (text, at + size)
        if size == 1 and len(text) == before:
            break
        size = max(1, size // 2)
    return text


def keep(outcome: Outcome, folder: Path) -> None:
    """Put the texts that failed into a folder, each under a name that follows from it."""
    for how, text in outcome.finds:
        if how != _NEVER:
            folder.mkdir(parents=True, exist_ok=True)
            data = text.encode("utf-8", "surrogatepass")
            (folder / f"{sha256(data).hexdigest()[:12]}.txt").write_bytes(data)


def section(outcome: Outcome) -> str:
    """What the report says of a run."""
    lines = [
        "| | |",
        "| --- | --- |",
        f"| seconds of fuzzing (seed {outcome.seed}) | {outcome.seconds} |",
        f"| inputs | {outcome.inputs} |",
        f"| of these, kept because they reached something new | {outcome.kept} |",
        f"| code that reads a text: lines and branches that the kept inputs reach | {outcome.covered} % |",
        f"| branches of nqparse's code and comparisons that the fuzzer saw taken | {outcome.edges} |",
        f"| ways of failing that are left | {len(outcome.finds)} |",
    ]
    return "\n".join([*lines, "", *(f"- {how}: `{text!r}`" for how, text in outcome.finds)]).rstrip()


def main() -> int:
    """Read the options; be the process that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--examples", type=Path, help="a folder for the texts that failed, cut down")
    parser.add_argument("--report", type=Path, help="a Markdown file to write the outcome in, between its two marks")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs; a second run goes on from them")
    parser.add_argument("--fuzz", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--replay", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fuzz or options.replay:
        fuzz(options.fuzz, options.seconds, options.seed) if options.fuzz else replay(options.replay)
        return 0
    with tempfile.TemporaryDirectory(prefix="nqparse-fuzz-") as name:
        seed = options.seed if options.seed is not None else randrange(1, 1 << 31)
        outcome = run(options.keep or Path(name), options.seconds, seed)
    print(section(outcome))
    if options.examples:
        keep(outcome, options.examples)
    if options.report:
        put(options.report, "fuzzing", section(outcome))
    return 1 if outcome.finds else 0


if __name__ == "__main__":
    sys.exit(main())
