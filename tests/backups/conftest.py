"""The same database files that the tests of the storage room begin with."""

from tests.storage.conftest import migrated, path, store, url

__all__ = ["migrated", "path", "store", "url"]
