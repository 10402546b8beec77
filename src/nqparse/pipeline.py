"""The stages in their order: one list, folded by ``parse`` and wrapped as spaCy components by ``load``."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from nqparse.findings import find_faults
from nqparse.models import Document, Finding, Indicator, Number, Section
from nqparse.packs.load import Pack, load_pack
from nqparse.records import head_record, indicator_records, number_records, section_records
from nqparse.stages.blocks import Block, lay_out
from nqparse.stages.context import Stated, state
from nqparse.stages.head import Head, read_head
from nqparse.stages.numbers import BlockNumbers, find_numbers
from nqparse.stages.sections import Tree, segment
from nqparse.text import Source, make_source

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the stages have made of a document so far; each stage fills in its own part and leaves the others alone."""

    source: Source
    blocks: tuple[Block, ...] = ()
    candidates: tuple[BlockNumbers, ...] = ()
    tree: Tree | None = None
    head: Head | None = None
    stated: Stated | None = None
    sections: tuple[Section, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    numbers: tuple[Number, ...] = ()
    findings: tuple[Finding, ...] = ()


T = TypeVar("T")
Step = Callable[[Analysis, Pack], Analysis]


def _need(value: "T | None", stage: str) -> "T":
    if value is None:
        raise RuntimeError(f"the stage {stage!r} must run first")
    return value


def _lay_out(analysis: Analysis, pack: Pack) -> Analysis:
    blocks = lay_out(analysis.source, pack)
    return replace(analysis, blocks=blocks, candidates=find_numbers(blocks, pack))


def _segment(analysis: Analysis, pack: Pack) -> Analysis:
    tree = segment(analysis.blocks, analysis.candidates, pack)
    head = read_head(analysis.source, analysis.blocks, tree, pack)
    return replace(analysis, tree=tree, head=head, sections=section_records(analysis.source, analysis.blocks, tree))


def _extract(analysis: Analysis, pack: Pack) -> Analysis:
    tree, head = _need(analysis.tree, "nqparse_segment"), _need(analysis.head, "nqparse_segment")
    return replace(analysis, stated=state(analysis.source.text, analysis.blocks, analysis.candidates, tree, head, pack))


def _normalise(analysis: Analysis, pack: Pack) -> Analysis:
    stated = _need(analysis.stated, "nqparse_extract")
    rows = indicator_records(analysis.source, analysis.blocks, stated.statements, analysis.sections, pack)
    ledger = number_records(analysis.source, analysis.blocks, stated.numbers, stated.statements, rows)
    return replace(analysis, indicators=rows, numbers=ledger)


def _validate(analysis: Analysis, pack: Pack) -> Analysis:
    tree = _need(analysis.tree, "nqparse_segment")
    faults = find_faults(analysis.source, analysis.blocks, tree, analysis.indicators, analysis.numbers, pack)
    return replace(analysis, findings=faults)


STAGES: dict[str, Step] = {
    "nqparse_layout": _lay_out,
    "nqparse_segment": _segment,
    "nqparse_extract": _extract,
    "nqparse_normalise": _normalise,
    "nqparse_validate": _validate,
}
"""The stages by the names under which spaCy knows them, in the order in which they run."""


def analyse(source: Source, pack: Pack) -> Analysis:
    """All stages over one source."""
    analysis = Analysis(source)
    for stage in STAGES.values():
        analysis = stage(analysis, pack)
    return analysis


def document(analysis: Analysis, pack: Pack) -> Document:
    """The records of an analysis that has been through all stages."""
    head = head_record(analysis.source, _need(analysis.head, "nqparse_segment"), pack)
    return Document.model_construct(
        head=head,
        sections=analysis.sections,
        indicators=analysis.indicators,
        numbers=analysis.numbers,
        findings=analysis.findings,
    )


def parse(text_or_path: str | Path, *, pack: Pack | None = None) -> Document:
    """The records of one document.

    A ``Path`` is read as a file, a ``str`` is the text itself. Offsets in the records are code points of the text as
    given (of a file: as decoded, a byte order mark not counted).

    >>> [(i.name, i.low, i.unit) for i in parse("Tỷ lệ hộ nghèo: 1,25%").indicators]
    [('Tỷ lệ hộ nghèo', Decimal('1.25'), '%')]

    Raises UnreadableError for a file that holds no text, PatternError for a faulty pack.
    """
    pack = pack or load_pack()
    if isinstance(text_or_path, Path):
        from nqparse.readers import read_file

        source = read_file(text_or_path, text_or_path.name)
    else:
        source = make_source(text_or_path, size=len(text_or_path.encode("utf-8", "surrogatepass")))
    return document(analyse(source, pack), pack)


def load(patterns: Path | None = None) -> "Language":
    """A spaCy pipeline of the stages; its docs carry ``doc.spans["sections"]`` and ``doc.spans["indicators"]``.

    ``patterns`` is a folder of pattern files to lay over the built-in ones.
    """
    from nqparse.components import language

    return language(patterns)
