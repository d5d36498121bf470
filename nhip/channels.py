"""The channels that the settings set up, by the names that routes of the catalogue use. A new one is one line here."""

import httpx

from connectors.notify import Channel, Webhook
from nhip.settings import Settings
from streams.alerts.routing import EVERYTHING
from streams.errors import WrongUse


def channels_of(settings: Settings, client: httpx.AsyncClient) -> dict[str, Channel]:
    """Every channel by its name. Raises WrongUse for one that is half set up."""
    if settings.webhook_url is None:
        return {}
    if settings.webhook_secret is None:
        raise WrongUse("NHIP_WEBHOOK_URL without NHIP_WEBHOOK_SECRET: receivers could not tell who sends")
    return {EVERYTHING: Webhook(str(settings.webhook_url), settings.webhook_secret.get_secret_value(), client)}
