"""The stages in their order: one list, folded by ``parse`` and wrapped as spaCy components by ``load``."""

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from nqparse.context.scope import Scope
from nqparse.errors import PathAsTextWarning
from nqparse.faults import Guard
from nqparse.findings import Reviewer
from nqparse.layout.blocks import Block
from nqparse.layout.build import lay_out, plain_layout
from nqparse.models import Document, DocumentRecord, Finding, Indicator, Number, Rows, Section, Status
from nqparse.outline.act_heads import with_heads
from nqparse.outline.head import Head
from nqparse.outline.sections import segment
from nqparse.outline.tree import Tree, flat_tree
from nqparse.packs.load import Pack, load_pack
from nqparse.quantity.numbers import BlockNumbers, Candidates, unexplained
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
    guard: Guard = field(default_factory=Guard, compare=False, repr=False)
    """Keeps what is passed over because it raises."""
    blocks: tuple[Block, ...] = ()
    candidates: Sequence[BlockNumbers] = field(default=(), compare=False)
    tree: Tree | None = None
    head: Head | None = None
    record: DocumentRecord | None = None
    stated: Stated | None = None
    sections: tuple[Section, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    numbers: tuple[Number, ...] = ()
    findings: tuple[Finding, ...] = ()


T = TypeVar("T")
_STRETCH = 1 << 17
_LONGEST_PATH = 1 << 12
Step = Callable[[Analysis, Pack], Analysis]


def _need(value: "T | None", stage: str) -> "T":
    if value is None:
        raise RuntimeError(f"the stage {stage!r} must run first")
    return value


def begun(source: Source, *, strict: bool | None = None) -> Analysis:
    """The analysis of a source that no stage has seen. Where it is strict, whatever a rule raises is raised; None asks
    the environment."""
    guard = Guard(strict=strict)
    guard.take(source.faults)
    return Analysis(source, guard)


def _lay_out(analysis: Analysis, pack: Pack) -> Analysis:
    guard, source = analysis.guard, analysis.source
    analysis = replace(analysis, source=guard.or_else(source, mend, source, pack))
    source = analysis.source  # the text before it is let go: it may be long
    blocks = guard.or_do(lambda: plain_layout(source), lay_out, source, pack, guard)
    return replace(analysis, blocks=blocks, candidates=Candidates(blocks, pack, guard))


def _segment(analysis: Analysis, pack: Pack) -> Analysis:
    guard, source, blocks = analysis.guard, analysis.source, analysis.blocks
    flat = flat_tree(len(blocks))
    tree = guard.or_else(flat, segment, blocks, analysis.candidates, pack, guard)
    guard.place = None
    sections = guard.or_else(None, section_records, source, blocks, tree)
    if sections is None:
        tree, sections = flat, ()
    tree = guard.or_else(tree, with_heads, source, blocks, tree, pack, guard)
    head = tree.acts.acts[tree.acts.main()].head
    record = guard.or_do(lambda: head_record(source, Head(), pack), head_record, source, head, pack)
    return replace(analysis, tree=tree, head=head, record=record, sections=sections)


def _extract(analysis: Analysis, pack: Pack) -> Analysis:
    every = range(len(analysis.blocks))
    return replace(analysis, stated=_stated(analysis, _stater(analysis, pack), Scope(), every)[1])


def _stater(analysis: Analysis, pack: Pack) -> Stater | None:
    """What reads the blocks; None where it cannot begin."""
    tree = _need(analysis.tree, "nqparse_segment")
    text, blocks, guard = analysis.source.text, analysis.blocks, analysis.guard
    return guard.or_else(None, Stater, text, blocks, analysis.candidates, tree, pack, guard)


def _stated(analysis: Analysis, stater: Stater | None, scope: Scope, stretch: range) -> tuple[Scope, Stated]:
    """The statements of a stretch that begins in ``scope``; none, but its numbers, where they cannot be read."""

    def nothing() -> tuple[Scope, Stated]:
        return scope, Stated((), tuple(unexplained(analysis.candidates[at]) for at in stretch), stretch.start)

    read = analysis.guard.or_do(nothing, stater.read_stretch, scope, stretch) if stater is not None else nothing()
    analysis.guard.place = None
    return read


def _normalise(analysis: Analysis, pack: Pack) -> Analysis:
    indicators, numbers = _recorder(analysis, pack).record(_need(analysis.stated, "nqparse_extract"))
    return replace(analysis, indicators=indicators, numbers=numbers)


def _recorder(analysis: Analysis, pack: Pack) -> Recorder:
    return Recorder(analysis.source, analysis.blocks, analysis.sections, pack, analysis.guard, analysis.record)


def _validate(analysis: Analysis, pack: Pack) -> Analysis:
    reviewer = _reviewer(analysis, pack)
    return replace(analysis, findings=(*reviewer.review(analysis.indicators, analysis.numbers), *reviewer.conclude()))


def _reviewer(analysis: Analysis, pack: Pack) -> Reviewer:
    tree = _need(analysis.tree, "nqparse_segment")
    return Reviewer(analysis.source, analysis.blocks, tree, pack, analysis.guard, analysis.record)


STAGES: dict[str, Step] = {
    "nqparse_layout": _lay_out,
    "nqparse_segment": _segment,
    "nqparse_extract": _extract,
    "nqparse_normalise": _normalise,
    "nqparse_validate": _validate,
}
"""The stages by the names under which spaCy knows them, in the order in which they run."""


def analyse(source: Source, pack: Pack, *, strict: bool | None = None) -> Analysis:
    """All stages over one source; what a rule raises is passed over, unless it is ``strict``."""
    analysis = begun(source, strict=strict)
    for stage in STAGES.values():
        analysis = stage(analysis, pack)
    return analysis


def document(analysis: Analysis, pack: Pack) -> Document:
    """The records of an analysis that has been through all stages."""
    return Document.model_construct(
        head=_head(analysis),
        sections=analysis.sections,
        indicators=analysis.indicators,
        numbers=analysis.numbers,
        findings=analysis.findings,
    )


def _head(analysis: Analysis) -> DocumentRecord:
    """The row of ``documents``, when all else of the document has been read."""
    record = _need(analysis.record, "nqparse_segment")
    return record.model_copy(update={"status": Status.PARTIAL}) if analysis.guard.met else record


def parts(source: Source, pack: Pack, size: int = _STRETCH, *, strict: bool | None = None) -> Iterator[Rows]:
    """The rows of a document, those of a long one bit by bit: together they are those of ``document(analyse(…))``.

    Its layout and its sections are held whole. What is read from them, which takes more memory, is given in stretches
    of about ``size`` characters. The row of the document itself, which says whether all was read, comes last.
    """
    first = [begun(source, strict=strict)]
    del source  # what it becomes takes its place, so that a long text is not held twice
    front = _segment(_lay_out(first.pop(), pack), pack)
    stater, recorder, reviewer = _stater(front, pack), _recorder(front, pack), _reviewer(front, pack)
    scope = Scope()

    def of(stretch: range) -> Rows:
        nonlocal scope
        scope, stated = _stated(front, stater, scope, stretch)
        indicators, numbers = recorder.record(stated)
        return Rows((), (), indicators, numbers, reviewer.review(indicators, numbers))

    every = tuple(stretches(front.blocks, size))
    for stretch in every:
        rows = of(stretch)
        if stretch is every[0]:
            rows = rows._replace(sections=front.sections)
        if stretch is every[-1]:
            rows = rows._replace(findings=(*rows.findings, *reviewer.conclude()))
            rows = rows._replace(documents=(_head(front),))
        yield rows
        del rows  # or it would be held while the next is made


def parse(text_or_path: str | Path, *, pack: Pack | None = None, strict: bool | None = None) -> Document:
    """The records of one document.

    A ``Path`` is read as a file, a ``str`` is the text itself; one that is the path of a file is warned of
    (PathAsTextWarning). Offsets in the records are code points of the text as
    given (of a file: as decoded, a byte order mark not counted).

    >>> [(i.name, i.low, i.unit) for i in parse("Tỷ lệ hộ nghèo: 1,25%").indicators]
    [('Tỷ lệ hộ nghèo', Decimal('1.25'), '%')]

    A rule that fails at some line costs that line, not the document: ``head.status`` is then ``partial``, and a finding
    ``rule_failed`` says where. With ``strict=True`` (or ``NQPARSE_STRICT=1`` in the environment) what it raises is
    raised. Raises UnreadableError for a file that holds no text, PatternError for a faulty pack.
    """
    pack = pack or load_pack()
    if isinstance(text_or_path, Path):
        from nqparse.text.encodings import read_file

        source = read_file(text_or_path, text_or_path.name, strict=strict)
    else:
        _warn_of_path(text_or_path)
        source = make_source(text_or_path, size=len(text_or_path.encode("utf-8", "surrogatepass")), strict=strict)
    return document(analyse(source, pack, strict=strict), pack)


def _warn_of_path(text: str) -> None:
    """Warn where a text is the path of a file: it was hardly meant as text."""
    if len(text) <= _LONGEST_PATH and not text.isspace() and "\n" not in text and os.path.isfile(text):  # noqa: PTH113
        message = f"parse() was given the path of a file as a str, and read it as text: use parse(Path({text!r}))"
        warnings.warn(message, PathAsTextWarning, stacklevel=3)


def load(patterns: Path | None = None, *, strict: bool | None = None) -> "Language":
    """A spaCy pipeline of the stages; its docs carry ``doc.spans["sections"]`` and ``doc.spans["indicators"]``.

    ``patterns`` is a folder of pattern files to lay over the built-in ones; ``strict`` is that of ``parse``.
    """
    from nqparse.components import language

    return language(patterns, strict=strict)
