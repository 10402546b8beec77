"""``nqparse view`` and ``nqparse review``: pages to look at what was read, and to correct it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqparse.cli.root import cli, complain, loading, patterns_option, root_option

if TYPE_CHECKING:
    from nqparse.viewing.reading import Seen

_PATH: click.ParamType[Path] = click.Path(path_type=Path)


@cli.command(short_help="Write pages on which each number is seen in its text.")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=_PATH)
@click.option(
    "--out", metavar="DIR", type=_PATH, default=Path("pages"), show_default=True, help="Folder for the pages."
)
@click.option("--texts", metavar="DIR", multiple=True, type=_PATH, help="The files that a finished run read.")
@click.option("--glob", "globs", metavar="PATTERN", multiple=True, help="In folders, read files that match PATTERN.")
@root_option(_PATH)
@patterns_option
def view(
    inputs: tuple[Path, ...], out: Path, texts: tuple[Path, ...], globs: tuple[str, ...], root: Path | None,
    folders: tuple[Path, ...],
) -> None:  # fmt: skip
    """Write an HTML page for each document, and an index. They need no network and no server.

    A page has the text with its numbers marked, the sections, the indicators and the findings. INPUT is a file, a
    folder, or the folder of a finished run: then --texts names the files that it read.

    \b
    Examples:
      nqparse view nghi-quyet.txt
      nqparse view documents/ --out pages/
      nqparse view tables/ --texts documents/ --out pages/
    """
    with loading():
        from nqparse.viewing.export import write_pages

    written = write_pages(_seen(inputs, texts, globs, root, folders), out)
    complain(f"wrote {len(written) - 1} pages; open {written[-1]}")


def _seen(
    inputs: tuple[Path, ...], texts: tuple[Path, ...], globs: tuple[str, ...], root: Path | None,
    folders: tuple[Path, ...],
) -> "Iterator[Seen]":  # fmt: skip
    from nqparse.errors import UnreadableError
    from nqparse.inputs import list_files
    from nqparse.packs.load import load_pack
    from nqparse.viewing.reading import is_run, see, see_run

    if len(inputs) == 1 and is_run(inputs[0]):
        yield from see_run(inputs[0], texts)
        return
    if texts:
        raise click.UsageError("--texts is for the folder of a finished run")
    pack = load_pack(*folders)
    for file in list_files(inputs, globs, root=root):
        try:
            yield see(file, pack)
        except UnreadableError as error:
            complain(str(error))


@cli.command(short_help="Serve pages on which people check and correct what was read.")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=_PATH)
@click.option("--gold", metavar="DIR", required=True, type=_PATH, help="Folder in which corrections are kept as gold.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of this machine.  [default: a free one]")
@click.option("--glob", "globs", metavar="PATTERN", multiple=True, help="In folders, read files that match PATTERN.")
@root_option(_PATH)
@patterns_option
def review(
    inputs: tuple[Path, ...], gold: Path, port: int, globs: tuple[str, ...], root: Path | None,
    folders: tuple[Path, ...],
) -> None:  # fmt: skip
    """Serve the pages of nqparse view on this machine, to check and correct what was read. It needs nqparse[review].

    Open the address that is printed. Each change is saved at once, in DIR/NAME.measures.jsonl and
    DIR/NAME.sections.jsonl, which nqparse check reads. Stop it with Ctrl-C: no saved change is lost.

    \b
    Examples:
      nqparse review nghi-quyet.txt --gold gold/
      nqparse review documents/ --gold gold/ --port 8080
    """
    from nqparse.errors import InputError

    with loading():
        from nqparse.inputs import list_files
        from nqparse.packs.load import load_pack
        from nqparse.viewing.desk import Desk
        from nqparse.words import prepare

        try:
            from nqparse.viewing.server import serve
        except ModuleNotFoundError as error:
            raise InputError(f"{error.name} is not installed; run pip install 'nqparse[review]'") from error
        desk = Desk(list_files(inputs, globs, root=root), gold, load_pack(*folders))
        prepare()
    serve(desk, port, lambda address: click.echo(address))
