"""Serves four files of Bootstrap from its Python package; the package itself is not an app here.

As an app it would bring jQuery, fonts and every source map: 34 MB after compression.
"""

import importlib.util
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SHEETS = ("css/bootstrap.min.css", "css/bootstrap.rtl.min.css")
"""For languages written from left to right, and from right to left."""
FILES = tuple(f"{sheet}{end}" for sheet in SHEETS for end in ("", ".map"))


class BootstrapFinder(BaseFinder):
    def __init__(self, app_names=None, *args, **kwargs) -> None:
        spec = importlib.util.find_spec("bootstrap")
        root = Path(spec.submodule_search_locations[0]) / "static" / "bootstrap"
        self.storage = FileSystemStorage(location=root)
        self.storage.prefix = "bootstrap"

    def find(self, path: str, find_all: bool = False, **kwargs):
        name = path.removeprefix("bootstrap/")
        found = self.storage.path(name) if path.startswith("bootstrap/") and name in FILES else None
        return ([found] if found else []) if find_all else found or []

    def list(self, ignore_patterns):
        return ((name, self.storage) for name in FILES)
