"""A server that cannot prove its name: its certificate has expired, is another host's, or nobody's."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache

from OpenSSL import SSL
from service_identity import CertificateError, VerificationError
from twisted.logger import globalLogBeginner
from twisted.python.failure import Failure


def distrust(error: BaseException | None) -> str:
    """Why a download that failed did so for the server's certificate; empty where that is not why."""
    for found in causes_of(error):
        if isinstance(found, CertificateError | VerificationError):
            return "its certificate is not for this host"
        if isinstance(found, SSL.Error) and "certificate verify failed" in str(found):
            return "its certificate is expired, or from nobody whom this machine trusts"
    return ""


def causes_of(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what it came of."""
    while error is not None:
        yield error
        for reason in getattr(error, "reasons", ()):  # Twisted's, of a response that never came
            if isinstance(reason, Failure):
                yield from causes_of(reason.value)
        error = error.__cause__


@cache
def mute_tracebacks() -> None:
    """Let Twisted print no traceback for each certificate that it refuses: a sentence says so."""
    # Until somebody begins, Twisted prints what is critical by itself, beside what Scrapy makes of it.
    globalLogBeginner.beginLoggingTo((), discardBuffer=True, redirectStandardIO=False)
    logging.getLogger("twisted").addFilter(lambda record: "while verifying certificate" not in record.getMessage())
