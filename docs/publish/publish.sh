#!/bin/sh
# Publish one event with curl. The id is made once: sending the same again, after a lost answer too, is safe.
# Needs NHIP_GATEWAY_URL and NHIP_API_KEY.
set -eu

event=$(cat <<JSON
{
  "specversion": "1.0",
  "id": "$(cat /proc/sys/kernel/random/uuid)",
  "source": "examples/curl",
  "type": "vn.nhip.health.ping",
  "subject": "portal",
  "time": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "data": {"status": "ok", "latency_ms": 12.5}
}
JSON
)
curl --fail-with-body --silent --show-error --retry 5 --max-time 10 "${NHIP_GATEWAY_URL%/}/v1/events" \
     -H "Authorization: Bearer $NHIP_API_KEY" -H "Content-Type: application/cloudevents+json" -d "$event"
