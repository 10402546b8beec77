"""What pages are made of and given, without a browser."""

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from nqparse.errors import GoldError
from nqparse.gate.drafts import write_draft
from nqparse.inputs import list_files
from nqparse.models import Change, Indicator, Role
from nqparse.packs.load import load_pack
from nqparse.pipeline import parse
from nqparse.viewing.applying import apply
from nqparse.viewing.desk import Desk
from nqparse.viewing.gold_store import GoldStore, RefusedError, StaleError, gold_names
from nqparse.viewing.moving import find_again
from nqparse.viewing.payload import Change as RowChange
from nqparse.viewing.payload import Kind
from nqparse.viewing.reading import drafted
from nqparse.viewing.series import series
from nqparse.viewing.server import application

TEXT = "I. CHỈ TIÊU CHỦ YẾU\n- Tỷ lệ hộ nghèo còn 1,5%\n- Trồng mới 20 ha rừng\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def store(tmp_path: Path) -> GoldStore:
    return GoldStore(tmp_path / "gold", "a", drafted(parse(TEXT)), TEXT)


def accepted(store: GoldStore, at: int = 0, **fields: Any) -> RowChange:
    row = store.held().rows[Kind.MEASURES][at]
    return RowChange(kind=Kind.MEASURES, before=row, after={**row, "checked": True, **fields})


# --- the store


def test_no_file_is_written_before_a_change_and_drafts_are_with_it_then(store: GoldStore) -> None:
    assert not any(path.exists() for path in store.paths.values())
    held = store.change("", [accepted(store)])
    assert [row["checked"] for row in held.rows[Kind.MEASURES]] == [True, False]
    assert [row["checked"] for row in held.rows[Kind.SECTIONS]] == [False]


def test_a_change_of_an_older_version_is_refused(store: GoldStore) -> None:
    change = accepted(store)
    store.change("", [change])
    with pytest.raises(StaleError):
        store.change("", [change])


@pytest.mark.parametrize("fields", [{"low": "viel"}, {"text": "2"}, {"start": 3}, {"role": "none"}, {"end": 0}])
def test_what_is_no_row_of_this_text_is_refused_and_nothing_is_written(
    store: GoldStore, fields: dict[str, Any]
) -> None:
    with pytest.raises(RefusedError):
        store.change("", [accepted(store), accepted(store, 1, **fields)])
    assert not any(path.exists() for path in store.paths.values())


def test_two_rows_at_one_place_are_refused(store: GoldStore) -> None:
    row = store.held().rows[Kind.MEASURES][0]
    with pytest.raises(RefusedError, match="already"):
        store.change("", [RowChange(kind=Kind.MEASURES, after=row)])


def test_lines_of_other_rows_stay_byte_for_byte_and_so_do_fields_that_are_not_ours(store: GoldStore) -> None:
    store.change("", [accepted(store)])
    path = store.paths[Kind.MEASURES]
    lines = path.read_text(encoding="utf-8").splitlines()
    odd = json.dumps(json.loads(lines[1]) | {"note": "?"}, ensure_ascii=True, separators=(",", " :  "))
    path.write_text(f"{lines[0]}\n{odd}\n", encoding="utf-8")
    store.change(store.held().version, [accepted(store, 0, unit="‰")])
    assert path.read_text(encoding="utf-8").splitlines()[1] == odd
    held = store.change(store.held().version, [accepted(store, 1)])
    assert held.rows[Kind.MEASURES][1]["note"] == "?"


def test_a_file_that_cannot_be_put_in_place_leaves_the_old_one(
    store: GoldStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.change("", [accepted(store)])
    before = {path: path.read_bytes() for path in store.paths.values()}

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Exception, match="No space left"):
        store.change(store.held().version, [accepted(store, 1)])
    assert {path: path.read_bytes() for path in store.paths.values()} == before


