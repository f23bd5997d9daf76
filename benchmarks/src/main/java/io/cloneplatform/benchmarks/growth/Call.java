package io.cloneplatform.benchmarks.growth;

/**
 * A request.
 *
 * @param token who calls; null for anybody
 * @param body JSON; null for none
 */
record Call(String method, String path, String token, String body) {
    static Call get(String path, String token) {
        return new Call("GET", path, token, null);
    }

    static Call post(String path, String token, String body) {
        return new Call("POST", path, token, json(body));
    }

    static Call put(String path, String token, String body) {
        return new Call("PUT", path, token, json(body));
    }

    static Call delete(String path, String token) {
        return new Call("DELETE", path, token, null);
    }

    /** Bodies are written with single quotes, which none of their values has. */
    private static String json(String body) {
        return body.replace('\'', '"');
    }
}
