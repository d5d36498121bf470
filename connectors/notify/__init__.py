"""Channels: how a message of the outbox reaches somebody."""

from connectors.notify.bell import Bell
from connectors.notify.channel import Channel, Delivered, Later, Never, Outcome
from connectors.notify.sender import PATIENCE_SECONDS, send
from connectors.notify.switch import check_in
from connectors.notify.tidying import keep_tidy
from connectors.notify.topic import Topic
from connectors.notify.webhook import Webhook

__all__ = [
    "PATIENCE_SECONDS",
    "Bell",
    "Channel",
    "Delivered",
    "Later",
    "Never",
    "Outcome",
    "Topic",
    "Webhook",
    "check_in",
    "keep_tidy",
    "send",
]
