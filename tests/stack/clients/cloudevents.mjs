// Publishes with the CloudEvents SDK for JavaScript in each of its modes; prints the statuses. Its packages: NODE_PATH.
import { createRequire } from "node:module";

const { CloudEvent, HTTP, Mode, emitterFor } = createRequire(`${process.env.NODE_PATH}/`)("cloudevents");

async function transport(message) {
  const headers = { ...message.headers, authorization: `Bearer ${process.env.NHIP_API_KEY}` };
  const answer = await fetch(`${process.env.NHIP_GATEWAY_URL}v1/events`, { method: "POST", headers, body: message.body });
  console.log(answer.status, await answer.text());
  if (answer.status !== 202) process.exit(1);
}

for (const mode of [Mode.BINARY, Mode.STRUCTURED]) {
  const event = new CloudEvent({
    id: mode,
    source: "/sdk/javascript",
    type: "vn.nhip.report.submitted",
    subject: "PA-1",
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    data: { category: "giao-thong", description: "Đèn đỏ tắt ở ngã tư", channel: "app", lat: 9.78, lon: 105.47, area: "p-1" },
  });
  await emitterFor(transport, { mode })(event);
}
