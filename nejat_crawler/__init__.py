"""An archiver for nejatngo.org: what we know about the site, and where its articles end up."""


def __getattr__(name: str) -> str:
    if name != "__version__":
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from importlib.metadata import PackageNotFoundError, version  # half of the time in which a small process begins

    try:
        return version("nejat-crawler")
    except PackageNotFoundError:  # run from a clone that was not installed
        return "0"
