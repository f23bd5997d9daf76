package io.cloneplatform.gateway.caller;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Set;

/**
 * The form of access tokens, looked at before any signature (RFC 8725, sections 3.1 to 3.12): the algorithm is ours and not the
 * token's to choose, no header means anything but those we write, nothing is said twice, and times are numbers.
 */
final class TokenForm {
    private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");
    private static final Set<String> TYPES = Set.of("JWT", "at+jwt");
    private static final Set<String> TIMES = Set.of("exp", "iat", "nbf");
    private static final ObjectMapper STRICT = strict();

    private TokenForm() {}

    private static ObjectMapper strict() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(8).build());
        return mapper;
    }

    /** Whether a token of three parts has this form. */
    static boolean isSound(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            return isHeader(read(parts[0])) && areClaims(read(parts[1]));
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static JsonNode read(String part) throws IOException {
        return STRICT.readTree(Base64.getUrlDecoder().decode(part));
    }

    private static boolean isHeader(JsonNode header) {
        for (Iterator<String> names = header.fieldNames(); names.hasNext(); ) {
            if (!HEADERS.contains(names.next())) {
                return false;
            }
        }
        return "ES256".equals(header.path("alg").textValue())
                && TYPES.contains(header.path("typ").asText())
                && header.path("kid").isTextual();
    }

    private static boolean areClaims(JsonNode claims) {
        return claims.path("exp").isIntegralNumber()
                && TIMES.stream().filter(claims::has).map(claims::get).allMatch(TokenForm::isTime);
    }

    private static boolean isTime(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }
}
