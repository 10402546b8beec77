"""Which end of a movement ("từ 28% lên 36%") a number is."""

from nqparse.packs.finding import Match
from nqparse.packs.load import Pack

_LEADS = 120


def movement(left: str, pack: Pack) -> Match | None:
    """Which end of a movement a number behind ``left`` is; the match, which begins where the movement does, has a group
    ``end`` where it is the second. None if it is neither."""
    return pack.expression("moves-from-to").search(left, max(0, len(left) - _LEADS))
