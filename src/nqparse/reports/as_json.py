"""A report as one JSON object."""

import json

from nqparse.render import visible_json
from nqparse.reports.report import Report


def render(report: Report) -> str:
    """The report's data, in the shape that docs/checking.md describes."""
    return visible_json(json.dumps(report.data(), ensure_ascii=False, indent=2, default=str)) + "\n"
