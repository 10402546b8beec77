"""Pattern files → a compiled pack. The only reader of TOML and the only compiler of the patterns' expressions."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Generic, TypeVar

import regex
from pydantic import ValidationError

from nqparse.errors import PatternError
from nqparse.folding import WORD, fold, in_both_styles
from nqparse.packs.decisions import DecisionList
from nqparse.packs.finding import Finder
from nqparse.packs.lexicon import Lexicon, Listed, Spellings, Words
from nqparse.packs.locate import pattern_folder
from nqparse.packs.numbers import Branch, NumberFinder, at_numbers
from nqparse.packs.phrases import pairs
from nqparse.packs.schema import (
    Basis,
    Decision,
    Denominator,
    Expression,
    Heading,
    Issuer,
    Lead,
    Marker,
    Multiplier,
    Noun,
    NumberRule,
    PatternFile,
    Rule,
    Slip,
    Tag,
    Tail,
    TypeRule,
    Unit,
)

R = TypeVar("R", bound=Rule)
QUICK = "surely-a-quantity"
"""The id of the expression that is tried at each number before all rules."""


@lru_cache(maxsize=32768)
def words_of(phrase: str) -> tuple[str, ...]:
    """The folded words and signs of a phrase: the key under which phrases are looked up.

    >>> words_of("Tỷ lệ/1 vạn dân")
    ('tỷ', 'lệ', '/', '1', 'vạn', 'dân')
    """
    return tuple(fold(w) for w in WORD.findall(phrase))


_Found = tuple[int, R, str]
_Entry = tuple[int, tuple[str, ...], _Found[R]]


class Phrases(Generic[R]):
    """Rules by their forms, looked up in a sequence of folded words; the longest form wins.

    ``after`` finds a phrase that begins at a place, ``before`` one that ends there, ``within`` the first of a stretch.
    """

    def __init__(self, rules: Iterable[tuple[R, Iterable[str]]], spellings: Spellings) -> None:
        self._first: dict[str, list[_Entry[R]]] = {}
        self._last: dict[str, list[_Entry[R]]] = {}
        for rule, forms in rules:
            for form in forms:
                key = words_of(form)
                if not key:
                    raise PatternError(f"rule {rule.id}: the form {form!r} has no word")
                for met in spellings.of(key):
                    found = len(met), rule, form
                    self._first.setdefault(met[0], []).append((len(met), met, found))
                    self._last.setdefault(met[-1], []).append((len(met), met, found))
        for index in (self._first, self._last):
            for entries in index.values():
                entries.sort(key=lambda entry: -entry[0])

    def words(self) -> set[str]:
        """The words of all phrases."""
        return {word for entries in self._first.values() for _, key, _ in entries for word in key}

    def after(self, words: Sequence[str], at: int) -> tuple[int, R, str] | None:
        """The longest phrase that begins at ``at``: how many words it takes, its rule, its form as written."""
        entries = self._first.get(words[at]) if at < len(words) else None
        if entries is None:
            return None
        for size, key, found in entries:
            if size == 1 or tuple(words[at : at + size]) == key:
                return found
        return None

    def within(self, words: Sequence[str], first: int, last: int) -> tuple[int, tuple[int, R, str]] | None:
        """The first place from ``first`` up to, not including, ``last`` at which a phrase begins, and that phrase."""
        for at in range(first, min(last, len(words))):
            if words[at] in self._first and (found := self.after(words, at)) is not None:
                return at, found
        return None

    def before(self, words: Sequence[str], end: int) -> tuple[int, R, str] | None:
        """The longest phrase that ends before ``end``: how many words it takes, its rule, its form as written."""
        entries = self._last.get(words[end - 1]) if end > 0 else None
        if entries is None:
            return None
        for size, key, found in entries:
            if size == 1 or (size <= end and tuple(words[end - size : end]) == key):
                return found
        return None


@dataclass(frozen=True, slots=True)
class Located:
    """A rule with its address in the pack."""

    file: str
    table: str
    rule: Rule

    @property
    def address(self) -> str:
        """For messages: ``units.toml: unit VND``."""
        return f"{self.file}: {self.table} {self.rule.id}"


@dataclass(frozen=True)
class Pack:
    """All rules of a pack, compiled. Frozen; load it once and pass it on."""

    rules: tuple[Located, ...]
    digest: str
    numbers: NumberFinder = field(repr=False)
    multipliers: Phrases[Multiplier] = field(repr=False)
    units: Phrases[Unit] = field(repr=False)
    nouns: Phrases[Noun] = field(repr=False)
    denominators: Phrases[Denominator] = field(repr=False)
    leads: Phrases[Lead] = field(repr=False)
    tails: Phrases[Tail] = field(repr=False)
    bases: tuple[tuple[Basis, Finder], ...] = field(repr=False)
    markers: tuple[tuple[Marker, Finder], ...] = field(repr=False)
    headings: Phrases[Heading] = field(repr=False)
    types: Phrases[TypeRule] = field(repr=False)
    issuers: tuple[tuple[Issuer, Finder], ...] = field(repr=False)
    slips: dict[str, str] = field(repr=False)
    slip_pattern: Finder = field(repr=False)
    word_lists: dict[str, Phrases[Rule]] = field(repr=False)
    forms: frozenset[Words] = field(repr=False)
    """The forms that the lexicon lists."""
    lexicon: Lexicon = field(repr=False)
    numerals: dict[str, int] = field(repr=False)
    """Numbers in words, by their words as folded."""
    pers: dict[str, str] = field(repr=False)
    expressions: dict[str, Finder] = field(repr=False)
    decisions: dict[str, DecisionList] = field(repr=False)
    vocabulary: frozenset[str] = field(repr=False)
    phrases: frozenset[str] = field(repr=False)

    def words(self, rule_id: str) -> Phrases[Rule]:
        """The forms that have a tag of the lexicon. Raises PatternError if the pack has no such tag."""
        try:
            return self.word_lists[rule_id]
        except KeyError:
            raise PatternError(f"the pack has no tag {rule_id!r}") from None

    def per(self, rule_id: str) -> str:
        """What the denominator with that id is called in the records. Raises PatternError if the pack has none."""
        try:
            return self.pers[rule_id]
        except KeyError:
            raise PatternError(f"the pack has no denominator {rule_id!r}") from None

    def expression(self, rule_id: str) -> Finder:
        """The expression with that id. Raises PatternError if the pack has none."""
        try:
            return self.expressions[rule_id]
        except KeyError:
            raise PatternError(f"the pack has no expression {rule_id!r}") from None


@lru_cache(maxsize=8)
def load_pack(*folders: Path) -> Pack:
    """The built-in pack with the pattern files of ``folders`` laid over it: rules are added, or replaced by their id.

    A form of the lexicon is added, or replaces the one with the same words: with other tags, or with none, which takes
    it out. Raises PatternError, with file and rule, for a file that cannot be read, parsed, validated or compiled.
    """
    located: dict[str, Located] = {}
    lexicon: dict[Words, Listed] = {}
    numerals: dict[str, int] = {}
    digest = hashlib.sha256()
    built_in = pattern_folder()
    for folder in (built_in, *folders):
        own: dict[Words, Listed] = {}
        for path in _files(folder):
            data = _read(path)
            digest.update(path.name.encode() + b"\0" + data)
            file = _parsed(path.name, data)
            _list(own, path.name, file)
            numerals |= {fold(form): one.value for one in file.numeral for form in one.forms}
            seen: dict[str, str] = {}
            for table, rule in _rules(file):
                if rule.id in seen:
                    raise PatternError(f"{path.name}: {table} {rule.id}: the id is used twice in this file")
                seen[rule.id] = table
                _claim(located, Located(path.name, table, rule), replace=folder != built_in)
        lexicon |= own
    return _compile(tuple(located.values()), lexicon, numerals, _shown(digest))


def pack_digest(*folders: Path) -> str:
    """The digest of the pack that ``load_pack`` makes of these folders, without making it.

    >>> pack_digest() == load_pack().digest
    True
    """
    digest = hashlib.sha256()
    for folder in (pattern_folder(), *folders):
        for path in _files(folder):
            digest.update(path.name.encode() + b"\0" + _read(path))
    return _shown(digest)


def _shown(digest: "hashlib._Hash") -> str:
    return digest.hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise PatternError(f"{folder}: no such folder of patterns")
    return sorted(folder.rglob("*.toml"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PatternError(f"{path}: cannot be read: {error.strerror}") from error


def _parsed(name: str, data: bytes) -> PatternFile:
    try:
        return PatternFile.model_validate(tomllib.loads(data.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PatternError(f"{name}: not valid TOML: {error}") from error
    except ValidationError as error:
        raise PatternError(f"{name}: {_first_fault(data, error)}") from error


def _rules(file: PatternFile) -> Iterator[tuple[str, Rule]]:
    for table in PatternFile.model_fields:
        for rule in getattr(file, table):
            if isinstance(rule, Rule):
                yield table, rule


def _first_fault(data: bytes, error: ValidationError) -> str:
    fault = error.errors()[0]
    table, *rest = [str(part) for part in fault["loc"]]
    rules = tomllib.loads(data.decode("utf-8")).get(table)
    if rest and isinstance(rules, list) and rest[0].isdigit():
        table = f"{table} {rules[int(rest[0])].get('id', '#' + rest[0])}"
        rest = rest[1:]
    return f"{table}: {'.'.join(rest) or 'key'}: {fault['msg']}"


def _claim(located: dict[str, Located], new: Located, *, replace: bool) -> None:
    old = located.get(new.rule.id)
    if old is not None and (not replace or old.table != new.table):
        raise PatternError(f"{new.address}: the id is taken by {old.address}")
    located[new.rule.id] = new


def _list(own: dict[Words, Listed], name: str, file: PatternFile) -> None:
    """Add a file's forms to those of its folder; each may be listed once."""
    for entry in file.form:
        for form in entry.forms:
            words = words_of(form)
            if not words:
                raise PatternError(f"{name}: form {form!r}: has no word")
            if words in own:
                raise PatternError(f"{name}: form {form!r}: is listed already, in {own[words].file}")
            own[words] = Listed(name, form, entry.tags)


