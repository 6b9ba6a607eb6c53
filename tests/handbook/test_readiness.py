"""Who has acknowledged the guidelines and which trainings they have had."""

from datetime import date

import pytest
from sqlalchemy import event

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.table import EFFECT
from intake.handbook import queries, service
from intake.handbook.models import Acknowledgement, GuidelineVersion, TrainingKind
from intake.refusals import Stale, Unready, Unseen

TODAY = date(2026, 11, 23)
SOCIAL, SECURITY = TrainingKind.SOCIAL_MEDIA, TrainingKind.SECURITY


def acknowledge(person, now, **seen):
    with write():
        service.acknowledge(person, now, **seen)


def train(person, kind, held_on, until, by, now):
    with write():
        return service.record_training(person, kind, held_on, until, by, now)


def publish(number):
    with write():
        texts = {f"text_{code}": f"# {number}" for code in ("fi", "sv", "en")}
        db.session.add(GuidelineVersion(number=number, in_force_on=TODAY, **texts))


def standing(person):
    return queries.readiness([person.id], TODAY)[person.id]


@pytest.mark.policy("G1", "P12")
def test_an_acknowledgement_points_to_a_version_and_a_new_version_asks_again(cast, now):
    assert standing(cast.admin) == queries.Readiness(None, False, None, None)
    acknowledge(cast.admin, now)
    assert (standing(cast.admin).acknowledged, standing(cast.admin).is_current) == (1, True)
    publish(2)
    assert (standing(cast.admin).acknowledged, standing(cast.admin).is_current) == (1, False)
    acknowledge(cast.admin, now)
    assert (standing(cast.admin).acknowledged, standing(cast.admin).is_current) == (2, True)


@pytest.mark.policy("G1")
def test_acknowledging_is_in_the_trail_once_however_often_it_is_done(cast, now):
    acknowledge(cast.admin, now)
    acknowledge(cast.admin, now)
    row = queries.acknowledgement(cast.admin.id)
    (entry, words), *more = audit_trail.history([row.id])
    assert not more
    assert words is None
    assert (entry.actor, entry.step) == (cast.admin.id, "acknowledge")
    assert entry.detail() == {"person": cast.admin.id, "version": 1}


def test_what_was_read_before_a_new_version_came_is_not_acknowledged(cast, now):
    publish(2)
    with pytest.raises(Stale):
        acknowledge(cast.admin, now, seen=1)
    assert queries.acknowledgement(cast.admin.id) is None


def test_nothing_is_acknowledged_where_there_are_no_guidelines(cast, now):
    with write():
        db.session.delete(queries.current_guidelines())
    with pytest.raises(Unseen):
        acknowledge(cast.admin, now)
    assert standing(cast.admin).is_current is False


@pytest.mark.policy("P11", "G1")
def test_the_two_trainings_are_recorded_apart_the_newest_valid_one_counts(cast, now):
    train(cast.admin, SOCIAL, date(2025, 1, 10), None, cast.keeper, now)
    train(cast.admin, SOCIAL, date(2026, 3, 5), date(2028, 3, 5), cast.keeper, now)
    assert standing(cast.admin).social_media == date(2026, 3, 5)
    assert standing(cast.admin).security is None
    train(cast.admin, SECURITY, date(2026, 9, 1), None, cast.keeper, now)
    assert standing(cast.admin).security == date(2026, 9, 1)


@pytest.mark.policy("P11")
@pytest.mark.parametrize(("until", "counts"), [(date(2026, 11, 22), False), (TODAY, True)])
def test_a_training_counts_until_the_end_of_its_last_day(cast, now, until, counts):
    train(cast.admin, SOCIAL, date(2025, 1, 10), until, cast.keeper, now)
    assert (standing(cast.admin).social_media is not None) is counts


@pytest.mark.policy("P11")
def test_a_training_is_in_the_trail_with_who_noted_it(cast, now):
    row = train(cast.admin, SECURITY, TODAY, None, cast.keeper, now)
    ((entry, _words),) = audit_trail.history([row.id])
    assert entry.actor == cast.keeper.id
    facts = {"person": cast.admin.id, "kind": "security", "held_on": "2026-11-23"}
    assert entry.detail() == facts


@pytest.mark.parametrize(
    ("held_on", "until", "field"),
    [(date(2026, 11, 24), None, "held_on"), (TODAY, date(2026, 11, 22), "until")],
)
def test_a_training_ahead_or_ended_before_it_was_held_is_refused(cast, now, held_on, until, field):
    with pytest.raises(Unready) as refusal:
        train(cast.admin, SOCIAL, held_on, until, cast.keeper, now)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert queries.trainings(cast.admin.id) == []


def test_readiness_costs_the_same_for_one_and_for_many(cast, now):
    for person in cast.everyone().values():
        acknowledge(person, now)
        train(person, SOCIAL, TODAY, None, EFFECT, now)
    statements = []

    def count(_connection, _cursor, statement, *_):
        statements.append(statement)

    ids = [person.id for person in cast.everyone().values()]
    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", count)
    try:
        one = queries.readiness(ids[:1], TODAY)
        few = len(statements)
        many = queries.readiness(ids, TODAY)
        assert len(statements) - few <= few <= 6
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert len(one) == 1
    assert len(many) == len(ids)
    assert all(line.is_current and line.social_media == TODAY for line in many.values())
    assert db.session.query(Acknowledgement).count() == len(ids)
