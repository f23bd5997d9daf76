package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cloneplatform.acceptance.contract.Rubbish.Verdict;
import io.cloneplatform.gateway.document.ApiParameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Says from the document what has to become of a value of one parameter. */
final class ParameterOracle {
    private static final Set<String> NOT_TEXT = Set.of("lone surrogate", "not UTF-8", "overlong");

    private final Document document;
    private final ApiParameter parameter;

    ParameterOracle(Document document, ApiParameter parameter) {
        this.document = document;
        this.parameter = parameter;
    }

    Verdict verdict(String name, String encoded) {
        if (NOT_TEXT.contains(name)) {
            return Verdict.HANDLED;
        }
        String text = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        boolean refused = text.indexOf('\0') >= 0
                || !document.schema(parameter.schema()).validate(typed(text)).isEmpty();
        return refused ? Verdict.refused(parameter.name()) : Verdict.HANDLED;
    }

    private JsonNode typed(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parameter.type()) {
            case "integer" ->
                text.matches("-?[0-9]{1,18}") ? nodes.numberNode(Long.parseLong(text)) : nodes.textNode(text);
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? nodes.booleanNode(text.equals("true"))
                        : nodes.textNode(text);
            default -> nodes.textNode(text);
        };
    }
}
