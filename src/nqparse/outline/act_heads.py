"""The acts of a file → each with its head; the head of the first is the document's."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from nqparse.faults import RAISING, Guard
from nqparse.layout.blocks import Block
from nqparse.outline.acts import Act, ActKind, Acts
from nqparse.outline.head import Head, Reach, read_head
from nqparse.outline.tree import Tree
from nqparse.packs.load import Pack
from nqparse.text.source import Source


def with_heads(source: Source, blocks: Sequence[Block], tree: Tree, pack: Pack, guard: Guard = RAISING) -> Tree:
    """The tree, with the head of each of its acts.

    What an attached text does not say of itself (issuer, date, the years that it plans for) the act before it says.
    """
    heads = [guard.or_else(Head(), read_head, source, blocks, _reach(act, tree), pack, guard) for act in tree.acts.acts]
    main = heads[tree.acts.main()]
    found: list[Act] = []
    for act, own in zip(tree.acts.acts, heads, strict=True):
        above = found[-1].head if found else main
        head = main if act.kind is ActKind.BEFORE else _inherited(own, above) if act.kind is ActKind.ATTACHED else own
        found.append(replace(act, head=head))
    return replace(tree, acts=Acts(tuple(found)))


def _reach(act: Act, tree: Tree) -> Reach:
    after = bisect_left(tree.sections, act.start, key=lambda span: span.first)
    first = tree.sections[after].first if after < len(tree.sections) else act.end
    return Reach(act.start, min(first, act.end), act.closed, act.end)


def _inherited(own: Head, above: Head) -> Head:
    """The head of an attached text, completed from the act that it is attached to."""
    return replace(
        own,
        number=above.number,
        is_draft=own.is_draft or above.is_draft,
        issuer=above.issuer or own.issuer,
        level=above.level or own.level,
        locality=above.locality or own.locality,
        places=above.places if any(above.places) else own.places,
        issued_on=above.issued_on,
        period=own.period or above.period,
        signer=own.signer or above.signer,
    )
