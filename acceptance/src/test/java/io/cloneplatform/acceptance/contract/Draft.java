package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.document.ApiOperation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request that is not bound to an operation yet.
 *
 * @param token the bearer token, or null
 * @param path values of the path's parameters
 * @param query values of the query's parameters
 * @param body the JSON body, or null
 */
record Draft(String token, Map<String, String> path, Map<String, String> query, ObjectNode body) {
    /** A request of a caller; null for one without credentials. */
    static Draft as(String token) {
        return new Draft(token, Map.of(), Map.of(), null);
    }

    Draft path(String name, String value) {
        return new Draft(token, with(path, name, value), query, body);
    }

    Draft query(String name, String value) {
        return new Draft(token, path, with(query, name, value), body);
    }

    /** A body written with single quotes; each %s takes one argument. */
    Draft body(String singleQuoted, Object... args) {
        String text = String.format(singleQuoted.replace('\'', '"'), args);
        return body((ObjectNode) Json.read(text));
    }

    Draft body(ObjectNode object) {
        return new Draft(token, path, query, object);
    }

    Draft token(String other) {
        return new Draft(other, path, query, body);
    }

    Draft withoutQuery(String name) {
        Map<String, String> fewer = new TreeMap<>(query);
        fewer.remove(name);
        return new Draft(token, path, fewer, body);
    }

    Draft withoutBody() {
        return new Draft(token, path, query, null);
    }

    Draft withoutQuery() {
        return new Draft(token, path, Map.of(), body);
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return more;
    }

    /** The path and query on which an operation takes this request. */
    String target(ApiOperation operation) {
        String target = operation.path();
        for (Map.Entry<String, String> parameter : path.entrySet()) {
            target = target.replace("{" + parameter.getKey() + "}", encode(parameter.getValue()));
        }
        if (target.contains("{")) {
            throw new IllegalStateException("the sample of " + operation.id() + " leaves " + target);
        }
        String text = query.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? target : target + "?" + text;
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The call that sends it. */
    Call call(RunningPlatform platform, ApiOperation operation) {
        return platform.call(operation.method(), target(operation))
                .bearer(token)
                .json(body);
    }
}
