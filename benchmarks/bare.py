"""A bare Flask page under the very settings of the server: what everything else is held against."""

import sys

from flask import Flask

from intake.ops import server

app = Flask(__name__)
app.config.update(JOBS="off", PROXY_HOPS="0")


@app.get("/")
def page() -> str:
    """One line of HTML."""
    return "<!doctype html><title>A bare page</title><p>A bare page.</p>"


if __name__ == "__main__":
    server.serve(app, "127.0.0.1", int(sys.argv[1]))
