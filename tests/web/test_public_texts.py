"""One rule on every field marked public (P7): no form with one can be without it."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField
from wtforms.fields.core import UnboundField

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.establishment import answers, known
from intake.establishment.forms.base import PageForm
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.establishment.warnings import of as warnings_of
from intake.people import town
from intake.profiles import redaction
from intake.profiles.models import ProfileKind
from intake.profiles.states import ProfileState as P
from intake.security import sensitive_text
from intake.web.forms import BaseForm
from intake.web.forms.fields import Line, Lines
from intake.web.forms.publishing import MEANT, public_fields
from tests.browser import Browser
from tests.establishment.making import again as request_again
from tests.establishment.making import make_request
from tests.profiles.making import again, make_profile, set_up

CODE, PHONE, ACCOUNT = "010190-900P", "040 123 4567", "FI21 1234 5600 0007 85"
MAIL = "matti.meikalainen@posti.example"
BARRED = "Tekstissä on henkilötunnus. Sitä ei saa julkaista: poista se."
ASK = "Merkitse, mikä on tarkoitettu julkiseksi, tai poista se tekstistä."


def every_form(base: type = BaseForm) -> Iterator[type]:
    """Every form class there is."""
    for one in base.__subclasses__():
        yield one
        yield from every_form(one)


def public_names(form: type, prefix: str = "") -> Iterator[str]:
    """The names of a form's public texts, as the declarations have them."""
    for name in dir(form):
        made = getattr(form, name)
        if not isinstance(made, UnboundField):
            continue
        if made.field_class is FieldList and made.args[0].field_class is FormField:
            yield from public_names(made.args[0].args[0], f"{prefix}{name}-0-")
        elif made.kwargs.get("public") and issubclass(made.field_class, Line | Lines):
            yield prefix + name


FORMS = {
    f"{form.__module__}.{form.__name__}.{name}": (form, name)
    for form in every_form()
    if form.__module__.startswith("intake.")
    for name in public_names(form)
}


def sent(form: type, name: str, text: str, **more: list[str]) -> BaseForm:
    """The form with a text in one field."""
    if issubclass(form, PageForm):
        context = known.reading(ProfileKind.OFFICE, {})
        made = form(context, {name: [text], **more}, meta={"csrf": False})
    else:
        made = form(formdata=MultiDict({name: [text], **more}), meta={"csrf": False})
    made.validate()
    return made


def said(form: BaseForm, name: str) -> list[str]:
    """What is wrong with a field."""
    return [
        str(error)
        for field in (*public_fields(form), *form.doubts)
        if field.name == name
        for error in field.errors
    ]


@pytest.fixture
def finnish(app, cast):
    with app.test_request_context("/?lang=fi"):
        yield


def test_there_are_forms_to_look_at():
    names = {name.rpartition(".")[2] for name in FORMS}
    assert {"purpose", "reason", "text_fi", "interim_channel", "admins-0-task", "text"} <= names


@pytest.mark.parametrize("which", FORMS)
@pytest.mark.policy("P7")
def test_a225_no_identity_code_gets_into_a_public_field(finnish, which):
    form, name = FORMS[which]
    texts = (f"Hetuni on {CODE}, siis.", "hetuni on 010190\u2013900p")
    for text in (f"{CODE}@savonkoski.example",) if name == "shared_mailbox" else texts:
        assert BARRED in said(sent(form, name, text), name)


