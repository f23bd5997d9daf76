package io.cloneplatform.gateway.validate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a JSON body strictly: one object, no name twice, bounded depth, no number in exponent notation, no character that
 * a database cannot store. Each complaint names the field.
 */
public final class BodyReader {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxNumberLength(40)
                    .build())
            .build();

    private BodyReader() {}

    /** The body's object; an empty body is an empty object. */
    public static ObjectNode read(byte[] body) throws BadInput {
        try (JsonParser parser = FACTORY.createParser(text(body))) {
            return read(parser);
        } catch (JsonProcessingException e) {
            throw BadInput.body("is not valid JSON" + place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode read(JsonParser parser) throws IOException, BadInput {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Json.object();
            }
            if (first != JsonToken.START_OBJECT) {
                throw BadInput.body("must be a JSON object");
            }
            ObjectNode object = object(parser, "");
            if (parser.nextToken() != null) {
                throw BadInput.body("has something after its end");
            }
            return object;
        } catch (StreamConstraintsException e) {
            throw BadInput.unreadable(outermostName(parser), "is nested too deeply or has a number that is too long");
        }
    }

    // The field of the body that the parser is in, however deep.
    private static String outermostName(JsonParser parser) {
        String name = "body";
        for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
            if (at.hasCurrentName()) {
                name = at.getCurrentName();
            }
        }
        return name;
    }

    // The parser alone would accept overlong encodings.
    private static String text(byte[] body) throws BadInput {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BadInput.body("is not UTF-8");
        }
    }

    private static ObjectNode object(JsonParser parser, String path) throws IOException, BadInput {
        ObjectNode object = Json.object();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String field = path.isEmpty() ? name : path + "." + name;
            requireStorable(name, "body");
            if (object.has(name)) {
                throw BadInput.field(field, "is given twice");
            }
            parser.nextToken();
            object.set(name, value(parser, field));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser, String path) throws IOException, BadInput {
        ArrayNode array = Json.MAPPER.createArrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, path));
        }
        return array;
    }

    private static JsonNode value(JsonParser parser, String field) throws IOException, BadInput {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                return object(parser, field);
            }
            case START_ARRAY -> {
                return array(parser, field);
            }
            case VALUE_STRING -> requireStorable(parser.getText(), field);
            case VALUE_NUMBER_FLOAT -> requirePlain(parser.getText(), field);
            default -> {}
        }
        return scalar(parser);
    }

    private static JsonNode scalar(JsonParser parser) throws IOException {
        var nodes = Json.MAPPER.getNodeFactory();
        return switch (parser.currentToken()) {
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? nodes.numberNode(parser.getBigIntegerValue())
                        : nodes.numberNode(parser.getLongValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            default -> nodes.nullNode();
        };
    }

    private static void requirePlain(String number, String field) throws BadInput {
        if (number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
            throw BadInput.field(field, "must be written without an exponent");
        }
    }

    /** Refuses what PostgreSQL's text cannot hold: NUL and half of a surrogate pair. */
    static void requireStorable(String text, String field) throws BadInput {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw BadInput.field(field, "contains a character that is not allowed");
            }
        }
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
