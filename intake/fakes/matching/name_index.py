"""What cases are compared by: the names, numbers and sites of the fakes they follow."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from intake.addresses import SITE, above, fold, is_shared_host, name_in, registrable, skeleton
from intake.data.base import Base, db
from intake.fakes import queries
from intake.fakes.models import Case, CaseKey, Report
from intake.handbook import queries as handbook

LONGEST = 300


class CaseName(Base):
    """A name of a case's fake, or an exact trace of it (`phone:`, `site:`, `same:`, size 0)."""

    __tablename__ = "case_name"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    text: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    skeleton: Mapped[str] = mapped_column(String(900), index=True)
    folded: Mapped[str] = mapped_column(String(LONGEST))
    size: Mapped[int] = mapped_column(index=True)  # characters of `folded`


def remember(case: Case) -> None:
    """Let a case be compared by what its addresses and reports name."""
    db.session.execute(delete(CaseName).where(CaseName.case_id == case.id))
    rows = queries.keys_of(case)
    keys = [row.key for row in rows]
    _write(case, [*_of_keys(keys), *_shared(rows), *_of_reports(queries.reports_of(case))])


def learn(case: Case, report: Report, keys: Sequence[str]) -> None:
    """Let a case be compared by what one more report names, too."""
    _write(case, [*_of_keys(keys), *_of_reports([report])])


def of(case: Case) -> list[CaseName]:
    """What a case is compared by."""
    query = select(CaseName).where(CaseName.case_id == case.id).order_by(CaseName.text)
    return list(db.session.scalars(query))


def _of_keys(keys: Iterable[str]) -> Iterable[str]:
    known = handbook.known()
    for key in keys:
        platform, _, rest = key.partition(":")
        if platform == "phone" or rest.startswith("phone:"):
            yield f"phone:{rest.partition(':')[2]}"
        elif platform == "web":
            host = above(key)[-1].removeprefix(SITE)
            if not is_shared_host(host, known):
                yield f"site:{registrable(host) or host}"
        if name := name_in(key):
            yield name


def _shared(rows: Sequence[CaseKey]) -> Iterable[str]:
    """Keys that another case has too, as it turned out when they were read anew."""
    keys = [row.key for row in rows]
    met = db.session.scalars(select(CaseKey.meets).where(CaseKey.meets.in_(keys)))
    for key in {*met, *(row.meets for row in rows)} - {None}:
        yield f"same:{key}"


def _of_reports(reports: Iterable[Report]) -> Iterable[str]:
    """How reports name a fake that has no address."""
    for report in reports:
        yield str(report.answers.get("visible_name") or "").strip()


def _write(case: Case, texts: Iterable[str]) -> None:
    wanted = {text[:LONGEST] for text in texts if text}
    there = set(db.session.scalars(select(CaseName.text).where(CaseName.case_id == case.id)))
    for text in sorted(wanted - there):
        is_exact = text.startswith(("phone:", "site:", "same:"))
        folded = "" if is_exact else fold(text)[:LONGEST]
        looks = text if is_exact else skeleton(text)
        db.session.add(
            CaseName(
                case_id=case.id, text=text, skeleton=looks[:900], folded=folded, size=len(folded)
            )
        )
    db.session.flush()
