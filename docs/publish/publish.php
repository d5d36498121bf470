<?php
// Publish one event with PHP (8 or newer, curl). Needs NHIP_GATEWAY_URL and NHIP_API_KEY.
$event = [
    'specversion' => '1.0',
    'id' => bin2hex(random_bytes(16)), // made once: sending the same again, after a lost answer too, is safe
    'source' => 'examples/php',
    'type' => 'vn.nhip.health.ping',
    'subject' => 'portal',
    'time' => gmdate('Y-m-d\TH:i:s\Z'),
    'data' => ['status' => 'ok', 'latency_ms' => 12.5],
];
$call = curl_init(rtrim(getenv('NHIP_GATEWAY_URL'), '/') . '/v1/events');
$wait = 1;
curl_setopt_array($call, [
    CURLOPT_POSTFIELDS => json_encode($event),
    CURLOPT_HTTPHEADER => [
        'Authorization: Bearer ' . getenv('NHIP_API_KEY'),
        'Content-Type: application/cloudevents+json',
        'Accept-Language: vi',
    ],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 10,
    CURLOPT_HEADERFUNCTION => function ($call, $line) use (&$wait) {
        if (stripos($line, 'retry-after:') === 0) {
            $wait = (int) substr($line, 12);
        }
        return strlen($line);
    },
]);
for ($attempt = 0; $attempt < 5; $attempt++) {
    $body = curl_exec($call);
    $status = curl_getinfo($call, CURLINFO_HTTP_CODE);
    echo "$status $body\n";
    if ($status === 202) {
        exit(0);
    }
    if (!in_array($status, [0, 429, 503])) {
        break;
    }
    sleep($wait);
}
exit(1);
