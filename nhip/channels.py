"""The channels that the settings set up, by the names that routes of the catalogue use. A new kind is one line here."""

import re
from functools import partial

import httpx

from connectors.notify import Channel, Topic, Webhook
from nhip.kafka import producer
from nhip.settings import Settings
from streams.alerts.routing import EVERYTHING
from streams.contracts.alert import TOPIC
from streams.errors import WrongUse

_LINE = re.compile(r"([a-z0-9][a-z0-9-]{0,63})\s+(\S+://\S+)")


def channels_of(settings: Settings, client: httpx.AsyncClient) -> dict[str, Channel]:
    """Every channel to people and machines by its name. Raises WrongUse for one that is half set up."""
    return _webhook(settings, client) | _people(settings)


def topic_of(settings: Settings) -> Topic:
    """The topic of alerts, which is told every step and not what routes say."""
    return Topic(settings.topic_prefix + TOPIC, partial(producer, settings))


def _webhook(settings: Settings, client: httpx.AsyncClient) -> dict[str, Channel]:
    if settings.webhook_url is None:
        return {}
    if settings.webhook_secret is None:
        raise WrongUse("NHIP_WEBHOOK_URL without NHIP_WEBHOOK_SECRET: receivers could not tell who sends")
    return {EVERYTHING: Webhook(str(settings.webhook_url), settings.webhook_secret.get_secret_value(), client)}


def _people(settings: Settings) -> dict[str, Channel]:
    urls = urls_of(settings.channels.get_secret_value() if settings.channels else "")
    if not urls:
        return {}
    from connectors.notify.people import People  # Apprise takes seconds to load all that it knows

    return {name: People(name, url, settings.language) for name, url in urls.items()}


def urls_of(text: str) -> dict[str, str]:
    """A channel a line: its name and its URL; # begins a remark. Raises WrongUse, and never repeats a URL."""
    urls: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise WrongUse(f"NHIP_CHANNELS, line {number}: write the channel's name, a space, and its Apprise URL")
        name, url = found.groups()
        if name in urls or name in (EVERYTHING, TOPIC):
            raise WrongUse(f"NHIP_CHANNELS, line {number}: {name!r} is taken; give each channel a name of its own")
        urls[name] = url
    return urls
