"""A heading's text → its title and the role that its words give."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from nqparse.layout.blocks import Block
from nqparse.models import DocType, SectionKind, SectionRole
from nqparse.packs.load import Pack, words_of

SENTENCE_END = regex.compile(r"[.;!?…]\s*[\"”’)\]]*$|(?:(?<!\p{L}\s\d{1,2})\.|[!?])\s+\p{Lu}")
_LABELLED = regex.compile(r"\p{Lu}\p{Ll}+(?:\s\p{Ll}+){0,2}\s\d{1,2}")
"""A word for a kind and its number, as in "Mục tiêu 4: Trong lĩnh vực y tế", which is a title as a whole."""
COLON = regex.compile(r"\s*:(?=\s|$)")
_INNER_END = regex.compile(r"[.;!?]\s+\S")
_NUMBER_SOON = regex.compile(r"[^(:]{0,7}\d")
LONGEST_TITLE = 330
_LONGEST_RUN_IN = 130
_LONGEST_HEADING = 160
_LONGEST_STOPPED = 100
_LONGEST_LOW_RUN_IN = 90
_LONGEST_NAMED = 60
_MOST_HEAD_LINES = 40
_TYPE = 40
_UPPER_KINDS = frozenset((SectionKind.PART, SectionKind.LETTER, SectionKind.ROMAN))
_OUT_OF_PLACE = {
    SectionRole.SITUATION: frozenset((SectionRole.TASKS, SectionRole.IMPLEMENTATION, SectionRole.OTHER)),
    SectionRole.GOALS: frozenset((SectionRole.OTHER,)),
    SectionRole.TASKS: frozenset((SectionRole.SITUATION, SectionRole.OTHER)),
    SectionRole.IMPLEMENTATION: frozenset(
        (SectionRole.SITUATION, SectionRole.TASKS, SectionRole.GOALS, SectionRole.OTHER)
    ),
}
"""What a title does not make of a section inside one of a role: assessing is a task where it stands among the tasks."""


@dataclass(frozen=True, slots=True)
class Around:
    """The section that another stands in: its role, and all roles that the words of its title name."""

    role: SectionRole
    named: frozenset[SectionRole]


def split_title(text: str, block: Block, kind: SectionKind, pack: Pack) -> tuple[str | None, int | None]:
    """The title that a heading's text gives, and where the running text begins after it (None: it is all title)."""
    colon = COLON.search(text, 0, LONGEST_TITLE)
    if colon is not None and colon.end() < len(text.rstrip()):
        head = text[: colon.start()]
        rest = text[colon.end() :].lstrip()
        if _announces(rest) or (_LABELLED.fullmatch(head.strip()) and not SENTENCE_END.search(rest)):
            return text.strip(), None
        if _runs_in(head, rest, pack):
            return head.strip(), len(text) - len(rest)
        return None, None
    if not text.strip() or len(text) > LONGEST_TITLE:
        return None, None
    if text.isupper() or not SENTENCE_END.search(text) or _closes_with_a_stop(text, block, kind, pack):
        return text.strip(), None
    return None, None


def _announces(rest: str) -> bool:
    """Whether the words after a title's first colon are no text but go on to the colon that ends the line."""
    ends = rest.rstrip().endswith(":") and len(rest) <= _LONGEST_RUN_IN
    return ends and ":" not in rest.rstrip()[:-1] and not _INNER_END.search(rest) and "," not in rest


def _closes_with_a_stop(text: str, block: Block, kind: SectionKind, pack: Pack) -> bool:
    """Whether a line that ends in a full stop is a title all the same."""
    if not text.rstrip().endswith(".") or len(text) > _LONGEST_HEADING or _INNER_END.search(text):
        return False
    named = len(text) <= _LONGEST_NAMED and role_of(text, pack)[0] is not None
    return named or block.bold or bool(block.heading) or (kind in _UPPER_KINDS and len(text) <= _LONGEST_STOPPED)


def _runs_in(head: str, rest: str, pack: Pack) -> bool:
    """Whether the words before a colon are a title that runs into its text, not the first words of a sentence."""
    if not head or len(head) > _LONGEST_RUN_IN or SENTENCE_END.search(head) or not head[0].isupper():
        return False
    if pack.expression("opens-a-list").search(head) or _NUMBER_SOON.match(rest):
        return False
    if rest[:1].isupper() or rest[:1] in '(-–“"[':
        return True
    verb = pack.words("sentence-verbs").after(list(words_of(head[:40])), 0)
    return rest[:1].islower() and len(head) <= _LONGEST_LOW_RUN_IN and verb is None


