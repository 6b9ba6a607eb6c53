"""The public face: list, pages, check, API; reads profiles, changes nothing."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from intake import ports
from intake.register import api, index, views
from intake.web import templating


def init_app(app: Flask) -> None:
    """Register pages, interface, index and the entries in the navigation."""
    app.register_blueprint(views.room)
    app.register_blueprint(api.room)
    ports.of(app).navigation += [
        templating.Entry("register.check_page", _l("Check"), 10, public=True),
        templating.Entry("register.index", _l("Register"), 20, public=True),
        templating.Entry("register.index", _l("Register"), 90),
    ]
    index.init_app(app)
