"""An archiver for nejatngo.org: what we know about the site, and where its articles end up."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("nejat-crawler")
except PackageNotFoundError:  # run from a clone that was not installed
    __version__ = "0"