def reads_like_heading(text: str, block: Block) -> bool:
    """Whether a marker's text is a heading by its looks alone: short and no sentence.

    >>> from nqparse.text.offsets import OffsetMap
    >>> from nqparse.layout.blocks import BlockKind
    >>> block = Block(BlockKind.PARAGRAPH, "", OffsetMap((0,), (0,)))
    >>> reads_like_heading("Về kinh tế", block), reads_like_heading("Đạt 5%, trong đó,", block)
    (True, False)
    """
    if not 3 <= len(text) <= _LONGEST_HEADING or not text[0].isupper() or SENTENCE_END.search(text):
        return False
    looks = block.bold or block.italic or block.heading or text.isupper() or text.endswith(":")
    return bool(looks or (len(text) <= _LONGEST_LOW_RUN_IN and not text.endswith(",")))


def heads_what_follows(block: Block) -> bool:
    """Whether an unnumbered line is marked up as a heading: it gives a context, not a section."""
    text = block.text
    if not 4 <= len(text) <= 250 or text[0].islower() or text.endswith(","):
        return False
    return bool(block.bold or block.heading or text.isupper()) and not SENTENCE_END.search(text)


def capitals(text: str) -> str:
    """The leading words of a text that are in capitals, if it is in capitals down to a remark in brackets.

    >>> capitals("DANH MỤC DỰ ÁN (Kèm theo Nghị quyết)"), capitals("Danh mục")
    ('DANH MỤC DỰ ÁN', '')
    """
    match = regex.match(r"[^\p{Ll}(]*+(?=\(\p{Lu}?\p{Ll}|$)", text[:LONGEST_TITLE])
    return match.group().strip() if match else ""


def without_remark(title: str, pack: Pack) -> str:
    """An appendix's title without the remark that says what it is attached to."""
    found = pack.expression("attached").search(title)
    return title[: found.start()].rstrip(" *-–") if found is not None and found.start() > 0 else title


def role_of(title: str, pack: Pack) -> tuple[SectionRole | None, str | None]:
    """The role that a title's words give, and the rule that says so; the words that come first decide."""
    words = list(words_of(title))
    fillers = pack.words("title-fillers")
    at = 0
    while at < len(words):
        found = pack.headings.after(words, at)
        filler = fillers.after(words, at)
        if found is not None and (filler is None or found[0] >= filler[0]):
            return found[1].role, found[1].id
        if filler is None:
            break
        at += filler[0]
    return None, None


def roles_named(title: str | None, pack: Pack) -> frozenset[SectionRole]:
    """All roles that a title's words name, wherever they stand in it."""
    words = list(words_of(title)) if title else []
    roles: set[SectionRole] = set()
    at = 0
    while (found := pack.headings.within(words, at, len(words))) is not None:
        at = found[0] + 1
        roles.add(found[1][1].role)
    return frozenset(roles)


def is_account(blocks: Sequence[Block], pack: Pack) -> bool:
    """Whether the lines before the first marker say that a document is a report, which gives an account of results."""
    for block in blocks[:_MOST_HEAD_LINES]:
        if block.marker is not None:
            break
        found = type_named(block.text, pack)
        if found is not None:
            return found is DocType.REPORT
    return False


def type_named(text: str, pack: Pack) -> DocType | None:
    """The type of document that a line begins with the name of."""
    found = pack.types.after(words_of(text[:_TYPE]), 0)
    return None if found is None else found[1].doc_type


def role_within(
    title: str | None, runs_in: bool, around: Around | None, kind: SectionKind, account: bool, pack: Pack
) -> tuple[SectionRole, str | None]:
    """A section's role, by its title (that ``runs_in`` to its text) or else by the section around it, and its rule.

    ``account`` tells that the document is a report: what says nothing of itself there tells of results.
    """
    outer = around.role if around is not None else None
    if SectionRole.APPENDIX is outer or kind is SectionKind.APPENDIX:
        return SectionRole.APPENDIX, None
    role, rule = role_of(title, pack) if title else (None, None)
    if rule == "heading-results" and outer is not SectionRole.SITUATION:
        role = SectionRole.SITUATION
    if role is not None and (around is None or role in around.named or role not in _OUT_OF_PLACE.get(around.role, ())):
        return role, rule
    if account and around is None and not (title and pack.expression("looks-ahead").search(title)):
        return SectionRole.SITUATION, "report"
    at_large = outer in (None, SectionRole.OTHER) and kind is not SectionKind.ARTICLE
    if title and not runs_in and at_large and pack.words("titles-of-tasks").after(list(words_of(title)), 0):
        return SectionRole.TASKS, "titles-of-tasks"
    return outer or SectionRole.OTHER, None
