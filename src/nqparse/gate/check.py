"""A folder of documents and a folder of gold in, the scores of each document and of all out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nqparse.addresses import Place
from nqparse.errors import Fault, GoldError, InputError, UnreadableError
from nqparse.gate.edits import edits
from nqparse.gate.gold import Gold, Named, assign, digests, list_gold, read_gold
from nqparse.gate.reads import Reading, read_run, reading, whole
from nqparse.gate.scores import Tallies, added
from nqparse.gate.scoring import Scored, explained, score
from nqparse.inputs import InputFile, list_files
from nqparse.packs.load import Pack
from nqparse.runs.parsing import parse_file
from nqparse.text.encodings import read_text

Read = Callable[[InputFile], Reading]


@dataclass(frozen=True, slots=True)
class Checked:
    """The scores of all documents, and of each that has gold."""

    scored: tuple[Scored, ...]
    total: Tallies
    failures: Mapping[str, str]
    """Why nothing could be read, by document."""
    without_gold: tuple[str, ...]
    drafts: tuple[str, ...]
    """The documents whose gold no person has checked, which therefore does not count."""
    paths: Mapping[str, Place]
    """Where each document lies."""
    digests: Mapping[str, str]
    """The digest of each gold file."""


def by_pipeline(pack: Pack) -> Read:
    """Reads each file as ``nqparse run`` does."""
    return lambda file: reading(whole(parse_file(file, pack)))


def by_run(out: Path) -> Read:
    """Takes what the finished run in ``out`` read; raises InputError where that is no run of these very files."""
    run = read_run(out)

    def read(file: InputFile) -> Reading:
        found = run.get(file.doc_id)
        if found is None:
            raise InputError(f"{out}: it has no document {file.doc_id}; run nqparse run again, over the same input")
        if found.failure is None and found.head.bytes != file.size:
            raise InputError(
                f"{out}: it was written from another {file.doc_id} than {file.path}; run nqparse run again"
            )
        return found

    return read


def check(
    inputs: Sequence[Path], gold: Path, read: Read, globs: Sequence[str] = (), root: Path | None = None
) -> Checked:
    """Score what ``read`` gives for each file of ``inputs`` against its gold.

    Raises InputError, before anything is read, for gold that cannot be counted: of a document that is not there, of two
    for one, with lines that cannot be parsed, that does not fit the document's text, or that no person has checked.
    """
    files = list_files(inputs, globs, root=root)
    named = list_gold(gold)
    assigned = assign(named, [file.doc_id for file in files])
    texts = {file.doc_id: _text(file) for file in files if file.doc_id in assigned}
    known = _known(texts, assigned)
    counted = {doc_id: one for doc_id, one in known.items() if one.counts}
    if not counted:
        raise InputError(f'{gold}: no row of it is checked; read each, and set its "checked" to true')
    failures: dict[str, str] = {}
    scored: list[Scored] = []
    rest: list[Tallies] = []
    for file, found in ((file, read(file)) for file in files):
        if found.failure is not None:
            failures[file.doc_id] = found.failure
        if file.doc_id in counted:
            name = assigned[file.doc_id].name
            scored.append(score(found, counted[file.doc_id], name, texts.pop(file.doc_id) or ""))
        else:
            rest.append(explained(found))
    return Checked(
        tuple(scored),
        added([*(one.tallies for one in scored), *rest]),
        failures,
        tuple(file.doc_id for file in files if file.doc_id not in assigned),
        tuple(doc_id for doc_id in known if doc_id not in counted),
        {file.doc_id: file.path for file in files},
        digests(named, gold),
    )


def _known(texts: Mapping[str, str | None], assigned: Mapping[str, Named]) -> dict[str, Gold]:
    """The gold of each document; raises GoldError with all that is wrong in any."""
    result: dict[str, Gold] = {}
    faults: list[Fault] = []
    for doc_id, text in texts.items():
        try:
            result[doc_id] = read_gold(assigned[doc_id])
        except GoldError as error:
            faults += error.faults
        else:
            faults += edits(result[doc_id], text, doc_id) if text is not None else ()
    if faults:
        raise GoldError(faults)
    return result


def _text(file: InputFile) -> str | None:
    """The document's text; None where it cannot be read, which is told when it is scored."""
    try:
        return read_text(file.path)
    except UnreadableError:
        return None
