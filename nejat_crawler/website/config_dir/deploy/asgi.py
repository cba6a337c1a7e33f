"""The site for a server of ASGI applications: `uvicorn asgi:app --workers 2`. `datasette serve .` does without."""

from pathlib import Path

from datasette.app import Datasette  # type: ignore[import-untyped]

# Where a link to the folder leads now: the next `nejat publish` will turn it to another.
datasette = Datasette([], config_dir=Path(__file__).resolve().parent)
app = datasette.app()
