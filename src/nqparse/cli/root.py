"""The group that all commands are in, and what they share: exit codes, complaints, options.

Exit codes: 0, all well; 1, a fault in what was read; 2, wrong use.
"""

import gc
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from nqparse.errors import GoldError, NqparseError, RuleError, UnreadableError
from nqparse.faults import attempt, debugging, fault_of, is_debugging
from nqparse.version import __version__

_PLAIN_WIDTH = 100


class _WrongUse(click.ClickException):
    exit_code = 2

    def show(self, file: Any = None) -> None:
        complain(self.message)


class _Unreadable(_WrongUse):
    exit_code = 1


class _Fault(_WrongUse):
    exit_code = 1


class _FaultyGold(_WrongUse):
    def __init__(self, error: GoldError) -> None:
        super().__init__(str(error))
        self.faults = error.faults

    def show(self, file: Any = None) -> None:
        for fault in self.faults:
            complain(str(fault))


class Commands(click.Group):
    """A group that turns our errors into a line on standard error and an exit code."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, which has the option ``--debug``."""
        cmd.params.append(_debug_option())
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:
        return attempt(_show_fault, self._invoke, ctx)

    def _invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (UnreadableError, RuleError) as error:
            raise _Unreadable(str(error)) from error
        except GoldError as error:
            raise _FaultyGold(error) from error
        except NqparseError as error:
            raise _WrongUse(str(error)) from error
        except KeyboardInterrupt:
            complain("interrupted; nothing was written")
            ctx.exit(130)


def _show_fault(error: Exception) -> None:
    """Turn what no command foresees into a line; its traceback is for ``--debug``."""
    if isinstance(error, click.ClickException | click.Abort | click.exceptions.Exit | OSError) or is_debugging():
        raise error
    raise _Fault(f"{fault_of(error)}; please report it, with what --debug prints") from error


def _debug_option() -> click.Option:
    def switch(_ctx: click.Context, _param: click.Parameter, on: bool) -> None:
        if on:
            debugging(on=True)

    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, callback=switch, help="Print tracebacks of what is passed over."
    )


def main() -> None:
    """Run the command; what a stream's encoding lacks is printed as its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="nqparse")


def complain(message: str) -> None:
    """Print the message on standard error."""
    from nqparse.render import visible

    click.echo(f"nqparse: {visible(message)}", err=True)


@contextmanager
def loading() -> Iterator[None]:
    """Spare the collector what is loaded in the block: all of it stays, and it would go over it again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def width() -> int:
    """How many columns the terminal has."""
    return shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns


def patterns_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option ``--patterns``, of every command that reads documents, as the argument ``folders``."""
    return click.option(
        "--patterns",
        "folders",
        metavar="DIR",
        multiple=True,
        type=click.Path(path_type=Path),
        help="Lay the pattern files of DIR over the built-in ones: rules are added, or replaced by id.",
    )(command)


def root_option(place: click.ParamType[Any]) -> Callable[..., Any]:
    """The option ``--root``, of every command that reads folders, as the argument ``root``."""
    return click.option(
        "--root", metavar="DIR", type=place, help="Call each file by its path below DIR, whatever input it comes from."
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Read Vietnamese resolutions, reports and plans: their sections and their indicators.

    \b
    Look at one document:       nqparse show nghi-quyet.txt
    Read a folder of them:      nqparse run documents/ --out tables/
    Ask why a number was read:  nqparse explain nghi-quyet.txt --number 12,5
    Score it against gold:      nqparse check documents/ --gold gold/
    See what a change changed:  nqparse diff before/ after/

    Each command has its own help: nqparse run --help
    """
