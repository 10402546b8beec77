"""Gold files: what people read in a document, in the form of the annotation guide.

``STEM.measures.jsonl`` and ``STEM.sections.jsonl`` hold a JSON object per line for the document ``STEM``, wherever in
the folder of gold they lie. A row with ``"checked": false`` is a draft: it is read, and not counted.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Annotated, Generic, NamedTuple, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationError,
    model_validator,
)

from nqparse.errors import Fault, GoldError, InputError
from nqparse.models import Bound, Change, Role, SectionKind, SectionRole

MEASURES, SECTIONS = "measures", "sections"
Place = Annotated[StrictInt, Field(ge=0)]
Amount = Annotated[Decimal | None, BeforeValidator(lambda value: None if value == "" else value)]


class GoldRow(BaseModel):
    """A line of a gold file; fields that are not ours are let be."""

    model_config = ConfigDict(frozen=True)

    start: Place
    checked: StrictBool = True


class GoldMeasure(GoldRow):
    """A measure as the guide describes it."""

    end: Place
    text: str
    low: Amount
    high: Amount
    bound: Bound
    unit: str
    per: str | None = None
    of: Amount = None
    change: Change
    basis: str | None = None
    role: Role
    name: str
    label: str | None = None
    period: str | None = None
    core: StrictBool
    section: str | None = None

    @model_validator(mode="after")
    def _spans_something(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"the span ends at {self.end}, which is not after its start {self.start}")
        return self


class GoldSection(GoldRow):
    """A section as the guide describes it."""

    marker: str
    label: str
    path: str
    title: str | None = None
    kind: SectionKind
    role: SectionRole


R = TypeVar("R", bound=GoldRow)


class Line(NamedTuple, Generic[R]):
    """A row and the number of the line that it stands on, from 1."""

    number: int
    row: R


@dataclass(frozen=True, slots=True)
class GoldFile(Generic[R]):
    """The rows of one gold file, in its order."""

    path: Path
    lines: tuple[Line[R], ...]

    @property
    def unchecked(self) -> int:
        """How many rows no person has checked."""
        return sum(not line.row.checked for line in self.lines)


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one document; None where nobody has written that file."""

    measures: GoldFile[GoldMeasure] | None = None
    sections: GoldFile[GoldSection] | None = None

    @property
    def files(self) -> tuple[GoldFile[GoldMeasure] | GoldFile[GoldSection], ...]:
        return tuple(file for file in (self.measures, self.sections) if file is not None)

    @property
    def counts(self) -> bool:
        """Whether anything in it was checked: a draft does not count; a file without rows says that there are none."""
        return any(file.unchecked < len(file.lines) or not file.lines for file in self.files)


class Named(NamedTuple):
    """Where the gold of one document lies: its name (path in the folder of gold, without endings) and its files."""

    name: str
    measures: Path | None
    sections: Path | None

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.measures, self.sections) if path is not None)


def list_gold(where: Path) -> tuple[Named, ...]:
    """The gold files in a folder, at any depth, or that of one file's document; raises InputError if there are none."""
    if where.is_file():
        name = _name(where.name)
        found = {where.with_name(f"{name}.{kind}.jsonl") for kind in (MEASURES, SECTIONS)} if name else set()
        root, paths = where.parent, sorted(path for path in found if path.is_file())
    elif where.is_dir():
        root, paths = where, sorted(path for path in where.rglob("*.jsonl") if _name(path.name) is not None)
    else:
        raise InputError(f"{where}: no such file or folder of gold; check the path")
    if not paths:
        raise InputError(f"{where}: no gold here: its files are called NAME.measures.jsonl and NAME.sections.jsonl")
    names: dict[str, dict[str, Path]] = {}
    for path in paths:
        within = path.relative_to(root).with_name(_name(path.name) or "").as_posix()
        names.setdefault(unicodedata.normalize("NFC", within), {})[path.name.rsplit(".", 2)[1]] = path
    return tuple(Named(name, files.get(MEASURES), files.get(SECTIONS)) for name, files in names.items())