def _of(rules: Iterable[Located], kind: type[R]) -> list[tuple[Located, R]]:
    return [(located, located.rule) for located in rules if isinstance(located.rule, kind)]


def _regex(located: Located, pattern: str) -> "regex.Pattern[str]":
    try:
        return regex.compile(in_both_styles(pattern))
    except regex.error as error:
        raise PatternError(f"{located.address}: the pattern does not compile: {error}") from error


def _forms_by_tag(rules: tuple[Located, ...], listed: Iterable[Listed]) -> dict[str, tuple[Tag, list[str]]]:
    forms: dict[str, tuple[Tag, list[str]]] = {tag.id: (tag, []) for _, tag in _of(rules, Tag)}
    for one in listed:
        for tag in one.tags:
            if tag not in forms:
                raise PatternError(f"{one.file}: form {one.form!r}: the tag {tag!r} is not declared")
            forms[tag][1].append(one.form)
    for located, tag_rule in _of(rules, Tag):
        if not forms[tag_rule.id][1]:
            raise PatternError(f"{located.address}: no form has the tag")
    return forms


def _tagged(
    rules: tuple[Located, ...], listed: dict[Words, Listed], spellings: Spellings
) -> Iterator[tuple[Words, Iterable[str]]]:
    """All forms of the pack with their tags: of rules that have forms of their own, the rule's id and its table."""
    for words, one in listed.items():
        yield from ((met, one.tags) for met in spellings.of(words))
    for located in rules:
        for form in getattr(located.rule, "forms", ()):
            yield from ((met, (located.rule.id, located.table)) for met in spellings.of(words_of(form)))


