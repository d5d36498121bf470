"""POST requests: who may file, then the same way that every event takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from uuid import uuid4

from starlette.requests import Request

from connectors.gateway.admission import Admission
from connectors.gateway.answers import Reader
from connectors.gateway.body import check_declared, read
from connectors.gateway.desk import Desk
from connectors.gateway.keys import KeyInfo, Keys
from connectors.gateway.options import Limits
from connectors.gateway.problems import Problem, RequestRefused
from connectors.open311.errors import Refused
from connectors.open311.formats import Answer
from connectors.open311.office import Office
from connectors.open311.posting import event, form_of
from streams.contracts import REPORTS

READERS = "open311 readers"
"""Those who come without a key share one allowance; here until the form has told the key."""


@dataclass(frozen=True, slots=True)
class Filing:
    keys: Keys
    limits: Limits
    admission: Admission
    desk: Desk
    office: Office

    async def form(self, asked: Request) -> dict[str, str]:
        """The fields of the form. Raises Refused (400) or RequestRefused (408, 413, 429, 503)."""
        check_declared(asked.headers, self.limits.event_bytes)
        with self.admission.enter(READERS) as call:
            call.spend(1)
            body = await read(asked.receive, self.limits.event_bytes, self.limits.body_seconds, call.hold)
            return form_of(asked.headers, body)

    async def file(self, asked: Request, form: Mapping[str, str]) -> Answer:
        """Publish the report, and answer with its id once Kafka has it."""
        key, now, code = await self._key(asked, form), self.desk.clock(), form.get("service_code")
        if not code:
            raise Refused(400, "service_code is required")
        if (await self.office.catalogue()).category(code, now) is None:
            raise Refused(404, "service_code was not found")
        report = event(form, key.name, now)
        with self.admission.enter(key.name) as call:
            call.spend(1)
            (verdict,) = await self.desk.take([report], key, asked.headers)
        self.desk.note([verdict], Reader("en", uuid4().urn))
        if isinstance(verdict, Problem):
            raise RequestRefused(verdict)
        filed = {"service_request_id": report["subject"], "service_notice": None, "account_id": None}
        return Answer("service_requests", "request", [filed], HTTPStatus.CREATED)

    async def _key(self, asked: Request, form: Mapping[str, str]) -> KeyInfo:
        scheme, _, bearer = asked.headers.get("authorization", "").partition(" ")
        given = [form.get("api_key"), asked.query_params.get("api_key"), bearer if scheme.lower() == "bearer" else None]
        token = next((token.strip() for token in given if token), "")
        key = await self.keys.find(token) if token else None
        if key is None or not key.may_publish(REPORTS):
            raise Refused(403, "api_key is missing, or may not file reports")
        return key
