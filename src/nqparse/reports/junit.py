"""A report as JUnit XML: a suite for each document, a case for each thing that is tested of it."""

from itertools import groupby
from xml.etree import ElementTree as Xml

import regex

from nqparse.render import visible
from nqparse.reports.report import Case, Report

_NO_XML = regex.compile(r"[\ufffe\uffff]")


def render(report: Report) -> str:
    """The report's cases, in suites by document."""
    tested = tuple(report.cases())
    root = Xml.Element("testsuites", {"name": f"nqparse {report.title}", **_counts(tested)})
    for document, group in groupby(tested, key=lambda case: case.document):
        cases = tuple(group)
        suite = Xml.SubElement(root, "testsuite", {"name": _text(document), **_counts(cases)})
        for case in cases:
            _case(suite, case)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _counts(cases: tuple[Case, ...]) -> dict[str, str]:
    return {"tests": str(len(cases)), "failures": str(sum(case.failure is not None for case in cases)), "errors": "0"}


def _case(suite: Xml.Element, case: Case) -> None:
    element = Xml.SubElement(suite, "testcase", {"classname": _text(case.document), "name": _text(case.name)})
    if case.failure is not None:
        lines = [_text(line) for line in case.failure.splitlines()]
        failure = Xml.SubElement(element, "failure", {"message": lines[0] if lines else ""})
        failure.text = "\n".join(lines)
    Xml.SubElement(element, "system-out").text = _text(case.outcome)


def _text(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", visible(text))
