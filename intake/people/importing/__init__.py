"""Units and people from CSV: read, checked whole, shown, then written at once or not at all.

`layout` says what a file looks like, `reading` makes rows of bytes, `checking` holds rows against
rules and against the town as it is (`present`), `writing` carries a plan out, `running` takes an
import from stage to stage, and `words` says all of it in the reader's language.
"""
