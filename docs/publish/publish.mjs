// Publish one event with Node (18 or newer). Needs NHIP_GATEWAY_URL and NHIP_API_KEY.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const event = {
  specversion: "1.0",
  id: randomUUID(), // made once: sending the same again, after a lost answer too, is safe
  source: "examples/node",
  type: "vn.nhip.health.ping",
  subject: "portal",
  time: new Date().toISOString(),
  data: { status: "ok", latency_ms: 12.5 },
};

for (let attempt = 0; attempt < 5; attempt++) {
  const answer = await fetch(`${process.env.NHIP_GATEWAY_URL.replace(/\/$/, "")}/v1/events`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${process.env.NHIP_API_KEY}`,
      "Content-Type": "application/cloudevents+json",
      "Accept-Language": "vi",
    },
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(10_000),
  });
  if (answer.status === 202) {
    console.log(answer.status, await answer.text());
    process.exit(0);
  }
  const problem = await answer.json();
  console.error(answer.status, problem.title, problem.detail, problem.remedy);
  if (![429, 503].includes(answer.status)) process.exit(1);
  await sleep(1000 * Number(answer.headers.get("Retry-After") ?? 1));
}
process.exit(1);
