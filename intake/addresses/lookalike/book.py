"""All names in memory: for towns without a database, such as those of the benchmark."""

from collections.abc import Collection, Iterable

from intake.addresses.lookalike.edits import Cores
from intake.addresses.lookalike.names import Name
from intake.addresses.lookalike.rules import Judge, Likeness, question


class Book:
    """Listed names that texts are compared with."""

    def __init__(self, names: Collection[Name], judge: Judge) -> None:
        self.names, self.judge = list(names), judge
        self.found: dict[str, list[int]] = {}
        for at, name in enumerate(self.names):
            for key in {f"s {name.shape}", f"c {name.core}", f"b {name.bag}"}:
                self.found.setdefault(key, []).append(at)
        self.cores = Cores(name.core for name in self.names)

    def resemblance(self, text: str) -> Likeness | None:
        """The listed name that a text resembles most; None where there is none."""
        asked = question(text, self.judge.words)
        keys = [
            f"{label} {one}" for label, ones in zip("scb", asked.keys, strict=True) for one in ones
        ]
        found = self.judge.by_look_up(asked, self._of(keys))
        if not found:
            near = [f"c {core}" for core in self.judge.candidates(asked, self.cores)]
            found = self.judge.by_edits(asked, self._of(near))
        return found[0] if found else None

    def _of(self, keys: Iterable[str]) -> list[Name]:
        return [self.names[at] for at in {at for key in keys for at in self.found.get(key, ())}]
