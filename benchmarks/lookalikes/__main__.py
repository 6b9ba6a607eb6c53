"""Prints what each way finds of the pairs, by class, and what ours gets wrong."""

import sys

from benchmarks.lookalikes.figures import WAYS, figures, precision, recall
from benchmarks.lookalikes.pairs import HALVES


def main() -> None:
    """Both halves; with `wrong` also each pair that is judged wrongly."""
    for half in HALVES:
        every = {name: figures(half, way) for name, way in WAYS.items()}
        print(f"\n{half}\n{'class':36}{'pairs':>6}" + "".join(f"{name:>11}" for name in every))
        for label, figure in sorted(every["ours"].items(), key=lambda one: one[0][:4] == "not:"):
            shares = "".join(f"{found[label].found / figure.all:11.3f}" for found in every.values())
            print(f"{label:36}{figure.all:6}{shares}")
        for title, of in (("recall", recall), ("precision", precision)):
            print(f"{title:42}" + "".join(f"{of(found):11.3f}" for found in every.values()))
        if "wrong" in sys.argv:
            for label, figure in every["ours"].items():
                for pair in figure.wrong:
                    like = pair.like.handle if pair.like else "-"
                    print(f"  {label}: {pair.town.name}: {pair.text} ({like})")


if __name__ == "__main__":
    main()
