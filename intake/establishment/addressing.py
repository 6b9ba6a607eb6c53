"""Handle and address of a request, held against the rules of the platform and the register."""

from intake.establishment.forms.context import Address, Context


def address_of(context: Context) -> Address:
    """What handle and address name, and what is wrong with either."""
    handle, url = context.typed("profile", "handle"), context.typed("profile", "profile_url")
    platform = context.platform
    if platform is None or not (handle or url):
        return Address()
    return Address()
