"""Several messages as one: people get a list instead of a storm (issue 6.4)."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from streams.alerts.message import Message


def gathered(bodies: Sequence[Mapping[str, Any]], language: Literal["vi", "en"]) -> Message:
    """One message of several bodies of the outbox, in their order; of a single one its own."""
    said = [Message(**body["message"][language]) for body in bodies]
    if len(said) == 1:
        return Message(said[0].title, "\n".join([said[0].text, *_on_duty(bodies, language)]))
    over = sum(body["notice"] == "resolved" for body in bodies)
    lines = [f"• {one.title}\n  {one.text.splitlines()[0]}" for one in said]
    links = sorted({body["link"] for body in bodies if body["link"]})
    text = "\n".join([*lines, *_on_duty(bodies, language), *links[:1]])
    return Message(_title(len(said) - over, over, language), text)


def _title(firing: int, over: int, language: Literal["vi", "en"]) -> str:
    words = {"vi": ("cảnh báo", "đã hết"), "en": ("alerts", "over")}[language]
    parts = [f"{number} {word}" for number, word in zip((firing, over), words, strict=True) if number]
    return ", ".join(parts)


def _on_duty(bodies: Sequence[Mapping[str, Any]], language: Literal["vi", "en"]) -> list[str]:
    """Who is on duty, each once."""
    people = {(body["on_duty"]["name"], body["on_duty"]["phone"]) for body in bodies if body["on_duty"]}
    word = {"vi": "Trực", "en": "On duty"}[language]
    return [f"{word}: {name}, {phone}" for name, phone in sorted(people)]
