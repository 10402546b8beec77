"""The pack's own proof: every rule's examples run through the pipeline that documents run through.

A rule takes part in an example where the records say so: among an indicator's ``rules``, as a number's ``rule``, among
a section's rules, as what mended a name. A rule that leaves no trace there (a tag of the lexicon, an expression, a
type, an issuer, a lead that only fills) takes part where a stage asked for it and found it in the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import BaseModel

from nqparse.catalogue.proving import faults_of
from nqparse.models import Document, DocumentRecord, Indicator, Number, Section
from nqparse.packs.finding import Finder
from nqparse.packs.lexicon import Spellings
from nqparse.packs.load import Located, Pack, Phrases, words_of
from nqparse.packs.pace import slow
from nqparse.packs.schema import (
    Basis,
    CatalogueEntry,
    Decision,
    Denominator,
    Dimension,
    Example,
    Expression,
    FoundMeasure,
    FoundSection,
    Heading,
    Issuer,
    Lead,
    Marker,
    Multiplier,
    NameWord,
    Noun,
    NumberRule,
    Rule,
    Slip,
    Tag,
    Tail,
    TypeRule,
    Unit,
    VerdictWord,
)
from nqparse.packs.watch import watched
from nqparse.pipeline import Analysis, analyse, document
from nqparse.text.source import make_source

Values = Mapping[str, object]
_SETTABLE = ("bound", "change", "role", "per")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule or one of its examples, and its address: ``units.toml: unit VND, example 2``."""

    address: str
    message: str

    def __str__(self) -> str:
        return f"{self.address}: {self.message}"


def check_pack(pack: Pack) -> list[Fault]:
    """The faults of all rules, of all their examples and of their expressions, by address."""
    faults: list[Fault] = []
    texts, expressions = example_texts(pack), finders(pack)
    for located in pack.rules:
        faults += check_rule(located)
        faults += [Fault(located.address, message) for message in faults_of(pack, located)]
        faults += check_pace(located)
        faults += check_reach(located, expressions.get(located.rule.id), texts)
        for number in range(1, len(located.rule.examples) + 1):
            faults += check_example(pack, located, number)
    return faults


def check_rule(located: Located) -> list[Fault]:
    """What a rule's examples lack as a whole: an example, a counter-example, a field that the rule sets."""
    rule = located.rule
    if isinstance(rule, CatalogueEntry | NameWord | Dimension | VerdictWord):  # names prove them: catalogue/proving.py
        return []
    messages = []
    if all(example.why is not None for example in rule.examples):
        messages.append("has no example")
    if all(example.why is None for example in rule.examples):
        messages.append("has no counter-example (an example with why)")
    if any(example.why is None for example in rule.examples):
        messages += [f"no example asserts its {name}" for name in _unasserted(rule)]
    return [Fault(located.address, message) for message in messages]


def check_pace(located: Located) -> list[Fault]:
    """Whether the rule's expression, if it has one, takes time in proportion to any text."""
    found = slow(located)
    return [] if found is None else [Fault(located.address, str(found))]


def example_texts(pack: Pack) -> list[str]:
    """The texts of all examples of a pack."""
    return list(dict.fromkeys(example.text for located in pack.rules for example in located.rule.examples))


def check_reach(located: Located, finder: Finder | None, texts: Sequence[str]) -> list[Fault]:
    """Whether the rule's expression, if it has one, is tried at each of its matches in these texts."""
    missed = finder.missed_in(texts) if finder is not None else None
    if missed is None:
        return []
    return [Fault(located.address, f"its match in “{missed}” is not tried: needs lacks a string that the match has")]


def finders(pack: Pack) -> dict[str, Finder]:
    """The expressions of a pack by the ids of their rules, without those for numbers."""
    tables = (pack.bases, pack.markers, pack.issuers)
    return pack.expressions | {rule.id: finder for table in tables for rule, finder in table}


def check_example(pack: Pack, located: Located, number: int) -> list[Fault]:
    """The faults of one example, counted from 1: what is found otherwise than it says, and the rule's part in it."""
    example = located.rule.examples[number - 1]
    met: set[str] = set()
    watching = watched(pack, met)
    analysis = analyse(make_source(example.text), watching)
    records = document(analysis, watching)
    messages = list(_differences(example, records))
    part = _takes_part(located.rule, analysis, records, met)
    if part and example.why is not None:
        messages.append(f"the rule takes part in a counter-example ({example.why})")
    if not part and example.why is None:
        messages.append("the rule takes no part in it")
    return [Fault(f"{located.address}, example {number}", message) for message in messages]


# -- what is found, against what the example says ---------------------------------------------------------------------


def _differences(example: Example, found: Document) -> Iterator[str]:
    yield from _compared("measure", example.finds, [_of_measure(row) for row in found.indicators])
    if example.numbers is not None:
        yield from _compared("number", example.numbers, [_of_number(row) for row in found.numbers])
    if example.sections is not None:
        yield from _compared("section", example.sections, [_of_section(row) for row in found.sections])
    if example.head is not None:
        yield from _compared("head", [example.head], [_of_head(found.head)])


def _compared(what: str, wanted: Sequence[BaseModel], found: Sequence[Values]) -> Iterator[str]:
    """One message for a wrong count, else one for each written field that differs. An empty string stands for null."""
    entries = [entry.model_dump(exclude_unset=True, by_alias=True) for entry in wanted]
    if len(entries) != len(found):
        yield f"finds {_listed(what, found)}, not {_listed(what, entries)}"
        return
    for order, (entry, one) in enumerate(zip(entries, found, strict=True), 1):
        for name, value in entry.items():
            if one[name] != value and (one[name] or value):
                yield f"{what} {order}: {name} is {_shown(one[name])}, not {_shown(value)}"


