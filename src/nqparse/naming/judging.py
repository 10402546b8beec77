"""Words of a name → what kind of words they are: a verb alone, an indicator, a predicate."""

import regex

from nqparse.packs.load import Pack, words_of

_SHOWN = regex.compile(r"\w+|[^\w\s]")


class Judge:
    """Answers about phrases that the pack's word lists decide."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def opens(self, words_id: str, phrase: str) -> int:
        """How many words of a list's form a phrase begins with; 0 if with none."""
        found = self.pack.words(words_id).after(words_of(phrase), 0)
        return 0 if found is None else found[0]

    def gives(self, left: str) -> bool:
        """Whether a phrase begins or ends with a verb of giving ("UBND huyện phân bổ")."""
        verbs, words = self.pack.words("giving-verbs"), words_of(left)
        return verbs.after(words, 0) is not None or verbs.before(words, len(words)) is not None

    def is_rate_alone(self, name: str) -> bool:
        """Whether a name is the noun of a share and nothing else ("tỷ lệ")."""
        found = self.pack.words("share-nouns").after(words_of(name), 0)
        return found is not None and found[0] == len(words_of(name))

    def is_mere_verb(self, left: str) -> bool:
        """Whether the words before a number name nothing ("hoàn thành", "toàn tỉnh")."""
        words, at = words_of(left), 0
        while at < len(words):
            found = self.pack.words("empty-name").after(words, at)
            if found is None:
                return False
            at += found[0]
        return at > 0

    def is_field(self, left: str) -> bool:
        """Whether the words before a number are no more than the field that it is of ("quốc phòng, an ninh")."""
        words, at = [word for word in words_of(left) if word not in (",", "và")], 0
        while (found := self.pack.words("fields-of-work").after(words, at)) is not None:
            at += found[0]
        return 0 < at == len(words)

    def is_mere_count(self, left: str) -> bool:
        """Whether the words say no more than that something is counted ("tổng số")."""
        found = self.pack.words("before-counted-noun").after(words_of(left), 0)
        return found is not None and found[0] == len(words_of(left))

    def is_activity(self, left: str) -> bool:
        """Whether the words are a verb alone ("thu hút")."""
        found = self.pack.words("act-verbs").after(words_of(left), 0)
        return found is not None and found[0] == len(words_of(left))

    def is_generic(self, noun: str) -> bool:
        """Whether a counted noun adds nothing to the verb before it ("bổ nhiệm lại 33 đồng chí")."""
        found = self.pack.words("generic-nouns").after(words_of(noun), 0)
        return found is not None and found[0] == len(words_of(noun))

    def starts_with_predicate(self, left: str) -> bool:
        """Whether a phrase begins with a predicate ("đạt chuẩn")."""
        return self.pack.words("predicates").after(words_of(left), 0) is not None

    def is_indicator(self, intro: str) -> bool:
        """Whether a phrase begins with the noun of an indicator."""
        return self.pack.words("indicator-heads").after(words_of(intro), 0) is not None

    def names_a_quantity(self, left: str) -> bool:
        """Whether words are a quantity of their own ("đàn bò", "tổng diện tích"), not a verb."""
        return not left.endswith(" cho") and (self.is_indicator(left) or self.opens("attributes", left) > 0)

    def heads_a_list(self, intro: str) -> bool:
        """Whether words before a colon name what shares after it are of: an indicator, or people with a predicate."""
        if self.is_indicator(intro):
            return True
        return self.pack.nouns.after(words_of(intro), 0) is not None and bool(self.predicate(intro))

    def before_predicate(self, name: str) -> str:
        """The name up to its predicate."""
        words = words_of(name)
        for at in range(2, len(words)):
            if self.pack.words("predicates").after(words, at) is not None:
                shown = _SHOWN.findall(name)
                return " ".join(shown[:at])
        return name

    def predicate(self, text: str, first: int = 1) -> str:
        """The predicate that a phrase ends in, sought from word ``first`` on; empty if there is none."""
        words = words_of(text)
        shown = _SHOWN.findall(text)
        for at in range(first, len(words)):
            if self.pack.words("predicates").after(words, at) is not None and len(shown) == len(words):
                return " ".join(shown[at:]).replace(" ,", ",")
        return ""
