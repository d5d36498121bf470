"""The pages people sign in to, wired to the database and the provider."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from connectors.oidc.options import OidcOptions, role_names
from connectors.oidc.provider import Provider
from connectors.timescale.desk import Desk
from connectors.timescale.directives import Directives
from connectors.timescale.people import People
from connectors.timescale.shift import Shift
from dashboards.wallboard.people.office import Office
from nhip.settings import Settings
from streams.errors import WrongUse


def office(settings: Settings) -> Office | None:
    """What is behind the pages; None without NHIP_PEOPLE_DATABASE_URL. Raises WrongUse where anybody could come in."""
    alone = _is_loopback(settings.wallboard_host)
    required = settings.wallboard_sign_in == "required" or (settings.wallboard_sign_in is None and not alone)
    url = settings.people_database_url
    if url is None:
        if required:
            raise WrongUse(
                "the wallboard is for those who sign in, and nobody can: set NHIP_PEOPLE_DATABASE_URL (role"
                " nhip_people), or NHIP_WALLBOARD_SIGN_IN=optional to show the boards to everybody who reaches them"
            )
        return None
    people = People(url)
    desk = Desk(people.connection)
    provider = _provider(settings)
    directives, shift = Directives(people.connection), Shift(people.connection)
    return Office(people, desk, desk, directives, shift, provider, secure=_secure(settings, alone), required=required)


def _secure(settings: Settings, alone: bool) -> bool:
    """Cookies go over https alone, but on this machine. Raises WrongUse where passwords would travel in the clear."""
    if settings.wallboard_url is None:
        return not alone
    secure = settings.wallboard_url.scheme == "https"
    if not secure and not _is_loopback(settings.wallboard_url.host or ""):
        raise WrongUse("NHIP_WALLBOARD_URL: passwords would travel in the clear; put TLS before it, give its https URL")
    return secure


def _provider(settings: Settings) -> Provider | None:
    if settings.oidc_issuer is None:
        return None
    if settings.oidc_client_id is None or settings.oidc_client_secret is None or settings.wallboard_url is None:
        raise WrongUse(
            "NHIP_OIDC_ISSUER needs NHIP_OIDC_CLIENT_ID, NHIP_OIDC_CLIENT_SECRET (or …_FILE) and NHIP_WALLBOARD_URL"
        )
    issuer = urlsplit(settings.oidc_issuer)
    if issuer.scheme != "https" and not _is_loopback(issuer.hostname or ""):
        raise WrongUse("NHIP_OIDC_ISSUER: a provider without https could be anybody")
    return Provider(
        OidcOptions(
            settings.oidc_issuer,
            settings.oidc_client_id,
            settings.oidc_client_secret.get_secret_value(),
            f"{str(settings.wallboard_url).rstrip('/')}/sign-in/provider/callback",
            settings.oidc_role_claim,
            role_names(settings.oidc_roles),
        )
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
