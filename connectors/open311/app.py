"""The addresses of GeoReport v2 below `/open311/v2`: reading is for everyone, filing needs a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.routing import Route

from connectors.open311.discovery import discovery
from connectors.open311.errors import Refused
from connectors.open311.filing import READERS, Filing
from connectors.open311.filters import filter_of, ids_of
from connectors.open311.formats import Answer
from connectors.open311.office import Office
from connectors.open311.requests import Report, request
from connectors.open311.resource import Handler, Resource
from connectors.open311.services import definition, services


@dataclass(frozen=True, slots=True)
class Open311:
    """`jurisdiction` None: whatever a client names is served."""

    filing: Filing
    office: Office
    jurisdiction: str | None

    def routes(self) -> list[Route]:
        at = "/open311/v2"
        resources = [
            ("/open311/discovery.{format}", {"GET": self._read(self._discovery)}),
            (f"{at}/services.{{format}}", {"GET": self._read(self._services)}),
            (f"{at}/services/{{code}}.{{format}}", {"GET": self._read(self._service)}),
            (f"{at}/requests.{{format}}", {"GET": self._read(self._requests), "POST": self._file}),
            (f"{at}/requests/{{id}}.{{format}}", {"GET": self._read(self._request)}),
            (f"{at}/tokens/{{id}}.{{format}}", {"GET": self._read(self._token)}),
        ]
        metrics = self.filing.desk.metrics
        return [Route(path, Resource(metrics, handlers), include_in_schema=False) for path, handlers in resources]

    def _read(self, handler: Handler) -> Handler:
        """Readers share an allowance, and name the jurisdiction that is served here."""

        async def allowed(asked: Request) -> Answer:
            self._check_jurisdiction(asked.query_params)
            with self.filing.admission.enter(READERS) as call:
                call.spend(1)
                return await handler(asked)

        return allowed

    async def _discovery(self, asked: Request) -> Answer:
        return Answer("discovery", "", discovery(str(asked.base_url)))

    async def _services(self, asked: Request) -> Answer:
        return Answer("services", "service", services(await self.office.catalogue(), self.filing.desk.clock()))

    async def _service(self, asked: Request) -> Answer:
        code, now = asked.path_params["code"], self.filing.desk.clock()
        found = definition(await self.office.catalogue(), code, now)
        if found is None:
            raise Refused(404, "service_code was not found")
        return Answer("service_definition", "", found)

    async def _requests(self, asked: Request) -> Answer:
        ids = ids_of(asked.query_params)
        if ids is not None:
            return await self._shown(await self.office.requests_by_id(ids))
        return await self._shown(await self.office.requests(filter_of(asked.query_params, self.filing.desk.clock())))

    async def _request(self, asked: Request) -> Answer:
        return await self._shown([await self._found(asked)])

    async def _token(self, asked: Request) -> Answer:
        """Reports have their id at once, so the token of a report is its id."""
        name = (await self._found(asked)).report_id
        return Answer("service_requests", "request", [{"service_request_id": name, "token": name}])

    async def _file(self, asked: Request) -> Answer:
        form = await self.filing.form(asked)
        self._check_jurisdiction(form)
        return await self.filing.file(asked, form)

    async def _found(self, asked: Request) -> Report:
        found = await self.office.requests_by_id([asked.path_params["id"].replace("\0", "")])
        if not found:
            raise Refused(404, "service_request_id was not found")
        return found[0]

    async def _shown(self, reports: Sequence[Report]) -> Answer:
        catalogue = await self.office.catalogue()
        return Answer("service_requests", "request", [request(report, catalogue) for report in reports])

    def _check_jurisdiction(self, parameters: Mapping[str, str]) -> None:
        given = parameters.get("jurisdiction_id")
        if given and self.jurisdiction and given != self.jurisdiction:
            raise Refused(404, "jurisdiction_id was not found")
