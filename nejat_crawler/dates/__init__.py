"""Dates as the site gives them -> the day on its clock."""

from nejat_crawler.dates.printed_dates import FIRST_YEAR, DayOrder, ResolvedDate, read_date, says_update

__all__ = ["FIRST_YEAR", "DayOrder", "ResolvedDate", "read_date", "says_update"]
