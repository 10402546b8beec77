"""What speaks for a decision about one measure: named features, computed when they are asked for."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

C = TypeVar("C")


class Evidence(Generic[C]):
    """The features of one case, each computed once, when it is first asked for.

    ``features`` maps each name to the function that computes it. What was asked for is kept, for explanations.

    >>> evidence = Evidence({"even": lambda n: n % 2 == 0}, 4)
    >>> evidence.holds("even"), evidence.known
    (True, {'even': True})
    """

    __slots__ = ("_case", "_features", "known")

    def __init__(self, features: Mapping[str, Callable[[C], bool]], case: C) -> None:
        self._features = features
        self._case = case
        self.known: dict[str, bool] = {}

    def holds(self, name: str) -> bool:
        """Whether a feature holds. Raises KeyError for a name that is not declared."""
        known = self.known.get(name)
        if known is None:
            known = self.known[name] = bool(self._features[name](self._case))
        return known
