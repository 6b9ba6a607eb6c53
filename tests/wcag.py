"""WCAG 2.2 A and AA, as far as axe-core can judge a page in a real browser."""

import json

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# only what is wrong comes back: all that passed, node by node, took longer than the rules
LOAD = f"{AXE_SCRIPT};null"
RUN = f"axe.run({json.dumps(RULES)}).then(found => ({{violations: found.violations}}))"


def assert_accessible(page: Page) -> None:
    page.evaluate(LOAD)
    found = AxeResults(page.evaluate(RUN))
    assert not found.response["violations"], f"{page.url}\n{found.generate_report()}"
