"""What people paste becomes a key for each profile; pure, no database.

"The same" is an equal key (`read`), "looks the same" is `like`: never is one taken for the other.
"""

from intake.addresses.adding import Host, read_host, shipped_hosts, takes_hosts
from intake.addresses.askings import Asking, Kind, asked_name, askings, find, in_finnish, only
from intake.addresses.handles import (
    canonical_url,
    handle_problem,
    handles,
    keys_for_handle,
    lasting_id_of,
    name_in,
    read_handle,
    read_lasting,
)
from intake.addresses.hosting import is_shared_host, is_shortener, speaks_for_site
from intake.addresses.hosts import registrable
from intake.addresses.pieces import identity, link_of, services
from intake.addresses.read import read
from intake.addresses.reading import SHIPPED, Known, Reach, Reading
from intake.addresses.showing import code_points, defang
from intake.addresses.similar import fold, like, skeleton
from intake.addresses.stated import Stated, Where
from intake.addresses.trying import Trial, faults, try_rule
from intake.addresses.web import SITE, above, covers
from intake.addresses.web_address import is_web_address

__all__ = [
    "SHIPPED",
    "SITE",
    "Asking",
    "Host",
    "Kind",
    "Known",
    "Reach",
    "Reading",
    "Stated",
    "Trial",
    "Where",
    "above",
    "asked_name",
    "askings",
    "canonical_url",
    "code_points",
    "covers",
    "defang",
    "faults",
    "find",
    "fold",
    "handle_problem",
    "handles",
    "identity",
    "in_finnish",
    "is_shared_host",
    "is_shortener",
    "is_web_address",
    "keys_for_handle",
    "lasting_id_of",
    "like",
    "link_of",
    "name_in",
    "only",
    "read",
    "read_handle",
    "read_host",
    "read_lasting",
    "registrable",
    "services",
    "shipped_hosts",
    "skeleton",
    "speaks_for_site",
    "takes_hosts",
    "try_rule",
]
