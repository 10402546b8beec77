"""A comparison of places by years as a chart: small multiples, one for each place."""

import io
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

from nqparse.analysis.base import needed
from nqparse.analysis.comparing import Value
from nqparse.errors import InputError

SUFFIXES = (".svg", ".png", ".html")
_COLUMNS = 4
_MOST_PLACES = 64
_WIDE, _HIGH = 3.0, 2.2


def draw(values: Sequence[Value], title: str, file: Path) -> None:
    """Write the chart to an SVG, PNG or HTML file. Raises InputError for another ending, and for too many places."""
    if file.suffix.lower() not in SUFFIXES:
        raise InputError(f"{file}: a chart is written to a file that ends in {', '.join(SUFFIXES)}")
    places = list(dict.fromkeys(value.place for value in values))
    if len(places) > _MOST_PLACES:
        raise InputError(f"{len(places)} places are too many for one chart: choose some with --place")
    needed("matplotlib").rcParams["svg.hashsalt"] = "nqparse"
    figure = _figure(values, places, title)
    form = "png" if file.suffix.lower() == ".png" else "svg"
    drawn = io.BytesIO()
    figure.savefig(drawn, format=form, metadata={"Date": None} if form == "svg" else None)
    data = drawn.getvalue()
    if file.suffix.lower() == ".html":
        data = _page(data.decode(), title).encode()
    try:
        file.write_bytes(data)
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from error


def _figure(values: Sequence[Value], places: Sequence[str], title: str) -> Any:
    columns = min(_COLUMNS, len(places))
    lines = ceil(len(places) / columns)
    figure = needed("matplotlib.figure").Figure(figsize=(_WIDE * columns, _HIGH * lines + 0.6), layout="constrained")
    figure.suptitle(title)
    axes = figure.subplots(lines, columns, sharex=True, sharey=True, squeeze=False)
    years = sorted({value.year for value in values})
    for at, place in enumerate(places):
        _draw_place(
            axes[at // columns][at % columns], place, [value for value in values if value.place == place], years
        )
    for at in range(len(places), lines * columns):
        axes[at // columns][at % columns].set_visible(False)
    figure.supylabel(", ".join(sorted({value.unit for value in values})))
    return figure


def _draw_place(axis: Any, place: str, values: Sequence[Value], years: Sequence[int]) -> None:
    ends = [(value.low if value.low is not None else value.high, value.high) for value in values]
    axis.plot([value.year for value in values], [float(low or 0) for low, _ in ends], marker="o", color="#1f5fa8")
    axis.set_title(place, fontsize="medium")
    axis.set_xticks(years, [str(year) for year in years])
    axis.grid(alpha=0.3)


def _page(svg: str, title: str) -> str:
    drawn = svg[svg.index("<svg") :]
    return (
        f'<!doctype html>\n<html lang="vi"><meta charset="utf-8"><title>{title}</title>\n<body>{drawn}</body></html>\n'
    )
