"""What one would write in ten minutes: FastAPI to aiokafka, acks=all, nothing checked."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaProducer
from fastapi import FastAPI, Request, Response


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AIOKafkaProducer(bootstrap_servers=os.environ["NHIP_TEST_KAFKA"], acks="all") as producer:
        app.state.producer = producer
        yield


app = FastAPI(lifespan=_lifespan)


@app.post("/v1/events")
async def publish(request: Request) -> Response:
    """Take a body and answer once Kafka has it."""
    await app.state.producer.send_and_wait(os.environ["BENCH_TOPIC"], await request.body())
    return Response(status_code=202)
