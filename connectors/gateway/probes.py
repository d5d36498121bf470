"""`/healthz`, `/readyz`, `/metrics`: for those who keep the gateway running. They need no key and tell no data."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from connectors.gateway.readiness import Readiness


def probes(readiness: Readiness, registry: CollectorRegistry) -> APIRouter:
    router = APIRouter(tags=["operations"])

    @router.get("/healthz", summary="The process is alive", response_class=PlainTextResponse)
    async def healthz() -> Response:
        return PlainTextResponse("ok\n")

    @router.get(
        "/readyz",
        summary="Kafka can be reached and has the topics",
        response_class=PlainTextResponse,
        responses={503: {"description": "It says what is missing"}},
    )
    async def readyz() -> Response:
        fault = await readiness.fault()
        if fault is None:
            return PlainTextResponse("ok\n")
        return PlainTextResponse(f"{fault}\n", 503, {"retry-after": "1"})

    @router.get("/metrics", summary="Prometheus metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
