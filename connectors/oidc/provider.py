"""The way to the provider and back. What is between leaving and coming back is a signed cookie of ten minutes."""

import hashlib
import logging
from collections.abc import Awaitable, Callable

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from connectors.oidc.options import OidcOptions
from streams.people.actor import Identity

log = logging.getLogger(__name__)

COOKIE = "nhip_oidc"
MINUTES = 10

Welcome = Callable[[Request, Identity | None], Awaitable[Response]]
"""What to answer somebody who comes back: with whom the provider vouches for, None where it vouches for nobody."""


class Provider:
    """A provider, and the application that leads to it (`/`) and back (`/callback`)."""

    def __init__(self, options: OidcOptions) -> None:
        self._options = options
        self._client = OAuth().register(
            "provider",
            client_id=options.client_id,
            client_secret=options.client_secret,
            server_metadata_url=f"{options.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
        )

    def application(self, welcome: Welcome) -> Starlette:
        """Mount it at `/sign-in/provider`; a state of another browser, or of none, is answered as nobody."""

        async def begin(request: Request) -> Response:
            try:
                left: Response = await self._client.authorize_redirect(request, self._options.callback)
            except (httpx2.HTTPError, ValueError, RuntimeError) as error:
                log.warning("the provider %s does not answer: %s", self._options.issuer, error)
                return await welcome(request, None)
            return left

        async def back(request: Request) -> Response:
            return await welcome(request, await self._identity(request))

        # Several wallboards behind one address know each other's cookies: the key comes from the secret they share.
        key = hashlib.sha256(b"nhip oidc state " + self._options.client_secret.encode()).hexdigest()
        secure = self._options.callback.startswith("https://")
        session = Middleware(
            SessionMiddleware,
            secret_key=key,
            session_cookie=COOKIE,
            max_age=60 * MINUTES,
            same_site="lax",
            https_only=secure,
            path="/sign-in/provider",
        )
        return Starlette(routes=[Route("/", begin), Route("/callback", back)], middleware=[session])

    async def _identity(self, request: Request) -> Identity | None:
        try:
            token = await self._client.authorize_access_token(request)
            metadata = await self._client.load_server_metadata()
        except (OAuthError, JoseError, httpx2.HTTPError, ValueError, RuntimeError) as error:
            log.warning("the provider %s vouches for nobody: %s", self._options.issuer, error)
            return None
        if metadata.get("issuer") != self._options.issuer or "userinfo" not in token:
            log.warning("NHIP_OIDC_ISSUER is %s; it calls itself %s", self._options.issuer, metadata.get("issuer"))
            return None
        return self._options.identity(token["userinfo"])
