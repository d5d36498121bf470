"""Commands that publish like anybody else: over HTTP, with a key."""

import httpx

from nhip.settings import Settings
from streams.errors import WrongUse

TIMEOUT_SECONDS = 15.0


def gateway_client(settings: Settings, scope: str) -> httpx.AsyncClient:
    """A client of the gateway with its key. Raises WrongUse where no key is set, naming the `scope` that it needs."""
    if settings.api_key is None:
        raise WrongUse(f"NHIP_API_KEY is not set: make a key with `nhip keys create NAME --scope {scope}`")
    url = settings.gateway_url or f"http://{settings.gateway_host}:{settings.gateway_port}"
    headers = {"authorization": f"Bearer {settings.api_key.get_secret_value()}"}
    return httpx.AsyncClient(base_url=str(url), headers=headers, timeout=TIMEOUT_SECONDS, trust_env=False)
