"""What keepers have chosen, how far the erasing has come, and what was opened of one person."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.data.base import UTC, Base, Identified
from intake.security.sealed import Sealed, SealedText


class Period(Base):
    """How long one type of data is kept, in the unit of its row in the table, where keepers have
    chosen another length than the product's."""

    __tablename__ = "retention_period"
    subject_type = "retention_period"

    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    length: Mapped[int]

    @property
    def id(self) -> str:
        """The code, as trail and messages know it; those have room for 16 signs."""
        return self.code


class Run(Base):
    """The newest run of the job: one row. `at` is when it last erased, or saw nothing to erase;
    `refused_at` since when it does not trust the clock; `confirmed_at` when an administrator last
    said that the clock is right; `unclean` while erased bytes may still lie in the file."""

    __tablename__ = "retention_run"
    subject_type = "retention_run"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime | None] = mapped_column(UTC)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTC)
    refused_at: Mapped[datetime | None] = mapped_column(UTC)
    unclean: Mapped[bool] = mapped_column(default=False)


class Disclosure(Identified, Base):
    """Everything about one address was opened by a keeper: `address` is sealed, and the row is
    erased a day later."""

    __tablename__ = "disclosure"
    subject_type = "disclosure"

    address: Mapped[Sealed] = mapped_column(SealedText)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime] = mapped_column(UTC)