def _compile(rules: tuple[Located, ...], listed: dict[Words, Listed], numerals: dict[str, int], digest: str) -> Pack:
    texts = (*(text for located in rules for text in _texts(located.rule)), *(one.form for one in listed.values()))
    phrases = frozenset(pair for text in texts for pair in pairs(text))
    slips = {" ".join(words_of(wrong)): rule.right for _, rule in _of(rules, Slip) for wrong in rule.wrong}
    spellings = Spellings((words_of(wrong), words_of(right)) for wrong, right in slips.items())
    return Pack(
        rules=rules,
        digest=digest,
        numbers=_numbers(_of(rules, NumberRule), _of(rules, Expression)),
        multipliers=Phrases(((rule, rule.forms) for _, rule in _of(rules, Multiplier)), spellings),
        units=Phrases(((rule, rule.forms) for _, rule in _of(rules, Unit)), spellings),
        nouns=Phrases(((rule, rule.forms) for _, rule in _of(rules, Noun)), spellings),
        denominators=Phrases(((rule, rule.forms) for _, rule in _of(rules, Denominator)), spellings),
        leads=Phrases(((rule, rule.forms) for _, rule in _of(rules, Lead)), spellings),
        tails=Phrases(((rule, rule.forms) for _, rule in _of(rules, Tail)), spellings),
        bases=tuple((rule, Finder(_regex(at, rule.pattern))) for at, rule in _of(rules, Basis)),
        markers=tuple((rule, Finder(_regex(at, rule.pattern))) for at, rule in _of(rules, Marker)),
        headings=Phrases(((rule, rule.forms) for _, rule in _of(rules, Heading)), spellings),
        types=Phrases(((rule, rule.forms) for _, rule in _of(rules, TypeRule)), spellings),
        issuers=tuple((rule, Finder(_regex(at, rule.pattern))) for at, rule in _of(rules, Issuer)),
        slips=slips,
        slip_pattern=_any_of(slips),
        word_lists={key: Phrases([tag], spellings) for key, tag in _forms_by_tag(rules, listed.values()).items()},
        forms=frozenset(listed),
        lexicon=Lexicon(partial(_tagged, rules, listed, spellings)),
        numerals=numerals,
        pers={rule.id: rule.per for _, rule in _of(rules, Denominator)},
        expressions={rule.id: Finder(_regex(at, rule.pattern), rule.needs) for at, rule in _of(rules, Expression)},
        decisions=_decisions([rule for _, rule in _of(rules, Decision)]),
        vocabulary=frozenset(word for phrase in phrases for word in phrase.split(" ")),
        phrases=phrases,
    )


