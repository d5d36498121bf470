"""Answers as JSON and as XML, in the shapes of GeoReport v2: the same names, in lists or under elements."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from xml.etree import ElementTree  # written, none is read  # nosec B405

import orjson
from starlette.responses import Response

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2
_MEDIA_TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}

FORMATS = tuple(_MEDIA_TYPES)


class Answer(NamedTuple):
    """`content` is a list of records, written in XML as `item` elements below `root`; or one record, `root` itself."""

    root: str
    item: str
    content: Sequence[Mapping[str, Any]] | Mapping[str, Any]
    status: int = 200


def refusal(status: int, description: str) -> Answer:
    return Answer("errors", "error", [{"code": str(status), "description": description}], status)


def response(answer: Answer, format_: str, headers: Mapping[str, str] | None = None) -> Response:
    body = orjson.dumps(answer.content) if format_ == "json" else _xml(answer)
    # Public data, for pages of other sites too: no cookie or address of ours is worth protecting here.
    everywhere = {"access-control-allow-origin": "*", **(headers or {})}
    return Response(body, answer.status, everywhere, _MEDIA_TYPES.get(format_, _MEDIA_TYPES["xml"]))


def _xml(answer: Answer) -> bytes:
    root = ElementTree.Element(answer.root)
    if isinstance(answer.content, Mapping):
        _fill(root, answer.content)
    else:
        for record in answer.content:
            _fill(ElementTree.SubElement(root, answer.item), record)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _fill(element: ElementTree.Element, record: Mapping[str, Any]) -> None:
    for name, value in record.items():
        child = ElementTree.SubElement(element, name)
        if isinstance(value, list):  # the elements of a plural bear its singular
            for item in value:
                below = ElementTree.SubElement(child, name.removesuffix("s"))
                _fill(below, item) if isinstance(item, Mapping) else _write(below, item)
        else:
            _write(child, value)


def _write(element: ElementTree.Element, value: object) -> None:
    match value:
        case None:
            return
        case bool():
            element.text = "true" if value else "false"
        case datetime():
            element.text = value.isoformat()
        case _:
            element.text = _NOT_XML.sub("", str(value))
