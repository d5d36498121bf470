// Publish one event with Java (17 or newer): java Publish.java. Needs NHIP_GATEWAY_URL and NHIP_API_KEY.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

public class Publish {
    public static void main(String[] arguments) throws Exception {
        // The id is made once: sending the same again, after a lost answer too, is safe.
        String event = """
            {"specversion": "1.0", "id": "%s", "source": "examples/java", "type": "vn.nhip.health.ping",
             "subject": "portal", "time": "%s", "data": {"status": "ok", "latency_ms": 12.5}}
            """.formatted(UUID.randomUUID(), Instant.now());
        String gateway = System.getenv("NHIP_GATEWAY_URL").replaceAll("/$", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/v1/events"))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + System.getenv("NHIP_API_KEY"))
            .header("Content-Type", "application/cloudevents+json")
            .header("Accept-Language", "vi")
            .POST(HttpRequest.BodyPublishers.ofString(event))
            .build();
        HttpClient client = HttpClient.newHttpClient();
        for (int attempt = 0; attempt < 5; attempt++) {
            var answer = client.send(request, BodyHandlers.ofString());
            System.out.println(answer.statusCode() + " " + answer.body());
            if (answer.statusCode() == 202) return;
            if (answer.statusCode() != 429 && answer.statusCode() != 503) break;
            Thread.sleep(1000 * Long.parseLong(answer.headers().firstValue("Retry-After").orElse("1")));
        }
        System.exit(1);
    }
}
