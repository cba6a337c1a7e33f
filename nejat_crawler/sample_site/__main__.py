"""`python -m nejat_crawler.sample_site --port 8000`: serve the sample site until interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import click

from nejat_crawler.sample_site import Appearance, SampleSite, serve


def _settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each setting of an Appearance."""
    for setting in reversed(fields(Appearance)):
        option, about = setting.name.replace("_", "-"), setting.metadata["about"]
        choices, default = setting.metadata["choices"], setting.default
        kind: Any = click.Choice([str(choice) for choice in choices]) if isinstance(default, str) else type(default)
        if isinstance(default, bool):
            option += f"/--no-{option}"
        add = click.option(f"--{option}", default=default, show_default=default != "", help=about, type=kind)
        command = add(command)
    return command


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on loopback; 0 takes a free one.")
@click.option("--limit", type=int, help="Serve only the newest posts of each edition.")
@click.option("--crawl-delay", type=float, help="Ask for this delay in robots.txt.")
@_settings
def main(port: int, limit: int | None, crawl_delay: float | None, **settings: Any) -> None:
    """Serve the invented sample site."""
    try:
        appearance = Appearance(**settings)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    try:
        with serve(SampleSite(limit=limit, crawl_delay=crawl_delay, appearance=appearance), port) as server:
            click.echo(f"{server.base_url}/en/")
            threading.Event().wait()
    except OSError as error:
        raise click.ClickException(f"cannot serve on port {port}: {error.strerror}") from error
    except KeyboardInterrupt:
        click.echo("stopped")


if __name__ == "__main__":
    main()
