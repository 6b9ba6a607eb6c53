"""The network a request comes from, however the proxies in front of us write its address."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

UNREADABLE = "unreadable"


def read(written: str | None) -> IPv4Address | IPv6Address | None:
    """The address without port, brackets, zone and quotes, an IPv4 one taken out of an IPv6 one;
    None where there is none, or it cannot be read."""
    text = (written or "").strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return found.ipv4_mapped
    return found


def network(written: str | None) -> str:
    """An IPv4 address, or the /64 that one subscriber has; all that cannot be read are one."""
    found = read(written)
    if found is None:
        return UNREADABLE
    return str(ip_network((found, 32 if found.version == 4 else 64), strict=False))


def kind(written: str | None) -> str:
    """What sort of address it is, for whoever sets the proxy up."""
    found = read(written)
    if found is None:
        return UNREADABLE
    where = "loopback" if found.is_loopback else "private" if found.is_private else "public"
    return f"{where} IPv{found.version}"
