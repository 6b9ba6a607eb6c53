"""`flask --app app read-address`: anyone can try the reader on a list."""

import io
import json

from intake.addresses.command import read_lines
from tests.costs import assert_grows_with


def read(lines):
    out = io.StringIO()
    read_lines(lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_that_is_not_empty_gives_one_object_in_order():
    found = read([b"x.com/savonkoski_demo\r\n", b"\n", b"  \n", "Pieksämäki\n".encode()])
    fields = "text, keys, platform, kind, value, url, deep_link, readable, note, reach"
    assert [", ".join(one) for one in found] == [fields] * 2
    assert found[0]["keys"] == ["x:handle:savonkoski_demo"]
    assert found[1]["text"] == "Pieksämäki"
    assert found[1]["note"] == "bare_handle"
    assert [one["reach"] for one in found] == ["profile", None]


def test_a102_bytes_that_are_no_text_are_replaced_visibly():
    found = read([b"x.com/savon\xffkoski\n", b"\x00\xed\xa0\x80\n", "x.com/\udcff\n"])
    assert found[0]["text"] == "x.com/savon\ufffdkoski"
    assert [one["keys"] for one in found] == [[], [], []]
    assert found[2]["text"] == "x.com/\ufffd\ufffd\ufffd"


def test_a_long_list_is_read_in_passing():
    lines = [
        f"https://www.facebook.com/savonkoski{n}/posts/1?ref=x\n".encode() for n in range(2000)
    ]
    assert len(read(lines)) == 2000
    assert_grows_with(lambda: read(lines), lambda: read(lines[:200]))
