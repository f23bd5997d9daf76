package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.acceptance.contract.Rubbish.Case;
import io.cloneplatform.acceptance.contract.Rubbish.Verdict;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.gateway.document.ApiOperation;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bodies of one operation that are rubbish as a whole: broken, too large, not JSON, not UTF-8. */
final class RubbishWholeBodies {
    private static final int LIMIT = 64 * 1024;

    private final RunningPlatform platform;
    private final ApiOperation operation;

    RubbishWholeBodies(RunningPlatform platform, ApiOperation operation) {
        this.platform = platform;
        this.operation = operation;
    }

    List<Case> cases(ObjectNode good) {
        List<Case> cases = new ArrayList<>(brokenBodies());
        cases.addAll(unknownFields(good));
        cases.addAll(sizes());
        cases.addAll(mediaTypes());
        return cases;
    }

    private Call withoutBody(Draft draft) {
        return draft.withoutBody().call(platform, operation);
    }

    private Answer send(Draft draft, String text) {
        return withoutBody(draft).text(text).send();
    }

    private List<Case> brokenBodies() {
        List<Case> cases = new ArrayList<>();
        for (String broken : List.of(
                "{",
                "}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "nonsense",
                "{}{}",
                "{} x",
                "[]",
                "[{}]",
                "\"text\"",
                "12",
                "null",
                "true",
                "\u0000",
                "// {}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":tru}",
                "{\"a\\u0000b\":1}",
                "[".repeat(60_000))) {
            cases.add(new Case(
                    "the body is " + broken.substring(0, Math.min(20, broken.length())),
                    draft -> send(draft, broken),
                    Verdict.refused("body")));
        }
        cases.add(new Case(
                "the body is empty",
                draft -> send(draft, ""),
                operation.bodyRequired() ? Verdict.refused("body") : Verdict.HANDLED));
        return cases;
    }

    private List<Case> unknownFields(ObjectNode good) {
        List<Case> cases = new ArrayList<>();
        ObjectNode more = good.deepCopy();
        more.putObject("unknown").putArray("deep").addObject().put("more", 1);
        cases.add(new Case("a field that nobody knows", draft -> send(draft, Json.text(more)), Verdict.HANDLED));
        StringBuilder many = new StringBuilder("{\"a\":1");
        for (int i = 0; i < 4_000; i++) {
            many.append(",\"f").append(i).append("\":").append(i);
        }
        cases.add(new Case("4000 fields that nobody knows", draft -> send(draft, many + "}"), Verdict.HANDLED));
        return cases;
    }

    private List<Case> sizes() {
        byte[] over = sized(LIMIT + 1);
        byte[] huge = sized(1024 * 1024);
        byte[] exact = sized(LIMIT);
        return List.of(
                new Case(
                        "64 KiB + 1",
                        draft -> withoutBody(draft)
                                .bytes("application/json", over)
                                .send(),
                        Verdict.status(413)),
                new Case(
                        "1 MiB",
                        draft -> withoutBody(draft)
                                .bytes("application/json", huge)
                                .send(),
                        Verdict.status(413)),
                new Case(
                        "64 KiB + 1 in chunks",
                        draft -> withoutBody(draft)
                                .chunked("application/json", over)
                                .send(),
                        Verdict.status(413)),
                new Case(
                        "64 KiB",
                        draft -> withoutBody(draft)
                                .bytes("application/json", exact)
                                .send(),
                        Verdict.HANDLED));
    }

    private static byte[] sized(int bytes) {
        String frame = "{\"more\":\"\"}";
        return ("{\"more\":\"" + "x".repeat(bytes - frame.length()) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private List<Case> mediaTypes() {
        List<Case> cases = new ArrayList<>();
        for (String type : List.of(
                "text/plain",
                "text/html",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonx",
                "nonsense")) {
            cases.add(new Case(
                    "the content type is " + type,
                    draft -> withoutBody(draft)
                            .bytes(type, new byte[] {'{', '}'})
                            .send(),
                    Verdict.status(415)));
        }
        byte[] latin = "{\"more\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] overlong = "{\"more\":\"\u00c0\u00af\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] surrogate = "{\"more\":\"\u00ed\u00a0\u0080\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wide = "{\"more\":\"x\"}".getBytes(Charset.forName("UTF-16LE"));
        cases.add(new Case("Latin-1", draft -> json(draft, latin), Verdict.refused("body")));
        cases.add(new Case("overlong UTF-8", draft -> json(draft, overlong), Verdict.refused("body")));
        cases.add(new Case("a surrogate in UTF-8", draft -> json(draft, surrogate), Verdict.refused("body", "more")));
        cases.add(new Case("UTF-16", draft -> json(draft, wide), Verdict.HANDLED));
        return cases;
    }

    private Answer json(Draft draft, byte[] bytes) {
        return withoutBody(draft).bytes("application/json", bytes).send();
    }
}
