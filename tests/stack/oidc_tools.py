"""A small OpenID Connect provider, made from OpenID Connect Core 1.0 §3.1, Discovery 1.0 §4 and RFC 7636 with joserfc.

It checks what a provider must: the client and its secret, the redirect address, that a code is used once, and that the
verifier hashes to the challenge. Who signs in is whoever the test says, with the claims the test says.
"""

import base64
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "nhip-wallboard", "the client's secret"


class TestProvider:
    """`claims` go into the ID tokens as they are; `spoil` names a fault to make."""

    __test__ = False

    def __init__(self, callback: str) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.issuer = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.claims: dict[str, Any] = {"sub": "s-1", "preferred_username": "hoa", "roles": ["operator"]}
        self.spoil: str | None = None
        self._callback = callback
        self._key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self._codes: dict[str, dict[str, str]] = {}
        routes = [
            Route("/.well-known/openid-configuration", self._discovery),
            Route("/keys", self._keys),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
        ]
        self._server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_config=None))
        self._thread = threading.Thread(target=self._server.run, args=([self._listening],), daemon=True)

    @contextmanager
    def running(self) -> Iterator["TestProvider"]:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        try:
            yield self
        finally:
            self._server.should_exit = True
            self._thread.join()

    async def _discovery(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        right = (asked["client_id"], asked["redirect_uri"], asked["response_type"]) == (CLIENT, self._callback, "code")
        if not right or asked.get("code_challenge_method") != "S256" or "openid" not in asked["scope"].split():
            return JSONResponse({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        state = "another" if self.spoil == "state" else asked["state"]
        return RedirectResponse(f"{self._callback}?{urlencode({'code': code, 'state': state})}", 302)

    async def _token(self, request: Request) -> Response:
        sent = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        basic = base64.b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        asked = self._codes.pop(sent["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=")
        if (
            asked is None
            or asked["code_challenge"] != challenge.decode()
            or asked["redirect_uri"] != sent["redirect_uri"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        if basic not in (f"{CLIENT}:{SECRET}", f"{CLIENT}:the%20client%27s%20secret"):
            return JSONResponse({"error": "invalid_client"}, 401)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])})

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce} | self.claims
        faults = {
            "nonce": {"nonce": "of another sign-in"},
            "audience": {"aud": "another-client"},
            "issuer": {"iss": "https://evil.example"},
            "expired": {"exp": now - 3600},
        }
        key = RSAKey.generate_key(2048, {"kid": "k1"}) if self.spoil == "signature" else self._key
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims | faults.get(self.spoil or "", {}), key)
