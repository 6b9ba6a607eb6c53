"""Takes each control of an abuse case out, once, and sees whether its tests notice.

`python -m tests.controls [CASE ...]` works on a copy of the checkout; it prints a line for each
control, writes all of them to docs/controls.md where it ran through, and ends with 1 where a test
stayed green: such a test proves nothing.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULT = ROOT / "docs" / "controls.md"
LEFT_OUT = (".git", ".venv", ".hypothesis", "__pycache__", "instance", ".coverage.json")


@dataclass(frozen=True)
class Control:
    """What holds a case, as it stands in a file; what is put in its place; who must notice."""

    case: str
    holds: str
    file: str
    now: str
    then: str
    tests: str


CONTROLS = (
    Control("A22", "a form must come from our own page", "intake/web/access.py",
            "    if not _same_origin(access):\n", "    if False:\n",
            "tests/web/test_origin.py -k only_what_may_come"),
    Control("A36", "a known browser has a counter of its own", "intake/people/throttle.py",
            "self.is_known = trusting and", "self.is_known = False and",
            "tests/people/test_sign_in.py -k a36"),
    Control("A37", "failures of a network are counted", "intake/people/throttle.py",
            '_counter(PER_NETWORK, "network", network(),', '_counter(IN_ALL, "none", network(),',
            "tests/people/test_sign_in.py -k a37"),
    Control("A40", "what a header says of the client counts for nothing without a proxy",
            "intake/web/rate_limit.py", "client_address.network(request.remote_addr)",
            'client_address.network(request.headers.get("X-Real-IP", request.remote_addr))',
            "tests/web/test_doors.py -k a40"),
    Control("A41", "a page is for its roles", "intake/web/access.py",
            "    if access.roles and not current_user.roles & set(access.roles):\n",
            "    if False:\n", "tests/test_sweeps.py -k w1_a41"),
    Control("A55", "a read cannot write", "intake/data/engine.py",
            "PRAGMA query_only={int(not writes)}", "PRAGMA query_only=0",
            "tests/test_sweeps.py -k stray_write"),
    Control("A102", "text is cleaned before anything reads it", "intake/text.py",
            '.replace("\\x00", "\\ufffd")', "", "tests/web/test_input.py -k a102"),
    Control("A104", "the words of a form have a limit", "intake/web/access.py",
            "MOST = 256 * 1024", "MOST = 1024 * 1024 * 1024",
            "tests/web/test_input.py -k a104"),
    Control("A104", "the parts of a form have a limit", "intake/web/access.py",
            "request.max_form_parts = 250", "request.max_form_parts = 250_000",
            "tests/web/test_input.py -k a104"),
    Control("A105", "silence is cut", "intake/ops/server.py",
            "channel_timeout=20", "channel_timeout=36_000",
            "tests/ops/test_slow_heads.py -k silence"),
    Control("A105", "a head that drips is cut", "intake/ops/slow_heads.py",
            "MOST = 30.0", "MOST = 36_000.0", "tests/ops/test_slow_heads.py"),
    Control("A190", "a field that is missing is an empty one", "intake/web/forms/base.py",
            "settled(sent, form._fields.values())", "sent",
            "tests/test_sweep_shapes.py -k fault_of_ours"),
    Control("A190", "answers are read in one shape", "intake/data/stored.py",
            "return self.shape(value)", "return value",
            "tests/test_sweep_shapes.py -k over_answers"),
    Control("A190", "a HEAD is a GET", "intake/web/access.py",
            'if self.method == "HEAD":', "if False:", "tests/web/test_methods.py"),
    Control("A191", "only pages without referrer may send a null origin", "intake/web/access.py",
            '(origin == "null" and access.referrer == UNSEEN)', '(origin == "null")',
            "tests/web/test_origin.py -k only_what_may_come"),
    Control("A192", "a known browser's guesses end", "intake/people/throttle.py",
            "if self.is_known and not self.own.seconds", "if self.is_known",
            "tests/people/test_throttle.py -k not_for_ever"),
    Control("A192", "a new password makes a browser a stranger", "intake/people/throttle.py",
            'keys.keyed_hash("device", stored)[:20] if stored', '"same" if stored',
            "tests/people/test_throttle.py -k stranger"),
    Control("A192", "work is good once", "intake/web/proof_of_work.py",
            'enough and limiter().hit(ONCE, "proof", sent["signature"])', "enough",
            "tests/people/test_throttle.py -k good_once"),
    Control("A193", "a mapped address is an IPv4 one", "intake/web/client_address.py",
            "found.ipv4_mapped is not None", "False", "tests/web/test_client_address.py"),
    Control("A194", "an address says what it is", "intake/addresses/web_address.py",
            'if any(unicodedata.category(sign)[0] in "CZ" for sign in text):', "if False:",
            "tests/web/test_stored_addresses.py -k the_rule"),
    Control("A195", "a refusal shows what was typed", "intake/web/error_pages.py",
            "return [text for text in texts if len(text.split()) > 1]", "return []",
            "tests/web/test_refused_kept.py"),
    Control("A240", "the words of the trail go with their subject", "intake/fakes/erasure.py",
            "    audit_trail.erase_words_about(known)\n", "",
            "tests/retention/test_year.py"),
    Control("A240", "the letters go with their subject", "intake/fakes/erasure.py",
            "    outbox.forget(known)\n", "", "tests/retention/test_job.py -k with_their_subject"),
    Control("A240", "the search forgets", "intake/fakes/erasure.py",
            "    full_text.forget(CASES, *every, *reports)\n", "",
            "tests/retention/test_year.py"),
    Control("A240", "the marks go with their case", "intake/fakes/erasure.py",
            "    profiles.forget_marks(db.session", "    list(db.session",
            "tests/retention/test_year.py"),
    Control("A240", "the file is written anew", "intake/retention/job.py",
            "    scrub()\n    return erased", "    return erased", "tests/retention/test_year.py"),
    Control("A241", "a length outside its limits does not count", "intake/retention/table.py",
            "row.length.least <= rows[row.code] <= row.length.most", "True",
            "tests/retention/test_table.py -k a241"),
    Control("A241", "a keeper keeps to the limits", "intake/retention/service.py",
            "    if not limits.least <= length <= limits.most:\n", "    if False:\n",
            "tests/retention/test_table.py -k a241"),
    Control("A242", "what has begun is whole", "intake/retention/job.py",
            "            references = list(row.erase(still, now))\n",
            "            references = list(row.erase(still, now))\n"
            "            db.session.commit()\n",
            "tests/retention/test_job.py -k a242"),
    Control("A243", "a clock that jumps erases nothing", "intake/retention/clock_guard.py",
            "return known is None or not _jumps(known, now)", "return True",
            "tests/retention/test_job.py -k a243"),
    Control("A244", "what is held stays", "intake/fakes/erasure.py",
            "~_seen_since(before), Case.id.not_in(held())", "~_seen_since(before)",
            "tests/retention/test_holds.py -k a244"),
    Control("A244", "who is excluded reads nothing of a hold", "intake/retention/views/table.py",
            "if subject is None or _is_excluded(subject, person):", "if subject is None:",
            "tests/retention/test_holds.py -k a244"),
    Control("A245", "a look-up is over", "intake/retention/person_data.py",
            "    if row.until <= now:\n", "    if False:\n",
            "tests/retention/test_person_data.py -k a245"),
    Control("A245", "a look-up is its keeper's own", "intake/retention/person_data.py",
            "if row is None or row.by_id != by.id:", "if row is None:",
            "tests/retention/test_person_data.py -k a245"),
    Control("A245", "an excluded keeper gets nothing", "intake/retention/person_data.py",
            "return [] if any(by.id in case_parties.excluded(case) for case in found) else found",
            "return found", "tests/retention/test_person_data.py -k a245"),
)  # fmt: skip


def copied(folder: Path) -> Path:
    """A checkout to spoil, with our own packages."""
    copy = folder / "checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (copy / ".venv").symlink_to((ROOT / ".venv").resolve())
    (copy / "instance").mkdir(exist_ok=True)
    return copy


def is_noticed(copy: Path, control: Control) -> bool:
    """Do the tests of a control pass with it and fail without it? Raises ValueError where it is not
    there."""
    file = copy / control.file
    whole = file.read_text()
    if whole.count(control.now) != 1:
        raise ValueError(f"{control.file} has no single {control.now!r}")
    if _run(copy, control.tests) != 0:
        return False  # a test that fails anyhow notices nothing
    file.write_text(whole.replace(control.now, control.then))
    try:
        return _run(copy, control.tests) == 1
    finally:
        file.write_text(whole)


def _run(copy: Path, tests: str) -> int:
    line = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(copy), "HOME": str(copy.parent)}
    return subprocess.run(
        [*line, *tests.split(" ", 2)], cwd=copy, env=environment, capture_output=True, check=False
    ).returncode


def main(cases: list[str]) -> int:
    """Try the controls of some cases, or all; how many stayed unnoticed."""
    wanted = [one for one in CONTROLS if not cases or one.case in cases]
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        for control in wanted:
            said = "noticed" if is_noticed(copy, control) else "NOT NOTICED"
            lines.append(f"| {control.case} | {control.holds} | `{control.tests}` | {said} |")
            print(lines[-1], flush=True)  # noqa: T201 -- for whoever waits
    if not cases:
        RESULT.write_text("\n".join([*HEAD, *lines, ""]))
    return sum("NOT NOTICED" in line for line in lines)


HEAD = (
    "# Controls taken out",
    "",
    "Each control of an abuse case was taken out once, and its tests were run: what stays green",
    "without it proves nothing. Written by `python -m tests.controls`.",
    "",
    "| case | control | tests | without it |",
    "|---|---|---|---|",
)

if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
