"""When the record of a web archive was captured."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from nejat_crawler.warc_records.framing import WarcRecord
from nejat_crawler.warc_records.http_answer import HttpAnswer


def captured_at(record: WarcRecord, answer: HttpAnswer | None) -> str:
    """When the server answered; "" where neither the record nor the answer says so."""
    if moment := moment_of(record, "warc-date"):
        return moment
    try:
        return _in_utc(parsedate_to_datetime(answer.fields.get("date", "") if answer else ""))
    except ValueError:
        return ""


def moment_of(record: WarcRecord, name: str) -> str:
    """`2019-05-04T03:02:01.123Z` -> `2019-05-04T03:02:01Z`; "" for what is no time."""
    said = record.fields.get(name, "").strip()
    if re.fullmatch(r"\d{4}(-\d\d)?", said):  # the standard allows a year, or a month
        said += "-01" * (2 - said.count("-"))
    elif re.fullmatch(r"\d{14}", said):
        said = f"{said[:8]}T{said[8:]}"
    try:
        return _in_utc(datetime.fromisoformat(said))
    except ValueError:
        return ""


def _in_utc(moment: datetime) -> str:
    """The moment as the archive writes it; "" for one before the web, or to come: a clock was wrong."""
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    if not datetime(1991, 1, 1, tzinfo=UTC) < moment < datetime.now(UTC) + timedelta(days=1):
        return ""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
