"""What a pattern file may say. A key that is not declared here is an error."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nqparse.models import Bound, Change, DocType, Level, Role, SectionKind, SectionRole

Text = Annotated[str, StringConstraints(min_length=1)]
Forms = Annotated[tuple[Text, ...], Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FoundMeasure(_Entry):
    """A measure that an example must give; only the fields that are written are compared, "" with null."""

    text: Text
    low: str | None = None
    high: str | None = None
    bound: Bound | None = None
    unit: str | None = None
    per: str | None = None
    of: str | None = None
    change: Change | None = None
    basis: str | None = None
    role: Role | None = None
    name: str | None = None
    name_norm: str | None = None
    label: str | None = None
    period: str | None = None
    core: bool | None = None


class FoundNumber(_Entry):
    """A number of the ledger, with its class."""

    text: Text
    class_: str = Field(alias="class")
    rule: str | None = None


class FoundSection(_Entry):
    """A section that an example must give; only the fields that are written are compared."""

    path: Text
    kind: SectionKind | None = None
    role: SectionRole | None = None
    title: str | None = None


class FoundHead(_Entry):
    """Fields of the document's head."""

    doc_type: DocType | None = None
    number: str | None = None
    is_draft: bool | None = None
    issuer: str | None = None
    issuer_level: Level | None = None
    locality: str | None = None
    province: str | None = None
    district: str | None = None
    commune: str | None = None
    title: str | None = None
    issued_on: str | None = None
    signer: str | None = None


class Example(_Entry):
    """A text and all that the full pack finds in it; with ``why`` a counter-example, in which the rule has no part."""

    text: Text
    finds: tuple[FoundMeasure, ...] = ()
    numbers: tuple[FoundNumber, ...] | None = None
    sections: tuple[FoundSection, ...] | None = None
    head: FoundHead | None = None
    why: str | None = None


class Rule(_Entry):
    """What all rules share: an id that is unique in the pack, and the examples that prove it."""

    id: Text
    note: str | None = None
    examples: tuple[Example, ...] = ()


class NumberRule(Rule):
    """A class of numbers that are no measures; ``pattern`` is matched at the number's first digit (look-behind reads
    what precedes it) and takes in the number or numbers that it explains."""

    class_: str = Field(alias="class")
    pattern: Text


class Multiplier(Rule):
    """A word that multiplies the number before it."""

    forms: Forms
    factor: Decimal


class Unit(Rule):
    """A unit; ``id`` is its normalised form unless ``unit`` gives it. ``scale`` turns it into the base unit."""

    forms: Forms
    unit: str | None = None
    scale: Decimal = Decimal(1)
    family: Literal["share", "money", "physical", "rank"]


class Noun(Rule):
    """Nouns that are counted. Each form is its own unit, unless ``unit`` gives one for all."""

    forms: Forms
    unit: str | None = None


class Denominator(Rule):
    """What a rate is per, after a slash or the word "trên"."""

    forms: Forms
    per: Text


class Lead(Rule):
    """Words that may stand between a name and its number. They are no part of the name; some of them set a field."""

    forms: Forms
    bound: Bound | None = None
    change: Change | None = None
    role: Role | None = None
    per: str | None = None
    link: Literal["copula", "have", "filler", "growth"] = "filler"


class Tail(Rule):
    """Words right after the number and its unit that set a field ("trở lên")."""

    forms: Forms
    bound: Bound | None = None
    per: str | None = None


class Basis(Rule):
    """How the clause that says what a share or an excess is measured against begins, or what it consists of."""

    pattern: Text


class Tag(Rule):
    """A tag of the lexicon, by whose id a stage asks for the forms that have it; ``note`` says what they are or do."""


class Entry(_Entry):
    """Forms of the lexicon that have the same tags. Each form is listed once, with all its tags."""

    forms: Forms
    tags: tuple[Text, ...]


class Expression(Rule):
    """A regular expression that a stage asks for by id.

    ``needs`` are strings, in small letters, of which each of its matches has one: a text with none is not searched.
    """

    pattern: Text
    needs: tuple[Text, ...] = ()


class Marker(Rule):
    """A section marker at a line's start. ``pattern`` has a group ``label``; ``prefix`` is put before it in paths."""

    kind: SectionKind
    pattern: Text
    numerals: Literal["arabic", "roman", "letter", "word"]
    prefix: str = ""
    strong: bool = False


