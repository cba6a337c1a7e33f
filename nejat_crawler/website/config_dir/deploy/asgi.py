"""The site for a server of ASGI applications: `uvicorn asgi:app --workers 2`. `datasette serve .` does without."""

from pathlib import Path

from datasette.app import Datasette  # type: ignore[import-untyped]

# Where a link to the folder leads now: the next `nejat publish` will turn it to another.
datasette = Datasette([], config_dir=Path(__file__).resolve().parent)
app = datasette.app()

# For `uvicorn --http asgi:Protocol`: requests and readers that do not go on are let go. The plugin knows where it is.
from nejat_crawler.website.app.http_protocol import LenientProtocol as Protocol  # noqa: E402, F401
