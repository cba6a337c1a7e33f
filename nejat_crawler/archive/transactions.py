"""When what is written is committed: at once, or, of many articles, several together.

A commit writes whole pages of the file, again and again the same ones: a quarter of what an article costs. All is
written by one connection, in order, so that nothing is committed before what was written earlier: a walk never
stands in the archive as below a page whose articles do not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from nejat_crawler.archive.errors import ArchiveError
from nejat_crawler.archive.reading.open_file import clear_errors


class Transactions:
    """The transactions of an archive that is open for writing; all raise ArchiveError for errors of SQLite's."""

    def __init__(self, db: Database, path: Path) -> None:
        self.waiting = 0
        """How many writings have ended well, and are not committed."""
        self.lost = 0
        """How many of these were taken back by an error of a later moment, such as a full disk."""
        self.failed = False
        """Whether anything went wrong."""
        self._db = db
        self._path = path

    @contextmanager
    def writing(self, *, lasting: bool) -> Iterator[Database]:
        """All or nothing of what is written, committed at the end or, if not `lasting`, with what is written next.

        It begins as a writer: one that begins as a reader is refused at once, not after thirty seconds, where
        another program has written in between.
        """
        connection, joins = self._db.conn, self.waiting > 0
        with clear_errors(self._path):
            connection.execute("SAVEPOINT writing" if joins else "BEGIN IMMEDIATE")
            try:
                yield self._db
                if joins:
                    connection.execute("RELEASE writing")
            except BaseException:
                self.failed = True
                if joins and connection.in_transaction:  # SQLite ends it itself where the disk is full
                    connection.execute("ROLLBACK TO writing")
                    connection.execute("RELEASE writing")
                else:
                    self._roll_back()
                raise
            if lasting:
                self._commit()
            else:
                self.waiting += 1

    def commit(self) -> None:
        """Commit what is waiting, if anything is."""
        if self.waiting:
            with clear_errors(self._path):
                self._commit()

    def _commit(self) -> None:
        others = self.waiting > 0
        try:
            self._db.conn.commit()
        except BaseException as error:
            self.failed = True
            self._roll_back()
            if others and isinstance(error, sqlite3.IntegrityError):  # of one of them, nobody knows which
                raise ArchiveError(f"the archive {self._path} cannot be used: {error}") from error
            raise
        self.waiting = 0

    def _roll_back(self) -> None:
        self.lost, self.waiting = self.lost + self.waiting, 0
        self._db.conn.rollback()
