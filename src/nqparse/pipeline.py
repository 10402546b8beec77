"""The stages in their order: one list, folded by ``parse`` and wrapped as spaCy components by ``load``."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from nqparse.findings import Reviewer
from nqparse.layout.blocks import Block
from nqparse.layout.build import lay_out
from nqparse.models import Document, DocumentRecord, Finding, Indicator, Number, Rows, Section
from nqparse.outline.head import Head, read_head
from nqparse.outline.sections import Tree, segment
from nqparse.packs.load import Pack, load_pack
from nqparse.quantity.numbers import BlockNumbers, Candidates
from nqparse.records import Recorder, head_record, section_records, stretches
from nqparse.statements import Stated, Stater
from nqparse.text.slips import mend
from nqparse.text.source import Source, make_source

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the stages have made of a document so far; each stage fills in its own part and leaves the others alone."""

    source: Source
    blocks: tuple[Block, ...] = ()
    candidates: Sequence[BlockNumbers] = field(default=(), compare=False)
    tree: Tree | None = None
    head: Head | None = None
    stated: Stated | None = None
    sections: tuple[Section, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    numbers: tuple[Number, ...] = ()
    findings: tuple[Finding, ...] = ()


T = TypeVar("T")
_STRETCH = 1 << 17
Step = Callable[[Analysis, Pack], Analysis]


def _need(value: "T | None", stage: str) -> "T":
    if value is None:
        raise RuntimeError(f"the stage {stage!r} must run first")
    return value


def _lay_out(analysis: Analysis, pack: Pack) -> Analysis:
    analysis = replace(analysis, source=mend(analysis.source, pack))  # the text before it is let go: it may be long
    blocks = lay_out(analysis.source, pack)
    return replace(analysis, blocks=blocks, candidates=Candidates(blocks, pack))


def _segment(analysis: Analysis, pack: Pack) -> Analysis:
    tree = segment(analysis.blocks, analysis.candidates, pack)
    head = read_head(analysis.source, analysis.blocks, tree, pack)
    return replace(analysis, tree=tree, head=head, sections=section_records(analysis.source, analysis.blocks, tree))


def _extract(analysis: Analysis, pack: Pack) -> Analysis:
    return replace(analysis, stated=_stater(analysis, pack).read(range(len(analysis.blocks))))


def _stater(analysis: Analysis, pack: Pack) -> Stater:
    tree, head = _need(analysis.tree, "nqparse_segment"), _need(analysis.head, "nqparse_segment")
    return Stater(analysis.source.text, analysis.blocks, analysis.candidates, tree, head, pack)


def _normalise(analysis: Analysis, pack: Pack) -> Analysis:
    indicators, numbers = _recorder(analysis, pack).record(_need(analysis.stated, "nqparse_extract"))
    return replace(analysis, indicators=indicators, numbers=numbers)


def _recorder(analysis: Analysis, pack: Pack) -> Recorder:
    return Recorder(analysis.source, analysis.blocks, analysis.sections, pack)


def _validate(analysis: Analysis, pack: Pack) -> Analysis:
    reviewer = _reviewer(analysis, pack)
    return replace(analysis, findings=(*reviewer.review(analysis.indicators, analysis.numbers), *reviewer.conclude()))


def _reviewer(analysis: Analysis, pack: Pack) -> Reviewer:
    return Reviewer(analysis.source, analysis.blocks, _need(analysis.tree, "nqparse_segment"), pack)


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
    return Document.model_construct(
        head=_head(analysis, pack),
        sections=analysis.sections,
        indicators=analysis.indicators,
        numbers=analysis.numbers,
        findings=analysis.findings,
    )


def _head(analysis: Analysis, pack: Pack) -> DocumentRecord:
    return head_record(analysis.source, _need(analysis.head, "nqparse_segment"), pack)


def parts(source: Source, pack: Pack, size: int = _STRETCH) -> Iterator[Rows]:
    """The rows of a document, those of a long one bit by bit: together they are those of ``document(analyse(…))``.

    Its layout and its sections are held whole. What is read from them, which takes more memory, is given in stretches
    of about ``size`` characters.
    """
    begun = [Analysis(source)]
    del source  # what it becomes takes its place, so that a long text is not held twice
    front = _segment(_lay_out(begun.pop(), pack), pack)
    stater, recorder, reviewer = _stater(front, pack), _recorder(front, pack), _reviewer(front, pack)

    def of(stretch: range) -> Rows:
        indicators, numbers = recorder.record(stater.read(stretch))
        return Rows((), (), indicators, numbers, reviewer.review(indicators, numbers))

    every = tuple(stretches(front.blocks, size))
    for stretch in every:
        rows = of(stretch)
        if stretch is every[0]:
            rows = rows._replace(documents=(_head(front, pack),), sections=front.sections)
        if stretch is every[-1]:
            rows = rows._replace(findings=(*rows.findings, *reviewer.conclude()))
        yield rows
        del rows  # or it would be held while the next is made


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
        from nqparse.text.encodings import read_file

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