@pytest.mark.parametrize("which", [one for one in FORMS if "mailbox" not in one])
@pytest.mark.policy("P7")
def test_a226_what_may_be_somebodys_own_is_asked_about_in_every_public_field(finnish, which):
    form, name = FORMS[which]
    for own in (PHONE, ACCOUNT, MAIL):
        text = f"Kysy lisää: {own}"
        assert ASK in said(sent(form, name, text), MEANT), own
        assert said(sent(form, name, text, **{MEANT: [own]}), MEANT) == []
        assert ASK in said(sent(form, name, f"{text} 050 765 4321", **{MEANT: [own]}), MEANT)
    assert sent(form, name, "Kysy lisää kirjastosta.").doubts == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("010190-900P", 1),
        ("010190A900P", 1),
        ("010190Y900Pja", 1),
        ("０１０１９０\u2212９００ｐ", 1),
        ("010190 - 900P", 1),
        ("0101\u200b90-900P", 1),
        ("x" * 9_995 + " 010190-900P", 1),
        ("010190-900X", 0),
        ("310290-900P", 0),
        ("24.11.2026-1234", 0),
    ],
)
def test_a225_a_code_is_known_however_it_is_written(text, codes):
    assert len(sensitive_text.identity_codes(text)) == codes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"p. {PHONE}", [PHONE]),
        ("040 123 4567 050 765 4321", ["040 123 4567", "050 765 4321"]),
        ("0401234567/0507654321", ["0401234567", "0507654321"]),
        ("358401234567", ["358401234567"]),
        ("+358\u00a040\u2013123\u20134567", ["+358 40-123-4567"]),
        (ACCOUNT.replace(" ", ""), ["FI2112345600000785"]),
        ("FI21-1234-5600-0007-85", ["FI21-1234-5600-0007-85"]),
        ("matti(at)posti.example", ["matti(at)posti.example"]),
        ("015 788 411, kirjasto@edu.savonkoski.example", []),  # the town's own
        ("Y-tunnus 0737546-2, klo 10.00-16.00, 76100, 24.11.2026", []),
        ("@savonkoski@some.example", []),
    ],
)
def test_a226_what_is_found_and_what_is_the_towns_own(text, found):
    assert sensitive_text.remarks(text, ["+358 15 788411"], ["savonkoski.example"]) == found


def test_every_text_of_the_register_can_be_redacted():
    texts = answers.public_texts(answers.Answers(ProfileKind.OFFICE))
    chosen = {"private_messages", "content_languages", "represents", "absence_cover"}
    assert set(texts) - chosen - {"contact"} == set(redaction.TEXTS)
    marked = {name.rpartition(".")[2] for name in FORMS}
    asked = {line.name: answers.NAMED.get(line.name, line.name) for line in fields(answers.Answers)}
    assert {asked[name] for name in redaction.TEXTS} <= marked


@pytest.mark.policy("P7")
def test_a226_a_request_is_sent_when_its_remarks_are_answered_and_the_supervisor_sees(app, cast):
    found = make_request(cast, S.DRAFT)
    noora = Browser(app).signs_in(cast.requester)
    path = f"/establishment/{found.id}/form"
    text = f"Kerromme kesätyöpaikoista, soita {PHONE} tai kysy meiltä muuten."
    page = noora.opens(f"{path}/purpose").fills(purpose=text).presses("Tallenna ja jatka")
    assert page.errors == [ASK]
    check = noora.opens(f"{path}/check")
    assert "Onko tämä tarkoitettu julkiseksi?" in check.main
    assert "Lähetä päätettäväksi" not in check.buttons()
    page = noora.opens(f"{path}/purpose").fills(meant_public=[PHONE])
    assert page.presses("Tallenna ja jatka").errors == []
    noora.opens(f"{path}/check").presses("Lähetä päätettäväksi")
    made = request_again(found)
    assert made.state == S.SUBMITTED
    version = db.session.get_one(Request, found.id)
    with app.test_request_context("/?lang=fi"):
        assert f"Julkaistaisiin: {PHONE}" in warnings_of(version, clock.now())


