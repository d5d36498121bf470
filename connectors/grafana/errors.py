"""What Grafana's refusals mean, and what to do about each."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from grafana_client.client import GrafanaClientError, GrafanaException, GrafanaServerError, GrafanaTimeoutError

from streams.errors import NhipError, Unreachable, WrongUse


class ChangedMeanwhile(NhipError):
    """Somebody saved the same thing in Grafana between our look and our push: push again to see what they did."""


@contextmanager
def understood(url: str) -> Iterator[None]:
    """Turn what grafana-client raises into errors that say what to do.

    Raises WrongUse for a token that is not known (401) or has no right (403), ChangedMeanwhile for 412, Unreachable
    where nobody answers or Grafana itself fails (5xx), NhipError for whatever else it refuses.
    """
    try:
        yield
    except (OSError, GrafanaTimeoutError) as error:
        raise Unreachable(f"Grafana at {url} cannot be reached: start it, or set NHIP_GRAFANA_URL right") from error
    except GrafanaServerError as error:
        raise Unreachable(f"Grafana at {url} fails: {_first_line(error)}") from error
    except GrafanaClientError as error:
        raise _refused(url, error) from error


def _refused(url: str, error: GrafanaException) -> NhipError:
    said = error.response.get("message", "") if isinstance(error.response, dict) else _first_line(error)
    match error.status_code:
        case HTTPStatus.UNAUTHORIZED:
            return WrongUse(
                f"Grafana at {url} does not know the token: make one of a service account, NHIP_GRAFANA_TOKEN"
            )
        case HTTPStatus.FORBIDDEN:
            return WrongUse(
                f"the token has no right at Grafana ({said}): its service account needs the role Admin, or the"
                " permissions datasources:*, folders:* and dashboards:*"
            )
        case HTTPStatus.PRECONDITION_FAILED:
            return ChangedMeanwhile(f"Grafana refuses ({said}): somebody else changed it just now; push again")
        case _:
            return NhipError(f"Grafana at {url} refuses with {error.status_code}: {said}")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
