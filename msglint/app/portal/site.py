"""The portal as an application: its addresses, and the way of a request through it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from msglint.app.portal import feedback, handover, login, reviews, sheets, visits
from msglint.app.portal.call import Call, Memory, Page, missing, remember, sorry
from msglint.app.portal.entrance import Caller, Entrance
from msglint.app.portal.limits import Limit
from msglint.app.portal.settings import Local, Settings
from msglint.app.portal.shield import Shield
from msglint.model import Text

_WORKERS = 8  # as many as the store has connections at hand
_FIELDS = 300
_FORM = "application/x-www-form-urlencoded"


def application(settings: Settings) -> Starlette:
    """Return the portal of `settings`; the store's work and that of files happens in threads of its own."""
    site = _Site(settings, Memory(Limit(settings.posts, 60)), visits.Today(), CapacityLimiter(_WORKERS))
    routes = [
        site.route("/", sheets.index),
        site.route("/sheets/{name:path}", sheets.one),
        site.route("/files/{format}/{name:path}", sheets.file),
        site.route("/feedback", feedback.new, feedback.sent, feedback.again),
        site.route("/feedback/{id}", feedback.thanks),
        site.route("/handover", handover.waiting),
        site.route("/leads/{id:path}", handover.lead),
        site.route("/reviews", reviews.index),
        site.route("/reviews/{period}", reviews.frame),
        site.route("/reviews/{period}/page", reviews.page),
        site.route("/login", login.ask, login.enter, login.again),
        site.route("/logout", post=login.leave),
        site.route("/language", post=login.speak),
        site.route("/assets/{name}", login.asset),
    ]
    local = isinstance(settings.gate, Local)
    made = Starlette(
        routes=routes,
        middleware=[Middleware(Shield, local=local), Middleware(Entrance, settings=settings)],
        exception_handlers={404: site.nowhere, 405: site.unfit, 400: site.unfit},
    )
    made.router.redirect_slashes = False  # it would lead to whatever host the request names
    return made


@dataclass(frozen=True, slots=True)
class _Site:
    """A running portal: what it shows, what it remembers, and the threads it works in."""

    settings: Settings
    memory: Memory
    today: visits.Today
    limiter: CapacityLimiter

    def route(self, path: str, get: Page | None = None, post: Page | None = None, refused: Page | None = None) -> Route:
        """Return what answers at `path`: `refused` a form that is none of ours."""

        async def answer(request: Request) -> Response:
            form = await _posted(request)
            genuine = None if request.method != "POST" else _genuine(request, form)
            page = get if genuine is None else post if genuine else refused or _refused
            call = self._call(request, form)
            return await anyio.to_thread.run_sync(self._answer, page or missing, call, limiter=self.limiter)

        return Route(path, answer, methods=[*(["GET"] if get else []), *(["POST"] if post else [])])

    async def nowhere(self, request: Request, _: Exception) -> Response:
        """Answer where there is nothing."""
        return missing(self._call(request, FormData()))

    async def unfit(self, request: Request, _: Exception) -> Response:
        """Answer what cannot be asked there, or cannot be read."""
        return _refused(self._call(request, FormData()))

    def _answer(self, page: Page, call: Call) -> Response:
        made = page(call)
        visits.record(call, self.today)
        given = "set-cookie" in made.headers
        return remember(call, made, call.caller.session) if call.caller.stale and not given else made

    def _call(self, request: Request, form: FormData) -> Call:
        caller: Caller = request.state.caller
        here = quote(request.scope["path"])
        return Call(self.settings, self.memory, caller, here, request.path_params, request.query_params, form)


async def _posted(request: Request) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return await request.form(max_fields=_FIELDS) if request.method == "POST" and kind == _FORM else FormData()


def _genuine(request: Request, form: FormData) -> bool:
    """Whether a form was filled in on one of our pages."""
    caller: Caller = request.state.caller
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    return caller.session.genuine(str(form.get("token", "")))


def _refused(call: Call) -> Response:
    return sorry(
        call,
        403,
        Text("受け付けられませんでした", "This was not taken"),
        Text(
            "画面を開いてから時間がたったか、別のサイトから送られました。前のページを開き直して、もう一度送ってください。",
            "The page was open for too long, or another site sent this. Open the page again and send it once more.",
        ),
    )
