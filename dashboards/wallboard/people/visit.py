"""One request of one visitor: the cookie they bring, who they are, and whether a form is theirs."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dashboards.wallboard.people.office import Office
from streams.people.actor import Actor, Person, Role
from streams.words import LANGUAGES, Language

FORM_BYTES = 64 * 1024
_LOCAL = re.compile(r"/[\w./-]*(\?[\w=&%.-]*)?")


@dataclass(frozen=True, slots=True)
class Visit:
    """`token` is the cookie's; before signing in it is nobody's session, and only ties forms to the browser."""

    token: str
    person: Person | None
    address: str
    language: Language
    path: str

    @property
    def csrf(self) -> str:
        """What a form carries to show that it is ours and this browser's: nobody else can work it out."""
        return hashlib.sha256(f"form {self.token}".encode()).hexdigest()

    @property
    def actor(self) -> Actor:
        """For the audit. Only of those who are signed in."""
        assert self.person is not None
        return Actor(self.person.name, "wallboard", self.address)

    def may(self, role: Role) -> bool:
        return self.person is not None and self.person.role.may(role)


def cookie(office: Office) -> str:
    """With the prefix no other host, path or plain connection can set it (RFC 6265bis §4.1.3)."""
    return "__Host-nhip" if office.secure else "nhip"


async def visit(request: Request, office: Office, first: Language) -> Visit:
    """Who comes, in which language: that of the address, else of the cookie, else the wallboard's."""
    token = request.cookies.get(cookie(office), "")
    person = await office.people.signed_in(token) if token else None
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    language = next((known for known in LANGUAGES if known == asked), first)
    address = request.client.host if request.client else "?"
    return Visit(token or secrets.token_urlsafe(32), person, address, language, request.url.path)


def keep(response: Response, visit: Visit, office: Office) -> Response:
    """Let the browser keep the token and the language. Lax: a link in a message leads to the page, not to a sign-in."""
    response.set_cookie(cookie(office), visit.token, httponly=True, secure=office.secure, samesite="lax")
    response.set_cookie("lang", visit.language, max_age=31_536_000, secure=office.secure, samesite="lax")
    response.headers["cache-control"] = "no-store"
    return response


async def form(request: Request, visit: Visit) -> dict[str, list[str]]:
    """The fields of a form of ours. Raises 413 for a large one, 403 for one that is not from our page."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            raise HTTPException(413, "this form is too large")
    fields = parse_qs(body.decode("utf-8", "replace").replace("\x00", ""), max_num_fields=1000)
    if not hmac.compare_digest(fields.get("form", [""])[0].encode(), visit.csrf.encode()):
        raise HTTPException(403, "this form is not from this page, or older than your sign-in: open the page again")
    return fields


def text(fields: dict[str, list[str]], name: str, most: int = 2000) -> str:
    """One field, without what surrounds it."""
    return fields.get(name, [""])[0].strip()[:most]


def local(address: str) -> str:
    """Where to go on: a page of ours, whatever somebody put into a link."""
    return address if _LOCAL.fullmatch(address) and not address.startswith("//") else "/office"
