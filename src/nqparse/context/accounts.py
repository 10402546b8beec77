"""Running text under no heading that tells → whether it gives an account of results or sets targets."""

from bisect import bisect_left

from nqparse.context.scope import Account, Cue, Unread
from nqparse.models import Role
from nqparse.packs.load import Pack


def going_on(account: Account, text: str) -> Account:
    """The account after one more block; what was said last stays in force until this one says otherwise."""
    return account._replace(unread=Unread(text, account.unread))


def read_up(account: Account, pack: Pack) -> Account:
    """The account with the cues of all its blocks read."""
    texts: list[str] = []
    unread = account.unread
    while unread is not None:
        texts.append(unread.text)
        unread = unread.earlier
    for text in reversed(texts):
        last = account.cues[-1] if account.cues else account.last
        account = Account(_cues(text, last, pack), last)
    return account


def _cues(text: str, last: Cue | None, pack: Pack) -> tuple[Cue, ...]:
    cues: list[Cue] = []
    for match in pack.expression("tells-results-or-plans").finditer(text):
        kind, in_force = str(match.lastgroup), cues[-1] if cues else last
        if kind in ("plan", "result") or in_force is None or (kind == "hint" and in_force.mild):
            role = Role.TARGET if kind in ("plan", "topic") else Role.ACTUAL
            cues.append(Cue(*match.span(), role, mild=kind == "topic"))
    return tuple(cues)


def told_at(account: Account, start: int, end: int, place: int) -> Role | None:
    """What the last block of an account tells of at ``place``, in the sentence from ``start`` to ``end``, if anything.

    The account is one that is read up. The words before a number in its own sentence tell first, then those after it,
    then the sentences before it, and the one after.
    """
    at = bisect_left(account.cues, place, key=lambda cue: cue.start)
    last = account.cues[at - 1] if at else None
    following = account.cues[at] if at < len(account.cues) else None
    if last is not None and last.start >= start:
        return last.role
    if following is not None and following.start < end and following.role is Role.ACTUAL:
        return following.role
    if last is not None:
        return last.role
    if account.last is not None:
        return account.last.role
    return following.role if following is not None and following.role is Role.ACTUAL else None