def _name(file: str) -> str | None:
    """The document's name in that of its gold file; None for another file.

    >>> _name("nq.15.measures.jsonl"), _name("notes.jsonl")
    ('nq.15', None)
    """
    return next((file.removesuffix(end) for end in (".measures.jsonl", ".sections.jsonl") if file.endswith(end)), None)


def digests(gold: Iterable[Named], where: Path) -> dict[str, str]:
    """The digest of each gold file, by its path in the folder ``where`` (of a file: in the folder that it lies in)."""
    root = where if where.is_dir() else where.parent
    paths = sorted(path for one in gold for path in one.paths)
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def assign(gold: Sequence[Named], doc_ids: Sequence[str]) -> dict[str, Named]:
    """The gold of each document that has some.

    A gold file belongs to the document whose id is its name, or is its name with an ending, or else whose file's stem
    is. Raises GoldError for gold without a document, for gold that two documents could have, and for a document with
    the gold of two.
    """
    places = _places(doc_ids)
    result: dict[str, Named] = {}
    faults = []
    for one in gold:
        matches = next((places[key] for key in _keys(one.name) if key in places), [])
        if len(matches) != 1:
            faults.append(Fault(one.paths[0], None, _stray(one.name, matches)))
        elif (other := result.setdefault(matches[0], one)) is not one:
            twice = f"{matches[0]} has gold already in {other.paths[0]}; keep one of the two"
            faults.append(Fault(one.paths[0], None, twice))
    if faults:
        raise GoldError(faults)
    return result


def _places(doc_ids: Iterable[str]) -> Mapping[tuple[int, str], list[str]]:
    """The documents by id, by id without its ending, and by stem."""
    places: dict[tuple[int, str], list[str]] = {}
    for doc_id in doc_ids:
        path = PurePosixPath(doc_id)
        for key in ((0, doc_id), (1, path.with_suffix("").as_posix()), (2, path.stem)):
            places.setdefault(key, []).append(doc_id)
    return places


def _keys(name: str) -> tuple[tuple[int, str], ...]:
    return (0, name), (1, name), (2, PurePosixPath(name).name)


def _stray(name: str, matches: Sequence[str]) -> str:
    if matches:
        return f"it could be for {' or '.join(matches)}; name it, or its folder, after one of them"
    return f"no document {name} is in the input; give the document too, or take its gold away"


def read_gold(named: Named) -> Gold:
    """The rows of a document's gold; raises GoldError, with file and line, for each that is not as the guide says."""
    faults: list[Fault] = []
    gold = Gold(
        GoldFile(named.measures, _rows(named.measures, GoldMeasure, faults)) if named.measures else None,
        GoldFile(named.sections, _rows(named.sections, GoldSection, faults)) if named.sections else None,
    )
    if faults:
        raise GoldError(faults)
    return gold


def _rows(path: Path, model: type[R], faults: list[Fault]) -> tuple[Line[R], ...]:
    lines: list[Line[R]] = []
    seen: dict[tuple[int, int], int] = {}
    for number, text in _texts(path):
        try:
            row = model.model_validate_json(text)
        except ValidationError as error:
            faults += (Fault(path, number, _reason(one["loc"], one["msg"])) for one in error.errors())
            continue
        first = seen.setdefault((row.start, getattr(row, "end", row.start)), number)
        if first != number:
            faults.append(Fault(path, number, f"it stands at the same place as line {first}; keep one of the two"))
        lines.append(Line(number, row))
    return tuple(lines)


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise GoldError([Fault(path, None, f"it cannot be read: {error.strerror}; make it readable")]) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise GoldError([Fault(path, line, "it is not valid UTF-8; save it as UTF-8")]) from error
    return ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def _reason(where: Sequence[int | str], message: str) -> str:
    return f"{'.'.join(map(str, where))}: {message}" if where else message