@pytest.mark.policy("P7")
def test_a227_a_listed_text_is_redacted_in_one_step_and_the_register_changes_at_once(app, cast):
    profile = make_profile(cast, P.ACTIVE)
    with write():
        kept = again(profile)
        kept.texts = {**kept.texts, "purpose": f"Kerromme kesätöistä, hetu {CODE}."}
    slug = again(profile).slug
    assert CODE in Browser(app).opens(f"/register/{slug}").main
    for who, how, text in (
        (cast.keeper, "shorter", "Kerromme kesätöistä."),
        (cast.head, "withheld", ""),
    ):
        page = Browser(app).signs_in(who).opens(f"/profiles/{profile.id}/redact")
        page = page.fills(what="purpose", how=how, text=text, reason="Tekstissä oli tietoja.")
        page = page.presses("Poista tietoja julkisesta tekstistä")
        assert page.path == f"/profiles/{profile.id}", page.errors
        shown = Browser(app).opens(f"/register/{slug}").main
        assert CODE not in shown
        assert (text in shown) if text else ("kesätöistä" not in shown)
    assert CODE not in Browser(app).opens(f"/api/v1/profiles/{slug}").html
    assert "poisti tietoja julkisesta tekstistä" in page.main


@pytest.mark.parametrize(
    ("answers_", "wrong"),
    [
        ({"how": "shorter", "text": ""}, "Kirjoita lyhyempi teksti"),
        ({"how": "shorter", "text": "x" * 200}, "ei ole nykyistä tekstiä lyhyempi"),
        ({"how": "shorter", "text": CODE}, BARRED),
    ],
)
def test_a227_what_replaces_a_text_is_shorter_and_clean(app, cast, answers_, wrong):
    profile = make_profile(cast, P.CLOSED)
    with write():
        again(profile).closing_reason = f"Hetu {CODE}, tili {ACCOUNT}"
    page = Browser(app).signs_in(cast.keeper).opens(f"/profiles/{profile.id}/redact")
    page = page.fills(what="closing_reason", reason="Tekstissä oli tietoja.", **answers_)
    page = page.presses("Poista tietoja julkisesta tekstistä")
    assert page.status == 422
    assert wrong in page.errors[0]
    assert CODE in again(profile).closing_reason


@pytest.mark.policy("P7")
def test_a228_nothing_is_listed_with_a_code_or_an_unanswered_remark(app, cast):
    """Also where the request was decided before anybody was asked."""
    profile = make_profile(cast, P.SETUP)
    set_up(cast, profile)
    with write():
        kept = again(profile)
        kept.texts = {**kept.texts, "purpose": f"Soita {PHONE}", "audience": f"Hetu {CODE}"}
    page = Browser(app).signs_in(cast.keeper).opens(f"/profiles/{profile.id}/list")
    assert "Julkisessa tekstissä on henkilötunnus." in page.main
    with write():
        kept = again(profile)
        kept.texts = {**kept.texts, "audience": "Nuorille."}
    page = page.browser.opens(f"/profiles/{profile.id}/list").fills(seen_today=True)
    refused = page.presses("Vahvista ja vie luetteloon")
    assert refused.errors == [ASK]
    refused.fills(meant_public=[PHONE]).presses("Vahvista ja vie luetteloon")
    assert again(profile).state == P.ACTIVE


@pytest.mark.policy("P7")
def test_a229_a_closing_reason_is_held_to_the_same(app, cast):
    profile = make_profile(cast, P.ACTIVE)
    page = Browser(app).signs_in(cast.head).opens(f"/profiles/{profile.id}/announce_closing")
    page = page.fills(
        reason=f"Sami ({CODE}) lähtee, tili {ACCOUNT}, puh. {PHONE}.",
        closes_on=str(clock.today() + timedelta(days=60)),
        successor="Ei mitään, koska toiminta loppuu.",
    ).presses("Ilmoita lopettamisesta")
    assert page.status == 422
    assert set(page.errors) == {BARRED, ASK}
    assert again(profile).closing_reason == ""


@pytest.mark.policy("P8")
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_report_form_says_what_the_register_says_of_the_provider(app, cast, language):
    browser = Browser(app)
    page = browser.opens(f"/report?lang={language}")
    said = {"fi": "voi tallentaa", "sv": "kan lagra", "en": "may store your data"}[language]
    assert said in page.main
    assert town.current().contact_email in page.main
