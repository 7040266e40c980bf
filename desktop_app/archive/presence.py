"""Presence: who uses the archive's folder right now, on every system by the same means.

SQLite's own file locks do the work: everyone who uses the archive holds a shared lock on `presence.db`, and only who
is alone gets the exclusive one that putting things right after a crash needs.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path


class Presence:
    """A shared lock for as long as it lives; `alone()` tells whether nobody else holds one."""

    def __init__(self, path: Path) -> None:
        # Long: another program may be putting the archive right at this moment.
        self._db = _opened(path)

    def alone(self) -> bool:
        """Take the exclusive lock if nobody is present, ending one's own presence; to be followed by `enter`."""
        self.leave()
        self._db.execute("PRAGMA busy_timeout = 0")
        try:
            self._db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return False
        finally:
            self._db.execute("PRAGMA busy_timeout = 60000")
        return True

    def enter(self) -> None:
        """Be present, from now until `leave`."""
        self.leave()
        self._db.execute("BEGIN")
        self._db.execute("SELECT count(*) FROM presence").fetchone()

    def leave(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        self._db.close()


def _opened(path: Path) -> sqlite3.Connection:
    """The file holds nothing but its locks: one that is damaged is begun anew."""
    if not path.exists():
        path.touch(mode=0o600)
    for attempt in (1, 2):
        db = sqlite3.connect(path, timeout=60.0, isolation_level=None, check_same_thread=False)
        try:
            db.execute("CREATE TABLE IF NOT EXISTS presence (id INTEGER)")
        except sqlite3.DatabaseError as error:
            db.close()
            if attempt == 2 or isinstance(error, sqlite3.OperationalError):
                raise
            path.unlink()
            path.touch(mode=0o600)
        else:
            break
    return db
