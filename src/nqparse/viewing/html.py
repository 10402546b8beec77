"""A page as one HTML file: data, script and styles inside, and a policy that allows nothing else.

The modules of ``nqparse/page/`` are plain ES modules. A browser loads none from a file on disk, so they are joined into
one module script: each name that is exported is unique over all of them, and imports stand on lines of their own.
"""

import base64
import hashlib
import json
import re
from functools import cache
from html import escape
from importlib.resources import files

from pydantic import BaseModel

_MODULES = ("dom", "words", "values", "offsets", "text", "state", "list", "tree", "form", "detail", "main")
_INDEX_MODULES = ("dom", "words", "chart", "contents")
_IMPORT = re.compile(r"^import [^;]*?from [^;]*?;\n", re.MULTILINE | re.DOTALL)
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)


def page_html(title: str, data: BaseModel) -> str:
    """The page of one document."""
    return _html(title, data, _MODULES, "page.css")


def index_html(title: str, data: BaseModel) -> str:
    """The page that lists the documents."""
    return _html(title, data, _INDEX_MODULES, "page.css")


def policy(script: str, style: str) -> str:
    """The content security policy of a page with this script and these styles, and no other.

    >>> policy("a", "b").split("; ")[0]
    "default-src 'none'"
    """
    sources = f"script-src '{_digest(script)}'; style-src '{_digest(style)}'"
    return f"default-src 'none'; {sources}; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'"


def embedded(text: str) -> str:
    r"""JSON that may stand in a script element: no tag can end it, no character of it breaks a line.

    >>> embedded('"</script>"')
    '"\\u003c/script>"'
    """
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def joined(modules: tuple[str, ...]) -> str:
    """The modules as one: without their imports, their exports as plain names."""
    texts = (_EXPORT.sub("", _IMPORT.sub("", _asset(f"{name}.js"))) for name in modules)
    return "\n".join(texts)


@cache
def _asset(name: str) -> str:
    return (files("nqparse") / "page" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _html(title: str, data: BaseModel, modules: tuple[str, ...], styles: str) -> str:
    script, style = joined(modules), _asset(styles)
    text = json.dumps(data.model_dump(mode="json", by_alias=True), ensure_ascii=False, separators=(",", ":"))
    return (
        f'<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(script, style))}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n<style>{style}</style>\n</head>\n<body>\n'
        f'<div id="app"></div>\n<script type="application/json" id="data">{embedded(text)}</script>\n'
        f'<script type="module">{script}</script>\n</body>\n</html>\n'
    )
