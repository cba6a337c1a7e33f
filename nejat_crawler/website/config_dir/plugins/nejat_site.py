"""The site's plugin for Datasette, where it looks for plugins."""

import sys
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[1] / "lib"  # where `nejat publish` puts the package, for this very site
if LIBRARY.is_dir():
    sys.path.insert(0, str(LIBRARY))

from nejat_crawler.website.app.plugin import (  # noqa: E402, F401  # found by their marks
    asgi_wrapper,
    extra_template_vars,
    prepare_connection,
    prepare_jinja2_environment,
    register_mcp_tools,
    register_routes,
    skip_csrf,
    startup,
)
