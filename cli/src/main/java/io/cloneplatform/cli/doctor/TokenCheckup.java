package io.cloneplatform.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.cli.remote.Probe;
import io.cloneplatform.cli.remote.Probe.Seen;
import io.cloneplatform.cli.remote.SmallFile;
import io.cloneplatform.cli.remote.Unanswered;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Why credentials are refused: the key, the clocks, the signing keys, or the one token that is shown. */
final class TokenCheckup {
    private static final Duration SKEW_LIMIT = Duration.ofSeconds(30);

    private final AdminApi api;
    private final URI url;
    private final Path tokenFile;
    private final Probe probe = new Probe();

    TokenCheckup(AdminApi api, URI url, Path tokenFile) {
        this.api = api;
        this.url = url;
        this.tokenFile = tokenFile;
    }

    void run(Report report) {
        report.add(adminKey());
        try {
            Seen health = probe.get(url, "/health", null);
            report.add(clock(health));
            report.add(keys(health));
            if (tokenFile != null) {
                report.add(token(Instant.now().plus(health.ahead().orElse(Duration.ZERO))));
            }
        } catch (IOException e) {
            report.add(Finding.bad("Gateway", "no answer: " + Unanswered.reason(e), "clonectl doctor api"));
        }
    }

    private Finding adminKey() {
        try {
            api.get("/admin/metrics");
            return Finding.good("Admin key", "accepted");
        } catch (Failure e) {
            return Finding.bad("Admin key", e.getMessage(), next(e));
        }
    }

    private static String next(Failure e) {
        return switch (e.code()) {
            case "UNAUTHENTICATED" ->
                "Compare it with ADMIN_KEY of auth-service; a new one counts once auth-service restarted with it";
            case "RATE_LIMITED" -> "Too many calls came from here: wait a minute";
            case "FORBIDDEN" -> "The key is one of an admin without metrics.view";
            default -> "clonectl doctor api";
        };
    }

    private static Finding clock(Seen health) {
        if (health.ahead().isEmpty()) {
            return Finding.unknown("Clock", "the answer has no Date", "Look at date -u on every machine");
        }
        Duration ahead = health.ahead().get();
        return ahead.abs().compareTo(SKEW_LIMIT) < 0
                ? Finding.good("Clock", "the gateway's and this machine's agree within 30 s")
                : Finding.bad(
                        "Clock",
                        "the gateway's is " + ahead.abs().toSeconds() + " s "
                                + (ahead.isNegative() ? "behind" : "ahead"),
                        "Over 300 s tokens are refused: let all machines follow one time server");
    }

    private static Finding keys(Seen health) {
        boolean authServes =
                health.status() == 200 || health.json().at("/services/auth").asBoolean(false);
        return authServes
                ? Finding.good("Signing keys", "auth-service serves, and the gateway asks it twice a second")
                : Finding.bad(
                        "Signing keys",
                        "auth-service is away: nobody can sign in, and a gateway that starts now knows no keys",
                        "Start auth-service; tokens that were valid stay valid");
    }

    private Finding token(Instant gatewayTime) throws IOException {
        String token = read();
        JsonNode claims = claims(token);
        if (claims == null || !claims.path("exp").isIntegralNumber()) {
            return Finding.bad("Token", "is none of ours: not a JWT with exp", "Send access_token of the session");
        }
        Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong());
        Instant end = Instant.ofEpochSecond(claims.path("exp").asLong());
        if (end.isBefore(gatewayTime)) {
            return Finding.bad("Token", "expired at " + end, "POST /refresh with the refresh token, or sign in again");
        }
        if (issued.isAfter(gatewayTime.plusSeconds(300))) {
            return Finding.bad("Token", "issued in the future, at " + issued, "A clock of auth-service is wrong");
        }
        String path = claims.path("kind").asText().equals("admin") ? "/admin/metrics" : "/profile";
        int status = probe.get(url, path, token).status();
        return status == 401
                ? Finding.bad(
                        "Token",
                        "in time until " + end + ", and refused",
                        "Its session was revoked (signed out, new password, reuse of a refresh token), or another"
                                + " installation signed it: sign in again")
                : Finding.good("Token", "accepted until " + end + " (" + path + " answers " + status + ")");
    }

    private String read() {
        try {
            return SmallFile.read(tokenFile).strip();
        } catch (IOException e) {
            throw Failure.of("NO_TOKEN", "--token-file cannot be read: " + e.getMessage());
        }
    }

    private static JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            return parts.length != 3
                    ? null
                    : Json.MAPPER.readTree(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return null;
        }
    }
}
