"""A file in a form: what is taken, and what is said beside the field where it is not."""

import io

import pytest
from flask import request

from intake.web.forms import BaseForm, File, Line, Upload

MEGABYTE = 1024 * 1024


class Sending(BaseForm):
    name = Line("Name")
    picture = File("Picture", most=1, accept=(".png",))
    more = File("More", optional=True)


def sent(app, **parts) -> Sending:
    with app.test_request_context("/", method="POST", data={"name": "Kirjasto", **parts}):
        request.max_content_length = 2 * MEGABYTE
        form = Sending()
        form.validate()
        request.environ["wsgi.input"].close()  # the test client's own file
        return form


def test_a_file_arrives_whole_with_its_name(app):
    content = bytes(range(256)) * 4096
    assert len(content) == MEGABYTE
    form = sent(app, picture=(io.BytesIO(content), "logo.png"))
    assert form.picture.data == Upload("logo.png", content)
    assert (form.picture.errors, form.more.data, list(form.more.errors)) == ([], None, [])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\\Users\\aino\\logo.png", "logo.png"),
        ("a\u2028b\x07.png", "ab.png"),
        ("/", ""),
        ("ä" * 300, "ä" * 200),
    ],
)
def test_the_name_of_a_file_is_a_label_and_never_a_path(app, name, kept):
    assert sent(app, picture=(io.BytesIO(b"x"), name)).picture.data == Upload(kept, b"x")


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ((io.BytesIO(b""), ""), "Valitse tiedosto."),
        ("a text where a file is due", "Valitse tiedosto."),
        ((io.BytesIO(b""), "logo.png"), "Tiedosto on tyhjä. Valitse toinen."),
        (
            (io.BytesIO(b"x" * (MEGABYTE + 1)), "logo.png"),
            "Tiedosto on yli 1 Mt. Valitse pienempi.",
        ),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_the_rest_is_kept(app, part, sentence):
    form = sent(app, picture=part)
    assert [str(error) for error in form.picture.errors] == [sentence]
    assert form.picture.data is None
    assert form.name.data == "Kirjasto"


def test_a_form_without_its_file_asks_for_it(app):
    assert [str(error) for error in sent(app).picture.errors] == ["Valitse tiedosto."]
