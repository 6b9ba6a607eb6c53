"""F1: a worker that is killed while it takes a report with a file."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
POINTS = 12


def test_f01_a_report_outlives_the_death_of_its_worker_at_any_point(store, tmp_path, request):
    points = 0 if request.config.getoption("--soak") else POINTS
    environment = {**os.environ, "INTAKE_DATABASE_URL": store.empty(), "INTAKE_ARGON2_COST": "test"}
    command = [sys.executable, "-m", "tests.fakes.dying", str(tmp_path), str(points)]
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) >= POINTS - 2
