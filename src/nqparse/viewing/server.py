"""The desk over HTTP, for one person on this machine.

A request is answered where its address has the server's token, its Host is this machine's, and its Origin, if it has
one, is the server's own. Documents are asked for by their ids, never by paths, so that nothing else is read or written.
"""

import json
import secrets
import socket
from collections.abc import Awaitable, Callable

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from nqparse.errors import InputError, NqparseError
from nqparse.viewing.desk import Desk
from nqparse.viewing.gold_store import StaleError
from nqparse.viewing.html import index_html, page_html
from nqparse.viewing.payload import Request

HOST = "127.0.0.1"
_LARGEST = 1 << 26
"""So many bytes a request may have."""
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
Answer = Callable[[HttpRequest], Awaitable[Response]]


def application(desk: Desk, token: str, port: int) -> Starlette:
    """What answers requests to a desk."""
    hosts = frozenset(f"{name}:{port}" for name in (HOST, "localhost"))

    async def index(_request: HttpRequest) -> Response:
        made = await run_in_threadpool(desk.index)
        return HTMLResponse(index_html("nqparse", made))

    async def page(request: HttpRequest) -> Response:
        doc_id = request.query_params.get("id", "")
        return HTMLResponse(page_html(doc_id, await run_in_threadpool(desk.page, doc_id)))

    async def rows(request: HttpRequest) -> Response:
        made = await run_in_threadpool(desk.rows, request.query_params.get("id", ""))
        return JSONResponse(made.model_dump(mode="json"))

    async def presence(request: HttpRequest) -> Response:
        asked = request.query_params
        version, others = await run_in_threadpool(desk.presence, asked.get("id", ""), asked.get("window", ""))
        return JSONResponse({"version": version, "others": others})

    async def changes(request: HttpRequest) -> Response:
        if int(request.headers.get("content-length", "0")) > _LARGEST:
            return _refusal(413, "the request is too large")
        doc_id = request.query_params.get("id", "")
        wanted = Request.model_validate_json(await request.body())
        try:
            made = await run_in_threadpool(desk.change, doc_id, wanted.version, wanted.changes)
        except StaleError as error:
            newest = await run_in_threadpool(desk.rows, doc_id)
            return JSONResponse({"error": str(error), "rows": newest.model_dump(mode="json")}, 409)
        return JSONResponse(made.model_dump(mode="json", exclude={"measures", "sections"}))

    def guarded(answer: Answer) -> Answer:
        return _guarded(answer, token, hosts)

    return Starlette(
        routes=[
            Route("/", guarded(index), methods=["GET"]),
            Route("/document", guarded(page), methods=["GET"]),
            Route("/api/rows", guarded(rows), methods=["GET"]),
            Route("/api/presence", guarded(presence), methods=["GET"]),
            Route("/api/changes", guarded(changes), methods=["POST"]),
        ]
    )


def _guarded(answer: Answer, token: str, hosts: frozenset[str]) -> Answer:
    """The answer to requests that are from the page or its user; a refusal to others."""

    async def guarded(request: HttpRequest) -> Response:
        response = _refused(request, token, hosts) or await _answered(answer, request)
        response.headers.update(_HEADERS)
        return response

    return guarded


def _refused(request: HttpRequest, token: str, hosts: frozenset[str]) -> Response | None:
    origin = request.headers.get("origin")
    if request.headers.get("host") not in hosts:
        return _refusal(421, "this is not the address of the server")
    if origin is not None and origin not in {f"http://{host}" for host in hosts}:
        return _refusal(403, "the request comes from another site")
    is_api = request.url.path.startswith("/api/")
    given = request.headers.get("x-nqparse-token") if is_api else request.query_params.get("token")
    if not secrets.compare_digest((given or "").encode(), token.encode()):
        return _refusal(403, "open the address that nqparse review printed: it has a token")
    return None


async def _answered(answer: Answer, request: HttpRequest) -> Response:
    try:
        return await answer(request)
    except KeyError:
        return _refusal(404, "no such document")
    except (ValidationError, ValueError) as error:
        return _refusal(422, str(error))
    except NqparseError as error:
        return _refusal(422, str(error))


def _refusal(status: int, message: str) -> Response:
    return Response(json.dumps({"error": message}), status, media_type="application/json")


def serve(desk: Desk, port: int, told: Callable[[str], None]) -> None:
    """Serve until interrupted; ``told`` is given the address, once it answers. Raises InputError for a port in use."""
    import uvicorn

    listening = _listening(port)
    port, token = listening.getsockname()[1], secrets.token_urlsafe(24)
    config = uvicorn.Config(application(desk, token, port), log_level="warning", access_log=False, lifespan="off")
    told(f"http://{HOST}:{port}/?token={token}")
    uvicorn.Server(config).run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((HOST, port))
    except OSError as error:
        made.close()
        raise InputError(f"port {port} cannot be used: {error.strerror}; choose another --port") from error
    made.listen()
    return made
