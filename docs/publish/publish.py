"""Publish one event with Python's standard library. Needs NHIP_GATEWAY_URL and NHIP_API_KEY."""

import json
import os
import sys
import time
import uuid
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen

event = {
    "specversion": "1.0",
    "id": str(uuid.uuid4()),  # made once: sending the same again, after a lost answer too, is safe
    "source": "examples/python",
    "type": "vn.nhip.health.ping",
    "subject": "portal",
    "time": datetime.now(UTC).isoformat(),
    "data": {"status": "ok", "latency_ms": 12.5},
}
headers = {
    "Authorization": f"Bearer {os.environ['NHIP_API_KEY']}",
    "Content-Type": "application/cloudevents+json",
    "Accept-Language": "vi",
}
request = Request(f"{os.environ['NHIP_GATEWAY_URL'].rstrip('/')}/v1/events", json.dumps(event).encode(), headers)

for _ in range(5):
    try:
        with urlopen(request, timeout=10) as answer:
            print(answer.status, answer.read().decode())
        break
    except HTTPError as refused:
        problem = json.loads(refused.read())
        print(refused.code, problem["title"], problem["detail"], problem["remedy"], file=sys.stderr)
        if refused.code not in (429, 503):
            sys.exit(1)
        time.sleep(int(refused.headers.get("Retry-After", 1)))
else:
    sys.exit(1)
