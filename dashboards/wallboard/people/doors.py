"""The questions before every page: who comes, whether they may, and what to say while the database is away."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboards.wallboard.people.office import Office
from dashboards.wallboard.people.pages import go, page
from dashboards.wallboard.people.visit import Visit, visit
from streams.agents import Transient
from streams.people.actor import Role
from streams.words import Language

Handler = Callable[[Request, Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


class Doors:
    """Puts handlers behind the questions who comes, whether they may, and whether the form is theirs."""

    def __init__(self, office: Office, language: Language) -> None:
        self.office, self._language = office, language

    def open(self, handler: Handler) -> Endpoint:
        """For everybody."""

        async def answer(request: Request) -> Response:
            try:
                return await handler(request, await visit(request, self.office, self._language))
            except Transient:
                return PlainTextResponse(
                    "Không kết nối được cơ sở dữ liệu; hãy thử lại.\nThe database does not answer; try again.\n",
                    503,
                    {"retry-after": "5", "cache-control": "no-store"},
                )

        return answer

    def behind(self, role: Role, handler: Handler) -> Endpoint:
        """For those who are signed in with the role; others are led to the sign-in, or refused."""

        async def answer(request: Request, visit: Visit) -> Response:
            if visit.person is None:
                return go(f"/sign-in?next={visit.path}", visit, self.office)
            if not visit.may(role):
                return page("refused", visit, self.office, 403, needed=role)
            return await handler(request, visit)

        return self.open(answer)