def test_gold_is_called_as_it_is_called_already(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.measures.jsonl").write_text("", encoding="utf-8")
    assert gold_names(tmp_path, ["2024/a.txt", "2023/a.txt", "b.txt"]) == {
        "2024/a.txt": "2024/a",
        "2023/a.txt": "2023/a.txt",
        "b.txt": "b",
    }


# --- moved rows


def test_rows_are_found_again_where_their_text_has_moved() -> None:
    rows = [{"start": TEXT.index(text), "end": TEXT.index(text) + len(text), "text": text} for text in ("1,5", "20")]
    same = find_again(Kind.MEASURES, rows, TEXT)
    assert (list(same.rows), same.moved, same.lost) == (rows, {}, frozenset())
    moved = find_again(Kind.MEASURES, rows, "Thêm\n" + TEXT)
    assert [row["start"] - old["start"] for row, old in zip(moved.rows, rows, strict=True)] == [5, 5]
    lost = find_again(Kind.MEASURES, rows, TEXT.replace("1,5", "2,75"))
    assert lost.lost == {rows[0]["start"]}
    assert list(lost.moved.values()) == [1]


# --- corrections of a page


def corrections(folder: Path, *changes: RowChange) -> Path:
    rows = drafted(parse(TEXT))
    head = {"doc_id": "a.txt", "sha256": "", "measures": rows.measures, "sections": rows.sections}
    file = folder / "a.corrections.jsonl"
    lines = [json.dumps(head), *(change.model_dump_json() for change in changes)]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def test_corrections_are_taken_once(store: GoldStore, tmp_path: Path) -> None:
    gone = store.held().rows[Kind.MEASURES][1]
    file = corrections(tmp_path, accepted(store), RowChange(kind=Kind.MEASURES, before=gone))
    assert apply(file, tmp_path / "gold")[2:] == (2, 0)
    before = store.paths[Kind.MEASURES].read_bytes()
    assert apply(file, tmp_path / "gold")[2:] == (0, 2)
    assert store.paths[Kind.MEASURES].read_bytes() == before
    assert [row["text"] for row in store.held().rows[Kind.MEASURES]] == ["1,5"]


def test_corrections_of_a_row_that_gold_has_otherwise_are_refused_as_a_whole(store: GoldStore, tmp_path: Path) -> None:
    file = corrections(tmp_path, accepted(store, 1), accepted(store, 0))
    store.change("", [accepted(store, 0, unit="hộ")])
    before = store.paths[Kind.MEASURES].read_bytes()
    with pytest.raises(GoldError, match=r":3: gold has the row"):
        apply(file, tmp_path / "gold")
    assert store.paths[Kind.MEASURES].read_bytes() == before


def test_what_is_no_correction_is_named_by_its_line(store: GoldStore, tmp_path: Path) -> None:
    file = corrections(tmp_path, accepted(store))
    file.write_text(file.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r":3: "):
        apply(file, tmp_path / "gold")


# --- series


def test_series_are_of_levels_with_a_year_and_a_code() -> None:
    (first, second) = parse("I. CHỈ TIÊU\n- Tỷ lệ hộ nghèo năm 2024: 2%\n- Tỷ lệ hộ nghèo năm 2025: 1,5%").indicators
    head = parse("x").head

    def coded(row: Indicator, **fields: object) -> Indicator:
        return row.model_copy(update={"code": "poverty_rate", **fields})

    def of(*rows: Indicator) -> Any:
        return series([parse("x").model_copy(update={"head": head, "indicators": rows})])

    (one,) = of(coded(second), coded(first))
    assert [(point.year, point.value, point.role) for point in one.points] == [
        (2024, 2.0, Role.TARGET),
        (2025, 1.5, Role.TARGET),
    ]
    assert of(coded(first), coded(second, change=Change.DECREASE)) == ()
    assert of(coded(first, code=None), coded(second, code=None)) == ()


# --- the server


class Client:
    """Asks a server's application, without a socket."""

    def __init__(self, desk: Desk) -> None:
        self.app = application(desk, "secret", 8000)

    def ask(self, path: str, *, body: object = None, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        where, _, query = path.partition("?")
        given = {"host": "127.0.0.1:8000", "x_nqparse_token": "secret"} | headers
        scope = {
            "type": "http", "method": "GET" if body is None else "POST", "path": where, "raw_path": where.encode(),
            "query_string": query.encode(), "http_version": "1.1", "scheme": "http", "root_path": "",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()],
        }  # fmt: skip
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        asyncio.run(self.app(scope, receive, send))
        head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:]), head


@pytest.fixture
def client(file: Path, tmp_path: Path) -> Client:
    return Client(Desk(list_files([file]), tmp_path / "gold", load_pack()))


def test_only_who_has_the_token_and_comes_from_the_page_is_answered(client: Client) -> None:
    assert client.ask("/?token=secret")[0] == 200
    assert client.ask("/?token=other")[0] == client.ask("/")[0] == 403
    assert client.ask("/api/rows?id=a.txt")[0] == 200
    assert client.ask("/api/rows?id=a.txt&token=secret", x_nqparse_token="")[0] == 403
    assert client.ask("/api/rows?id=a.txt", host="evil.example:8000")[0] == 421
    assert client.ask("/api/rows?id=a.txt", origin="http://evil.example")[0] == 403
    assert client.ask("/api/rows?id=a.txt", origin="null")[0] == 403
    assert client.ask("/api/rows?id=a.txt", origin="http://127.0.0.1:8000")[0] == 200


@pytest.mark.parametrize("doc_id", ["../a.txt", "/etc/passwd", "b.txt", ""])
def test_documents_are_not_asked_for_by_path(client: Client, doc_id: str) -> None:
    assert client.ask(f"/document?token=secret&id={quote(doc_id)}")[0] == 404
    assert client.ask(f"/api/changes?id={quote(doc_id)}", body={"version": "", "changes": []})[0] == 404


def test_a_page_may_run_its_own_script_only(client: Client) -> None:
    status, body, headers = client.ask("/document?token=secret&id=a.txt")
    assert status == 200
    assert b"default-src &#x27;none&#x27;; script-src &#x27;sha256-" in body
    assert (headers["x-frame-options"], headers["cache-control"]) == ("DENY", "no-store")


def test_changes_over_http_are_kept_and_told_apart(client: Client, store: GoldStore) -> None:
    change = accepted(store).model_dump(mode="json")
    status, body, _ = client.ask("/api/changes?id=a.txt", body={"version": "", "changes": [change]})
    assert status == 200
    assert json.loads(body)["version"] == store.held().version
    status, body, _ = client.ask("/api/changes?id=a.txt", body={"version": "", "changes": [change]})
    assert status == 409
    assert json.loads(body)["rows"]["version"] == store.held().version
    assert client.ask("/api/changes?id=a.txt", body={"changes": "none"})[0] == 422
    assert json.loads(client.ask("/api/presence?id=a.txt&window=1")[1])["others"] == 0
    assert json.loads(client.ask("/api/presence?id=a.txt&window=2")[1])["others"] == 1


def test_gold_that_was_begun_by_init_is_what_is_corrected(client: Client, file: Path, tmp_path: Path) -> None:
    write_draft(parse(file), tmp_path / "gold")
    rows = json.loads(client.ask("/api/rows?id=a.txt")[1])
    assert not rows["is_draft"]
    assert [row["checked"] for row in rows["measures"]] == [False, False]
