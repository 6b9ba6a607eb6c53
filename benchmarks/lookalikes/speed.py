"""What one answer costs among many listed names, beside the bare library call, in one run.

`python -m benchmarks.lookalikes.speed 100000` prints it.
"""

import sys
import time
from collections.abc import Callable
from random import Random
from statistics import mean, quantiles

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from benchmarks.lookalikes.pairs import pairs
from intake.addresses.lookalike import Bearers, Book, Judge, Vocabulary, listed
from intake.addresses.lookalike.lexicon import _lines, person_names

CUTOFF = 85
ASKED = 400


def names(number: int, chance: Random) -> list[str]:
    """Invented names of profiles: people, and services of one large town with streets and years."""
    given, family = (sorted(some) for some in person_names())
    units = [line.split()[0].partition("/")[0] for line in _lines("units")]
    found: dict[str, None] = {}
    while len(found) < number:
        first, last, other = chance.choice(given), chance.choice(family), chance.choice(family)
        unit = chance.choice(units)
        found[chance.choice([f"{first} {last}{other}", f"savonkosken_{unit}_{last}{other}"])] = None
    return list(found)


def spent(act: Callable[[str], object], texts: list[str]) -> list[float]:
    """Milliseconds for each text."""
    times = []
    for text in texts:
        began = time.process_time()
        act(text)
        times.append((time.process_time() - began) * 1000)
    return times


def main(number: int) -> None:
    """Fill, ask both the same, print mean, median, 95 of 100, and the ratio of the means."""
    chance = Random(number)  # noqa: S311 -- the same names at each run
    texts = names(number, chance)
    town = ["Savonkoski", "Savonkoski stad"], ["Savonkosken"]
    words = Vocabulary.of(*town)
    began = time.process_time()
    rows = [listed(text, words, holder=str(at)) for at, text in enumerate(texts)]
    own = {word for row in rows for word in row.own}
    book = Book(rows, Judge(Vocabulary.of(*town, (), own), Bearers(people=number)))
    print(f"{number} names, filled in {time.process_time() - began:.1f} s")
    fakes = [pair.text for pair in pairs("held_out")]
    typed = [_misspelt(one, chance) for one in chance.sample(texts, ASKED)]
    asked = chance.sample(fakes, ASKED) + typed
    plain = [text.lower() for text in texts]
    ours = spent(book.resemblance, asked)
    bare = spent(
        lambda text: process.extract(
            text.lower(), plain, scorer=ratio, score_cutoff=CUTOFF, limit=None
        ),
        asked,
    )
    for label, times in (("ours", ours), ("bare RapidFuzz", bare)):
        cuts = quantiles(times, n=20)
        print(f"{label:16} mean {mean(times):6.2f} ms, median {cuts[9]:6.2f}, p95 {cuts[18]:6.2f}")
    print(f"ratio of the means {mean(ours) / mean(bare):.2f}")


def _misspelt(text: str, chance: Random) -> str:
    at = chance.randrange(1, len(text) - 1)
    return text[:at] + text[at + 1 :]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
