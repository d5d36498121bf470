"""What a provider is known by, and what its claims mean here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from streams.errors import WrongUse
from streams.people.actor import Identity, Role


@dataclass(frozen=True, slots=True)
class OidcOptions:
    """`callback` is the address people come back to; `role_claim` may lead into objects (`realm_access.roles`);
    `roles` says what a value of that claim makes of somebody."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    callback: str
    role_claim: str
    roles: Mapping[str, Role]

    def identity(self, claims: Mapping[str, Any]) -> Identity:
        """Who the claims of a checked ID token speak of; of several roles the highest."""
        given = self._values(claims)
        roles = [role for value, role in self.roles.items() if value in given]
        name = str(claims.get("preferred_username") or claims.get("email") or claims["sub"])
        return Identity(self.issuer, str(claims["sub"]), name[:128], max(roles, key=list(Role).index, default=None))

    def _values(self, claims: Mapping[str, Any]) -> list[Any]:
        found: Any = claims
        for key in self.role_claim.split("."):
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, list) else [found]


def role_names(text: str) -> dict[str, Role]:
    """`ioc-admins=admin,ioc-staff=operator` as the setting has it. Raises WrongUse."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    try:
        return {value.strip(): Role(role.strip()) for value, _, role in pairs}
    except ValueError as error:
        known = ", ".join(Role)
        raise WrongUse(f"NHIP_OIDC_ROLES: {error}; write claim=role,claim=role with the roles {known}") from None
