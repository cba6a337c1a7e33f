"""Scrapy's own commands, where this project makes them say more."""

from scrapy.settings import BaseSettings

from nejat_crawler.archive import IN_MEMORY


def forget_archive(settings: BaseSettings | None) -> None:
    """Give a command an archive in memory, so that it leaves no row in that of NEJAT_DB."""
    if settings is not None:
        settings.set("NEJAT_DB", IN_MEMORY, priority="cmdline")
