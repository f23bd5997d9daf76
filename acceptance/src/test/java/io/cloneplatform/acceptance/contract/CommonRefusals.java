package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import io.cloneplatform.gateway.document.ApiParameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The refusals that follow from what the document says about an operation, without knowing what it does. */
final class CommonRefusals {
    private final RunningPlatform platform;
    private final World world;

    CommonRefusals(RunningPlatform platform, World world) {
        this.platform = platform;
        this.world = world;
    }

    /**
     * A call that has to be refused.
     *
     * @param name what is wrong with it
     * @param status the status it has to get
     * @param code the stable token it has to get, or null for any
     * @param answer sends it
     */
    record Expected(String name, int status, String code, Supplier<Answer> answer) {}

    /** What has to be refused, starting from a request that works. */
    List<Expected> of(ApiOperation operation, Draft good) {
        List<Expected> expected = new ArrayList<>();
        if (operation.gateway().isPresent()) {
            expected.add(new Expected(
                    "wrong method", 405, "METHOD_NOT_ALLOWED", () -> platform.call("POST", operation.path())
                            .json("{}")
                            .send()));
            return expected;
        }
        if (operation.access() != Access.PUBLIC) {
            expected.addAll(wrongCallers(operation, good));
        }
        if (operation.bodySchema().isPresent()) {
            expected.addAll(wrongBodies(operation, good));
        }
        for (ApiParameter parameter : operation.parameters()) {
            expected.addAll(wrongParameter(operation, good, parameter));
        }
        if (operation.idempotent()) {
            expected.add(new Expected("malformed key", 400, "VALIDATION_FAILED", () -> good.call(platform, operation)
                    .header("Idempotency-Key", "not visible")
                    .send()));
            expected.add(new Expected(
                    "key of another request", 422, "IDEMPOTENCY_KEY_REUSED", () -> good.call(platform, operation)
                            .header("Idempotency-Key", spentKey(operation, good))
                            .send()));
        }
        return expected;
    }

    private List<Expected> wrongCallers(ApiOperation operation, Draft good) {
        List<Expected> expected = new ArrayList<>();
        expected.add(sent("no credential", 401, operation, good.token(null)));
        expected.add(sent("no token of ours", 401, operation, good.token("eyJhbGciOiJub25lIn0.e30.")));
        if (operation.access() == Access.MEMBER) {
            expected.add(sent("admin", 403, operation, good.token(World.ADMIN)));
        } else {
            String permission = operation.permission().orElseThrow();
            expected.add(
                    sent("member", 403, operation, good.token(world.anyMember().token())));
            // What concerns the own account takes every person, and the admin key is none.
            String other = permission.equals("self")
                    ? World.ADMIN
                    : world.adminWithout(permission).token();
            expected.add(sent("admin without " + permission, 403, operation, good.token(other)));
        }
        return expected;
    }

    private List<Expected> wrongBodies(ApiOperation operation, Draft good) {
        byte[] large = ("{\"more\": \"" + "x".repeat(64 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        List<Expected> expected = new ArrayList<>();
        expected.add(new Expected("broken JSON", 400, "BODY_MALFORMED", () -> withoutBody(good, operation)
                .text("{\"broken\": ")
                .send()));
        expected.add(new Expected("larger than 64 KiB", 413, "BODY_TOO_LARGE", () -> withoutBody(good, operation)
                .bytes("application/json", large)
                .send()));
        expected.add(new Expected("not JSON", 415, "UNSUPPORTED_MEDIA_TYPE", () -> withoutBody(good, operation)
                .bytes("text/plain", "{}".getBytes(StandardCharsets.UTF_8))
                .send()));
        operation.bodySchema().orElseThrow().path("required").forEach(field -> {
            ObjectNode without = good.body().deepCopy().without(field.asText());
            expected.add(sent("without " + field.asText(), 400, operation, good.body(without)));
        });
        return expected;
    }

    private Call withoutBody(Draft good, ApiOperation operation) {
        return good.withoutBody().call(platform, operation);
    }

    private List<Expected> wrongParameter(ApiOperation operation, Draft good, ApiParameter parameter) {
        if (parameter.inPath()) {
            String tooLong = "x".repeat(parameter.schema().path("maxLength").asInt() + 1);
            return List.of(
                    new Expected("unknown id", 404, "NOT_FOUND", () -> good.path(parameter.name(), World.nobody())
                            .call(platform, operation)
                            .send()),
                    sent("id too long", 400, operation, good.path(parameter.name(), tooLong)));
        }
        return List.of(
                sent(parameter.name() + " too long", 400, operation, good.query(parameter.name(), "x".repeat(600))));
    }

    private Expected sent(String name, int status, ApiOperation operation, Draft draft) {
        return new Expected(
                name, status, null, () -> draft.call(platform, operation).send());
    }

    // A key that the same caller has used for something else.
    private String spentKey(ApiOperation operation, Draft good) {
        String key = World.unique("key-");
        String token = good.token();
        Call other;
        if (token == null) {
            other = platform.call("POST", "/signin").json("{'email': 'nobody@example.com', 'password': 'Password123'}");
        } else if (token.equals(World.ADMIN)) {
            other = world.admin("PUT", "/admin/vip-tier")
                    .json("{'userId': '" + World.nobody() + "', 'vipTier': 'Gold'}");
        } else if (operation.access() == Access.ADMIN) {
            other = platform.call("POST", "/admin/second-factor/remove")
                    .bearer(token)
                    .json("{'code': '000000'}");
        } else {
            other = platform.call("PUT", "/profile").bearer(token).json("{'gender': 'other'}");
        }
        other.header("Idempotency-Key", key).send();
        return key;
    }
}
