"""Reading what is public."""


def count() -> int:
    """How many profiles are official today."""
    return 0


def platform_count() -> int:
    """In how many services."""
    return 0