def _decisions(rules: list[Decision]) -> dict[str, DecisionList]:
    questions = dict.fromkeys(rule.of for rule in rules)
    return {question: DecisionList(rule for rule in rules if rule.of == question) for question in questions}


def searched(located: Located) -> "regex.Pattern[str] | None":
    """The expression of a rule as documents are searched with it; None for a rule that has none."""
    match located.rule:
        case NumberRule() as rule:
            return at_numbers(in_both_styles(rule.pattern))
        case Expression() as rule if rule.id == QUICK:
            return at_numbers(rule.pattern)
        case Basis() | Marker() | Issuer() | Expression() as rule:
            return _regex(located, rule.pattern)
        case _:
            return None


def _texts(rule: Rule) -> Iterator[str]:
    """The words of the genre that a rule brings: its forms and the texts of its examples."""
    yield from getattr(rule, "forms", ())
    yield from (example.text for example in rule.examples)


def _any_of(phrases: Iterable[str]) -> Finder:
    """The phrases as one expression; each needs its first word."""
    ordered = sorted(phrases, key=len, reverse=True)
    any_of = rf"(?<!\w)(?:{'|'.join(map(regex.escape, ordered))})(?!\w)" if ordered else "(?!)"
    return Finder(regex.compile(any_of), sorted({phrase.split()[0] for phrase in ordered}))


def _numbers(rules: list[tuple[Located, NumberRule]], quick: list[tuple[Located, Expression]]) -> NumberFinder:
    quantity = next((rule.pattern for _, rule in quick if rule.id == QUICK), None)
    branches = [Branch(rule.id, rule.class_, in_both_styles(rule.pattern)) for _, rule in rules]
    try:
        return NumberFinder(branches, quantity)
    except regex.error:
        for located, rule in rules:
            _regex(located, rule.pattern)
        for located, expression in quick:
            _regex(located, expression.pattern)
        raise