class Numeral(_Entry):
    """A number in words, as markers have it ("Phần thứ nhất"); ``marker`` rules with such numerals prove it."""

    forms: Forms
    value: int


class Heading(Rule):
    """Which role a heading's words give a section; the form that begins first in the title decides."""

    role: SectionRole
    forms: Forms


class TypeRule(Rule):
    """How a document's type is recognised in its head."""

    doc_type: DocType
    forms: Forms


class Issuer(Rule):
    """How an issuer is recognised, and its level. ``pattern`` may have a group ``locality``."""

    level: Level
    pattern: Text


class Slip(Rule):
    """A scanner's or a typist's slip: ``wrong`` is read as ``right`` in normalised names."""

    wrong: Forms
    right: Text


class Decision(Rule):
    """One decision of an ordered list: it takes ``take`` where all of ``when`` hold and none of ``unless``.

    ``of`` is the question that it answers; the order of the file is the order in which they are tried.
    """

    of: Literal["role", "period", "core", "label", "left", "right", "name"]
    take: Text
    when: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()

    def sets(self, value: str) -> str:
        """What it decided and why, for explanations.

        >>> Decision(id="a", of="role", take="target", when=("in-table",), unless=("lead.actual",)).sets("target")
        'role target, as: in-table; not lead.actual'
        """
        reasons = "; ".join((*self.when, *(f"not {one}" for one in self.unless)))
        return f"{self.of} {value}" + (f", as: {reasons}" if reasons else "")


class Scheme(_Entry):
    """The code of an indicator in a scheme that others keep ("sdg:15.1.1"), with the years for which it holds."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]+:[\w.]+$")]
    since: int | None = None
    until: int | None = None


class CatalogueEntry(Rule):
    """An indicator of the catalogue; ``id`` is its code.

    ``aliases`` are forms of its name: ``(…)`` may be left out, ``[…|…]`` are one or the other, and a final ``*`` takes
    any further words but those that ``forbids`` lists. ``measures`` are names that it codes, ``others`` are names that
    it does not, each with its unit as in "hộ nghèo [%]".
    """

    vi: Text
    en: Text
    dimension: Text
    better: Literal["up", "down", "none"]
    aliases: Forms
    forbids: tuple[Text, ...] = ()
    parent: str | None = None
    schemes: tuple[Scheme, ...] = ()
    measures: Forms
    others: Forms


class NameWord(Rule):
    """Forms that a name is written with, and what stands for them when names are compared; empty where they say nothing
    that tells two indicators apart. ``names`` are pairs of names that are one with it, as in "hộ dân = hộ"."""

    phrases: Forms
    stands_for: str = Field(alias="as")
    names: Forms


class Dimension(Rule):
    """What the units of a list measure; ``id`` is the dimension."""

    of_units: Forms


class VerdictWord(Rule):
    """Words by which a document says itself whether a target was reached: what ``verdict`` they say."""

    verdict: Literal["met", "missed", "exceeded"]
    phrases: Forms


class PatternFile(_Entry):
    """One file of patterns: tables of rules, and of ``form`` (the lexicon) and ``numeral`` (numbers in words)."""

    number: tuple[NumberRule, ...] = ()
    multiplier: tuple[Multiplier, ...] = ()
    unit: tuple[Unit, ...] = ()
    noun: tuple[Noun, ...] = ()
    denominator: tuple[Denominator, ...] = ()
    lead: tuple[Lead, ...] = ()
    tail: tuple[Tail, ...] = ()
    basis: tuple[Basis, ...] = ()
    tag: tuple[Tag, ...] = ()
    form: tuple[Entry, ...] = ()
    expression: tuple[Expression, ...] = ()
    marker: tuple[Marker, ...] = ()
    numeral: tuple[Numeral, ...] = ()
    heading: tuple[Heading, ...] = ()
    type: tuple[TypeRule, ...] = ()
    issuer: tuple[Issuer, ...] = ()
    slip: tuple[Slip, ...] = ()
    decision: tuple[Decision, ...] = ()
    indicator: tuple[CatalogueEntry, ...] = ()
    nameword: tuple[NameWord, ...] = ()
    dimension: tuple[Dimension, ...] = ()
    verdict: tuple[VerdictWord, ...] = ()
