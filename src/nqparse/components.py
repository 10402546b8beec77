"""The stages as spaCy components: the same functions that ``parse`` folds, over a ``Doc`` instead of a source.

Each stage is a factory, registered by an entry point, so that ``nlp.add_pipe("nqparse_layout")`` works in any
pipeline once nqparse is installed. The last one puts ``doc.spans["sections"]`` and ``doc.spans["indicators"]``; each
span carries its record as ``span._.record``, and the document's records are ``doc._.nqparse``.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from spacy.lang.xx import MultiLanguage
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab
from srsly.msgpack import msgpack_decoders, msgpack_encoders

from nqparse.folding import WORD
from nqparse.models import Document, Indicator, Record, Section
from nqparse.packs.load import Pack, load_pack
from nqparse.pipeline import STAGES, Analysis, begun, document
from nqparse.text.source import make_source

_KEY = "nqparse"
_LONGEST = 2_000_000_000
_CONFIG: dict[str, str | bool | None] = {"patterns": None, "strict": None}

_RECORDS = {record.__name__: record for record in (Document, Indicator, Section)}

Component = Callable[[Doc], Doc]
_State = tuple[Analysis, Pack]


def _document(doc: Doc) -> Document | None:
    """The records of a document, once its head has been read; None before."""
    state: _State | Document | None = doc.user_data.get(_KEY)
    if isinstance(state, tuple):
        return document(*state) if state[0].head is not None else None
    return state


@msgpack_encoders("nqparse")  # type: ignore[untyped-decorator]
def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """A record as ``Doc.to_bytes`` can write it, so that documents travel between processes."""
    if isinstance(value, Record):
        return {_KEY: type(value).__name__, "json": value.model_dump_json(by_alias=True)}
    return chain(value) if chain else value


@msgpack_decoders("nqparse")  # type: ignore[untyped-decorator]
def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and value.get(_KEY) in _RECORDS:
        return _RECORDS[value[_KEY]].model_validate_json(value["json"])
    return chain(value) if chain else value


def _register() -> None:
    if not Doc.has_extension("nqparse"):
        Doc.set_extension("nqparse", getter=_document)
    if not Span.has_extension("record"):
        Span.set_extension("record", default=None)


class _Stage:
    """One stage as a component. The state of a document travels in ``doc.user_data``; in the end it is its records."""

    def __init__(self, stage: str, patterns: str | None, strict: bool | None) -> None:
        self.stage = stage
        self.strict = strict
        self.pack = load_pack(Path(patterns)) if patterns else load_pack()
        _register()

    def __call__(self, doc: Doc) -> Doc:
        state: _State | Document | None = doc.user_data.get(_KEY)
        known = state[0] if isinstance(state, tuple) else None
        analysis = STAGES[self.stage](known or self._begun(doc), self.pack)
        last = self.stage == "nqparse_validate"
        doc.user_data[_KEY] = document(analysis, self.pack) if last else (analysis, self.pack)
        if self.stage == "nqparse_segment":
            doc.spans["sections"] = self._spans(analysis, doc, analysis.sections)
        if self.stage == "nqparse_normalise":
            doc.spans["indicators"] = self._spans(analysis, doc, analysis.indicators)
        return doc

    def _spans(self, analysis: Analysis, doc: Doc, records: Sequence[Section] | Sequence[Indicator]) -> list[Span]:
        nothing: list[Span] = []
        return analysis.guard.or_else(nothing, _spans, doc, records)

    def _begun(self, doc: Doc) -> Analysis:
        size = len(doc.text.encode("utf-8", "surrogatepass"))
        return begun(make_source(doc.text, size=size, strict=self.strict), strict=self.strict)


def _spans(doc: Doc, records: Sequence[Section] | Sequence[Indicator]) -> list[Span]:
    """A span of tokens for each record; its label is the section's kind, or the indicator's role."""
    spans = []
    for record in records:
        label = record.kind if isinstance(record, Section) else record.role
        span = doc.char_span(record.char_start, record.char_end, label=str(label), alignment_mode="expand")
        if span is not None:
            span._.record = record
            spans.append(span)
    return spans


@Language.factory("nqparse_layout", default_config=_CONFIG)
def layout(nlp: Language, name: str, patterns: str | None, strict: bool | None) -> Component:
    """Text → blocks and the numbers in them."""
    return _Stage("nqparse_layout", patterns, strict)


@Language.factory("nqparse_segment", default_config=_CONFIG)
def segment(nlp: Language, name: str, patterns: str | None, strict: bool | None) -> Component:
    """Blocks → the tree of sections and the document's head; sets ``doc.spans["sections"]``."""
    return _Stage("nqparse_segment", patterns, strict)


@Language.factory("nqparse_extract", default_config=_CONFIG)
def extract(nlp: Language, name: str, patterns: str | None, strict: bool | None) -> Component:
    """Numbers → measures with their names and context."""
    return _Stage("nqparse_extract", patterns, strict)


@Language.factory("nqparse_normalise", default_config=_CONFIG)
def normalise(nlp: Language, name: str, patterns: str | None, strict: bool | None) -> Component:
    """Measures → validated records; sets ``doc.spans["indicators"]``."""
    return _Stage("nqparse_normalise", patterns, strict)


@Language.factory("nqparse_validate", default_config=_CONFIG)
def validate(nlp: Language, name: str, patterns: str | None, strict: bool | None) -> Component:
    """Records → findings."""
    return _Stage("nqparse_validate", patterns, strict)


class Tokenizer:
    """Numbers, words and signs as tokens; nothing is rewritten, so that ``doc.text`` is the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for match in WORD.finditer(text):
            self._gap(text[at : match.start()], words, spaces)
            words.append(match.group())
            spaces.append(False)
            at = match.end()
        self._gap(text[at:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _gap(self, gap: str, words: list[str], spaces: list[bool]) -> None:
        """The white space between two tokens: one blank belongs to the token before, the rest is a token."""
        if gap.startswith(" ") and words:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to save; spaCy asks for it."""
        return b""

    def from_bytes(self, _data: bytes, **_kwargs: object) -> "Tokenizer":
        """Nothing to load; spaCy asks for it."""
        return self

    def to_disk(self, _path: object, **_: object) -> None:
        """Nothing to save; spaCy asks for it."""

    def from_disk(self, _path: object, **_: object) -> "Tokenizer":
        """Nothing to load; spaCy asks for it."""
        return self


@registry.tokenizers("nqparse.tokenizer")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """The tokenizer, for a pipeline's configuration."""
    return lambda nlp: Tokenizer(nlp.vocab)


def language(patterns: Path | None = None, *, strict: bool | None = None) -> Language:
    """A pipeline of all stages with a tokenizer of its own.

    >>> doc = language()("Tỷ lệ hộ nghèo: 1,25%")
    >>> [(span.text, span._.record.name) for span in doc.spans["indicators"]]
    [('1,25', 'Tỷ lệ hộ nghèo')]
    """
    nlp = MultiLanguage.from_config({"nlp": {"tokenizer": {"@tokenizers": "nqparse.tokenizer"}}})
    nlp.max_length = _LONGEST
    for stage in STAGES:
        nlp.add_pipe(stage, config={"patterns": str(patterns) if patterns else None, "strict": strict})
    return nlp
