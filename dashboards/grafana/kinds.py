"""The kinds of panels, and what Grafana has to be told about each."""

from collections.abc import Sequence
from typing import Any, Literal

Kind = Literal["stat", "gauge", "table", "timeseries", "barchart", "pie", "heat", "state-timeline", "geomap"]
"""`heat`: a table of coloured cells, made of an answer's first three columns: row, column, value. `pie`: a slice for
each column of one row."""

_BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
"""The map has no tiles: nobody outside is asked for any, and no commune polygons are to be had (issue 5)."""

_LEGEND = {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": True}


def type_of(kind: Kind) -> str:
    """Grafana's name of the panel."""
    return {"heat": "table", "pie": "piechart"}.get(kind, kind)


def custom(kind: Kind) -> dict[str, Any]:
    """Field options of a kind."""
    match kind:
        case "table":
            return {"align": "auto", "cellOptions": {"type": "auto"}, "inspect": False}
        case "heat":
            return {"align": "auto", "cellOptions": {"type": "color-background", "mode": "basic"}, "inspect": False}
        case "timeseries":
            stacking = {"group": "A", "mode": "normal"}
            return {"drawStyle": "bars", "fillOpacity": 80, "lineWidth": 0, "stacking": stacking}
        case "barchart" | "state-timeline":
            return {"fillOpacity": 80, "lineWidth": 0}
        case _:
            return {}


def options(kind: Kind, columns: Sequence[str]) -> dict[str, Any]:
    """Panel options of a kind, for an answer of these columns."""
    match kind:
        case "stat":
            return {
                "reduceOptions": {"calcs": ["lastNotNull"], "fields": "/.*/", "values": False},
                "textMode": "value_and_name" if len(columns) > 1 else "value",
                "colorMode": "value",
                "graphMode": "none",
                "justifyMode": "auto",
                "orientation": "auto",
                "wideLayout": True,
                "showPercentChange": False,
            }
        case "gauge":
            return {
                "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
                "orientation": "auto",
                "showThresholdLabels": False,
                "showThresholdMarkers": False,
            }
        case "table" | "heat":
            footer = {"show": False, "reducer": ["sum"], "countRows": False, "fields": ""}
            return {"cellHeight": "sm", "showHeader": True, "footer": footer}
        case "timeseries":
            return {"legend": _LEGEND, "tooltip": {"mode": "multi", "sort": "desc", "hideZeros": True}}
        case "barchart":
            return {
                "xField": columns[0],
                "orientation": "horizontal",
                "showValue": "always",
                "stacking": "none",
                "barWidth": 0.8,
                "groupWidth": 0.8,
                "legend": _LEGEND | {"showLegend": len(columns) > 2},
                "tooltip": {"mode": "single", "sort": "none"},
            }
        case "pie":
            return {
                "pieType": "pie",
                "reduceOptions": {"calcs": ["lastNotNull"], "fields": "/.*/", "values": False},
                "displayLabels": ["name", "percent"],
                "legend": _LEGEND | {"values": ["value", "percent"]},
                "tooltip": {"mode": "single", "sort": "none"},
            }
        case "state-timeline":
            return {
                "mergeValues": True,
                "showValue": "never",
                "alignValue": "left",
                "rowHeight": 0.8,
                "legend": _LEGEND,
                "tooltip": {"mode": "single", "sort": "none"},
            }
        case "geomap":
            return _map(columns)


def _map(columns: Sequence[str]) -> dict[str, Any]:
    """Points at the columns `lat` and `lon`, coloured by the last column, over their heat by `weight`; and `label`s."""
    location = {"mode": "coords", "latitude": "lat", "longitude": "lon"}
    style = {
        "size": {"fixed": 5},
        "color": {"field": columns[-1]},
        "opacity": 0.7,
        "symbol": {"mode": "fixed"},
        "text": {"mode": "field", "field": "label"},
        "textConfig": {"fontSize": 11, "offsetX": 0, "offsetY": 0, "textAlign": "center", "textBaseline": "middle"},
    }
    heat = {"blur": 20, "radius": 14, "weight": {"field": "weight", "min": 0, "max": 1}}
    points = {"type": "markers", "name": "points", "location": location, "config": {"style": style}, "tooltip": True}
    return {
        "view": {"id": "fit", "allLayers": True},
        "basemap": {"type": "xyz", "name": "blank", "config": {"url": _BLANK, "attribution": ""}},
        "layers": [{"type": "heatmap", "name": "heat", "location": location, "config": heat}, points],
        "controls": {"showZoom": True, "mouseWheelZoom": False, "showAttribution": False},
        "tooltip": {"mode": "details"},
    }


def transformations(columns: Sequence[str]) -> list[dict[str, Any]]:
    """A matrix out of rows of (row, column, value)."""
    row, column, value = columns
    return [
        {"id": "groupingToMatrix", "options": {"rowField": row, "columnField": column, "valueField": value}},
    ]
