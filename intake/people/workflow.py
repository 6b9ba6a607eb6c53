"""How a role is given where two people could say yes, stated once."""

from intake.engine.earlier_steps import earlier
from intake.engine.table import CLOCK, NOTHING, Deadline, Step, Workflow
from intake.people import effects
from intake.people.forms.grants import RefuseForm
from intake.people.parties import organiser, proposer, role_holders, second_granter
from intake.people.rules import person_is_in_service, proposer_may_still, role_is_not_held
from intake.people.states import GrantState as G

# fmt: off
GRANT = Workflow(
    "grant",
    G,
    earlier=earlier,
    steps=(
        Step("propose", (NOTHING,), G.PROPOSED, by=(organiser,), needs=(person_is_in_service,),
             page="people.role_step", effect=effects.about, tells=(second_granter, role_holders)),
        # the letters of a role that was given go out with the grant itself (A6)
        Step("grant", (G.PROPOSED,), G.GRANTED, by=(second_granter,),
             needs=(person_is_in_service, proposer_may_still, role_is_not_held),
             effect=effects.granted, apart_from=("propose",)),
        Step("refuse", (G.PROPOSED,), G.REFUSED, by=(second_granter,), form=RefuseForm,
             effect=effects.about, tells=(proposer, second_granter, role_holders),
             apart_from=("propose",)),
        Step("withdraw", (G.PROPOSED,), G.WITHDRAWN, by=(proposer,), effect=effects.about,
             tells=(second_granter, role_holders)),
        Step("lapse", (G.PROPOSED,), G.LAPSED, by=(CLOCK,), effect=effects.about,
             tells=(proposer, second_granter)),
    ),
    ends=frozenset({G.GRANTED, G.REFUSED, G.WITHDRAWN, G.LAPSED}),
    deadlines=(
        Deadline(G.PROPOSED, "lapses_on", None,
                 step="lapse"),
    ),
)
# fmt: on
