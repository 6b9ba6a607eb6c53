"""One shape of what was posted: whatever a browser or a script leaves out, sends twice or sends as
something else, each field finds what its own control would have sent."""

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import fields

SEVERAL = (fields.SelectMultipleField, fields.BooleanField)  # unticked boxes are not sent at all
WITHIN = (fields.FieldList, fields.FormField)  # their names are those of the fields in them


def settled(sent: Any, form_fields: Iterable[Any]) -> MultiDict[str, Any]:
    """What was sent, with text in the fields for text and files in those for files.

    A field for one text that is missing counts as left empty, so that nothing is ever stored as
    neither text nor nothing.
    """
    found: MultiDict[str, Any] = MultiDict()
    for name in sent:
        found.setlist(name, sent.getlist(name))
    for field in form_fields:
        if isinstance(field, WITHIN):
            continue
        takes_files = isinstance(field, fields.FileField)
        values = [
            one for one in found.poplist(field.name) if isinstance(one, FileStorage) is takes_files
        ]
        if not values and not takes_files and not isinstance(field, SEVERAL):
            values = [""]
        if values:
            found.setlist(field.name, values)
    return found
