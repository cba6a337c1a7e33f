"""`python -m nejat_crawler.sample_site --port 8000`: serve the sample site until interrupted."""

from __future__ import annotations

import threading

import click

from nejat_crawler.sample_site import SampleSite, serve


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on loopback; 0 takes a free one.")
@click.option("--limit", type=int, help="Serve only the newest posts of each edition.")
@click.option("--crawl-delay", type=float, help="Ask for this delay in robots.txt.")
def main(port: int, limit: int | None, crawl_delay: float | None) -> None:
    """Serve the invented sample site."""
    try:
        with serve(SampleSite(limit=limit, crawl_delay=crawl_delay), port) as server:
            click.echo(f"{server.base_url}/en/")
            threading.Event().wait()
    except OSError as error:
        raise click.ClickException(f"cannot serve on port {port}: {error.strerror}") from error
    except KeyboardInterrupt:
        click.echo("stopped")


if __name__ == "__main__":
    main()