def _listed(what: str, entries: Sequence[Values]) -> str:
    names = "; ".join(str(entry.get("text", entry.get("path", ""))) for entry in entries)
    return f"{len(entries)} {what}{'s' * (len(entries) > 1)} ({names})" if entries else f"no {what}"


def _shown(value: object) -> str:
    return "null" if value is None else f"“{value}”"


def _of_measure(row: Indicator) -> Values:
    fields = row.model_dump(include=set(FoundMeasure.model_fields))
    years = row.period_start, row.period_end
    period = "-".join(dict.fromkeys(str(year) for year in years if year is not None)) or None
    return {**fields, **{name: _plain(fields[name]) for name in ("low", "high", "of")}, "period": period}


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _of_number(row: Number) -> Values:
    return {"text": row.text, "class": row.class_, "rule": row.rule}


def _of_section(row: Section) -> Values:
    return row.model_dump(include=set(FoundSection.model_fields))


def _of_head(head: DocumentRecord) -> Values:
    return {**head.model_dump(), "issued_on": head.issued_on.isoformat() if head.issued_on else None}


# -- whether the rule took part ---------------------------------------------------------------------------------------


def _takes_part(rule: Rule, analysis: Analysis, found: Document, met: set[str]) -> bool:
    match rule:
        case NumberRule():
            return any(number.rule == rule.id for number in found.numbers)
        case Marker() | Heading():
            return rule.id in _section_rules(analysis)
        case Slip():
            wrong = Phrases([(rule, rule.wrong)], Spellings())
            names = [words_of(row.name) for row in found.indicators]
            return any(wrong.after(words, at) for words in names for at in range(len(words)))
        case TypeRule():
            return rule.id in met and found.head.doc_type is rule.doc_type
        case Issuer():
            return rule.id in met and found.head.issuer_level is rule.level
        case Tag() | Expression():
            return rule.id in met
        case Lead() | Tail() if not _set_by(rule):
            return rule.id in met
        case _:
            return any(rule.id in row.rules for row in found.indicators)


def _section_rules(analysis: Analysis) -> set[str]:
    """The rules that made the sections, and those that alone read the marker of a line that is no section."""
    sections = analysis.tree.sections if analysis.tree is not None else ()
    opening = {section.first for section in sections}
    rules = {rule for section in sections for rule in section.rules}
    for at, block in enumerate(analysis.blocks):
        if at not in opening and block.marker is not None and len(block.marker.readings) == 1:
            rules.add(block.marker.readings[0].rule.id)
    return rules


# -- whether the examples show what the rule sets ---------------------------------------------------------------------


def _set_by(rule: Lead | Tail) -> dict[str, str]:
    values = {name: getattr(rule, name, None) for name in _SETTABLE}
    return {name: str(value) for name, value in values.items() if value is not None}


def _unasserted(rule: Rule) -> list[str]:
    """The fields that the rule sets and none of its examples asserts."""
    examples = [example for example in rule.examples if example.why is None]
    return [name for name, shown in _settings(rule, examples).items() if not shown]


def _settings(rule: Rule, examples: Sequence[Example]) -> dict[str, bool]:
    """Each field that the rule sets, with whether an example asserts it."""
    finds = [find for example in examples for find in example.finds]
    return _settings_of_measures(rule, finds) | _settings_beside(rule, examples, finds)


def _settings_of_measures(rule: Rule, finds: Sequence[FoundMeasure]) -> dict[str, bool]:
    match rule:
        case Lead() | Tail():
            return {name: any(_has(find, name, value) for find in finds) for name, value in _set_by(rule).items()}
        case Unit() | Noun():
            units = any(find.unit in _units_of(rule) for find in finds)
            return {"unit": units} | ({"scale": _has_value(finds)} if getattr(rule, "scale", 1) != 1 else {})
        case Multiplier():
            return {"factor (low or high)": _has_value(finds)}
        case Denominator():
            return {"per": any(_has(find, "per", rule.per) for find in finds)}
        case Basis():
            return {"basis": any(find.basis for find in finds)}
        case Decision() if rule.of in ("role", "core", "label", "period"):
            return {rule.of: any(getattr(find, rule.of) is not None for find in finds)}
        case Slip():
            return {"name_norm": any(rule.right in (find.name_norm or "").replace("_", " ") for find in finds)}
        case _:
            return {}


def _settings_beside(rule: Rule, examples: Sequence[Example], finds: Sequence[FoundMeasure]) -> dict[str, bool]:
    """The same for rules of the ledger, the sections and the head; a marker that opens a row is seen by its label."""
    numbers = [number for example in examples for number in example.numbers or ()]
    sections = [section for example in examples for section in example.sections or ()]
    heads = [example.head for example in examples if example.head is not None]
    match rule:
        case NumberRule():
            return {"class": any((n.rule, n.class_) == (rule.id, rule.class_) for n in numbers)}
        case Marker():
            return {"kind": any(s.kind is rule.kind for s in sections) or any(find.label for find in finds)}
        case Heading():
            return {"role": any(section.role is rule.role for section in sections)}
        case TypeRule():
            return {"doc_type": any(head.doc_type is rule.doc_type for head in heads)}
        case Issuer():
            return {"issuer_level": any(head.issuer_level is rule.level for head in heads)}
        case _:
            return {}


def _has(find: FoundMeasure, name: str, value: str) -> bool:
    found = getattr(find, name)
    return found is not None and (value in found if name == "per" else found == value)


def _has_value(finds: Sequence[FoundMeasure]) -> bool:
    return any(find.low or find.high for find in finds)


def _units_of(rule: Unit | Noun) -> set[str]:
    if rule.unit is not None:
        return {rule.unit}
    return {rule.id} if isinstance(rule, Unit) else {form.lower() for form in rule.forms}
