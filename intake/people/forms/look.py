"""Forms of the town's colour and logo."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from intake.people import look
from intake.people.forms.setting_group import SettingsForm
from intake.web.forms import BaseForm, File, Line, Seen
from intake.web.templating import number

IMAGES = {"logo": _l("Logo"), "logo_dark": _l("Logo for dark ground")}


class Colour(Line):
    """A colour as #rrggbb that white text can be read on; `offered` is a shade that would do."""

    offered = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        plain = f"#{(self.data or '').casefold().removeprefix('#')}"
        if look.HEX.fullmatch(plain):
            self.data = plain

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if not self.data:
            return
        if not look.HEX.fullmatch(self.data):
            raise StopValidation(_("Write the colour as # and six signs, for example #0e4a68."))
        if not look.may_be(self.data):
            self.offered = look.darker(self.data)
            raise StopValidation(
                _(
                    "White text cannot be read on this: the contrast is %(contrast)s, at least "
                    "%(least)s is needed. The nearest darker shade that will do is %(offered)s.",
                    contrast=_decimal(look.on_white(self.data)),
                    least=_decimal(look.TEXT),
                    offered=self.offered,
                )
            )


def _decimal(ratio: float) -> str:
    return number(int(ratio * 10) / 10)  # rounded down: 4.49 is no 4.5


class ColourForm(SettingsForm):
    """The town's own colour."""

    group = "look"
    title = _l("Colour and logo")
    colour = Colour(
        _l("The town's colour"),
        hint=_l(
            "As # and six signs, for example #0e4a68. Without one the product's blue is used. "
            "Colours that tell a state stay as they are."
        ),
        optional=True,
        width="9",
    )


class ImageForm(BaseForm):
    """A picture for the header."""

    seen = Seen()
    image = File(
        _l("Picture"),
        hint=_l(
            "PNG, JPEG or WebP, at most 1 MB and 4 megapixels. It is drawn 36 pixels high; what "
            "else the file holds is thrown away."
        ),
        accept=(".png", ".jpg", ".jpeg", ".webp"),
    )
