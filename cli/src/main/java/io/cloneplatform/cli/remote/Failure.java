package io.cloneplatform.cli.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;

/** A command that cannot go on: a sentence for a person, a problem document for a program, and an exit code. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exit;
    private final transient ObjectNode problem;

    private Failure(int exit, String sentence, ObjectNode problem) {
        super(sentence, null, false, false);
        this.exit = exit;
        this.problem = problem;
    }

    /** Something the command itself found. */
    public static Failure of(String code, String sentence) {
        return new Failure(Exit.FAILED, sentence, document(code, sentence));
    }

    /** What the platform answered instead of doing it. */
    static Failure refused(String sentence, ObjectNode problem) {
        return new Failure(Exit.FAILED, sentence, problem);
    }

    /** Nobody answers there. */
    static Failure unreachable(String sentence) {
        return new Failure(Exit.UNREACHABLE, sentence, document("UNREACHABLE", sentence));
    }

    /** A change of which nobody knows whether it was made. */
    static Failure unknown(String sentence, String idempotencyKey) {
        ObjectNode problem = document("OUTCOME_UNKNOWN", sentence).put("idempotencyKey", idempotencyKey);
        return new Failure(Exit.FAILED, sentence, problem);
    }

    private static ObjectNode document(String code, String sentence) {
        return Json.object().put("error", sentence).put("code", code);
    }

    /** The exit code of the command. */
    public int exit() {
        return exit;
    }

    /** The failure for a program: at least {@code error} and {@code code}. */
    public ObjectNode problem() {
        return problem.deepCopy();
    }

    /** The stable token of the problem. */
    public String code() {
        return problem.path("code").asText();
    }
}
