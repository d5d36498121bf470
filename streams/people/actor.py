"""Who acts, and from where: what the audit keeps of every hand that is laid on something."""

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a person may do; each may what those before it may: look, act, see the audit."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"

    def may(self, needed: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


class Person(NamedTuple):
    """Somebody who is signed in."""

    name: str
    role: Role


class Actor(NamedTuple):
    """Who did it, through which door (`wallboard`, `cli`, `http` with the key's name), and from which address."""

    who: str
    via: str
    address: str | None = None


class Identity(NamedTuple):
    """Whom an OpenID Connect provider vouches for; `role` None where its claims give none."""

    issuer: str
    subject: str
    name: str
    role: Role | None
