"""Which listed name a text resembles, and why: never whose it is.

Five rules in order, the first that holds answers: the same shape; the same core when decoys are
off; the same words in another order or form, or the town's name beside nothing but words for what
towns have; the name of a listed person with a role, or a listed name beside a strange word; a
letter or two apart. docs/lookalikes.md tells how they were made and how well they do.
"""

from intake.addresses.lookalike.book import Book
from intake.addresses.lookalike.edits import Cores
from intake.addresses.lookalike.letters import Letters, Spot, letters, named
from intake.addresses.lookalike.likely import likely
from intake.addresses.lookalike.names import Name, Trait, listed, shaped
from intake.addresses.lookalike.persons import Bearers
from intake.addresses.lookalike.rules import Judge, Likeness, Question, Rule, question
from intake.addresses.lookalike.vocabulary import Vocabulary

__all__ = [
    "Bearers",
    "Book",
    "Cores",
    "Judge",
    "Letters",
    "Likeness",
    "Name",
    "Question",
    "Rule",
    "Spot",
    "Trait",
    "Vocabulary",
    "letters",
    "likely",
    "listed",
    "named",
    "question",
    "shaped",
]
