"""How addresses are read: the rule of a service, short links, hosts that serve many."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intake import addresses, clock
from intake.addresses import Stated
from intake.handbook import queries
from intake.handbook.address_forms import RuleForm, SpecialHostForm, shown
from intake.handbook.forms import ActForm
from intake.handbook.models import HOST_KINDS, HostKind
from intake.handbook.service import Cautioned, rules, special_hosts
from intake.handbook.views.room import Attempt, attempt, keeping, me, platform_of, room
from intake.refusals import Unready, Unseen
from intake.web.forms import Problem


@room.route("/handbook/hosts", methods=["GET", "POST"])
@keeping
def special_host_list() -> Any:
    """The hosts of short links and those that serve many, and a form for one more."""
    form = SpecialHostForm()

    def add() -> str:
        host = form.host.data or ""
        anyway = request.form.get("anyway") == host
        special_hosts.add(host, HostKind(form.kind.data), me(), clock.now(), anyway=anyway)
        return url_for("handbook.special_host_list")

    done = attempt(form, add)
    if done.leads_to is None:
        page = render_template(
            "handbook/special_hosts.html",
            form=form,
            rows=queries.special_hosts(),
            kinds=HOST_KINDS,
            caution=_caution(done),
        )
        return page, form.status
    flash(_("The host was added. Addresses are read by it from now on."))
    return redirect(done.leads_to, 303)


@room.route("/handbook/hosts/<id>/remove", methods=["GET", "POST"])
@keeping
def remove_special_host(id: str) -> Any:
    """Take a host off the lists."""
    row = next((one for one in queries.special_hosts() if one.id == id), None)
    if row is None:
        raise Unseen
    form, host = ActForm(), row.host

    def remove() -> str:
        special_hosts.remove(id, me(), clock.now())
        return url_for("handbook.special_host_list")

    done = attempt(form, remove)
    if done.leads_to is None:
        page = render_template("handbook/remove_special_host.html", form=form, host=host, id=id)
        return page, form.status
    flash(_("The host was removed."))
    return redirect(done.leads_to, 303)


@room.route("/handbook/platforms/<code>/rule", methods=["GET", "POST"])
@keeping
def address_rule(code: str) -> Any:
    """State how a service's addresses name a profile, tried on examples before it counts."""
    if not rules.can_be_stated(platform_of(code).code):
        raise Unseen
    there = queries.rule(code)
    form = RuleForm(data=shown(there or Stated(code, ())))
    trials: list[addresses.Trial] = []

    def state() -> str:
        stated = form.statement(code)
        if found := rules.problems(stated):
            raise Unready(found)
        trials.extend(addresses.try_rule(stated, (form.examples.data or "").splitlines()))
        if not any(one.is_profile for one in trials):
            sentence = _("By this rule, none of the examples is an address of a profile.")
            raise Unready([Problem(sentence, "examples")])
        if "try" in request.form:
            raise Unready([])
        rules.state(platform_of(code), stated, me(), clock.now(), anyway="anyway" in request.form)
        return url_for("handbook.platform", code=code, _anchor="hosts")

    done = attempt(form, state)
    if done.leads_to is None:
        page = render_template(
            "handbook/address_rule.html",
            platform=platform_of(code),
            form=form,
            trials=trials,
            is_stated=there is not None,
            caution=_caution(done),
        )
        return page, form.status
    flash(_("The rule was saved. Addresses are read by it from now on."))
    return redirect(done.leads_to, 303)


@room.route("/handbook/platforms/<code>/rule/remove", methods=["GET", "POST"])
@keeping
def drop_address_rule(code: str) -> Any:
    """Tell the service's profiles apart by their web addresses again."""
    if queries.rule(platform_of(code).code) is None:
        raise Unseen
    form = ActForm()

    def drop() -> str:
        rules.drop(platform_of(code), me(), clock.now())
        return url_for("handbook.platform", code=code, _anchor="hosts")

    done = attempt(form, drop)
    if done.leads_to is None:
        page = render_template(
            "handbook/drop_address_rule.html", platform=platform_of(code), form=form
        )
        return page, form.status
    flash(_("The rule was removed."))
    return redirect(done.leads_to, 303)


def _caution(done: Attempt) -> Cautioned | None:
    return done.refusal if isinstance(done.refusal, Cautioned) else None
