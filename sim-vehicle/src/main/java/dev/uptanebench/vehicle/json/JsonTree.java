package dev.uptanebench.vehicle.json;

import java.io.StringWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Text that is one JSON value and nothing after it, in which no object has a property twice, as a tree. A mapper would do
 * the same, but setting one up takes a fresh process as long as checking hundreds of signatures.
 */
public final class JsonTree {
    private static final int DEEPEST = 32;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(20)
                    .maxNameLength(4096).maxStringLength(64 * 1024).maxDocumentLength(16L * 1024 * 1024).build())
            // A repository's names are all different: a table of them would only grow.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES).build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /**
     * The value; nothing at all is a missing one.
     *
     * @throws JacksonException if the text is no such value, or larger or deeper than anybody needs
     */
    public static JsonNode read(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            JsonNode value = first == null ? NODES.missingNode() : value(parser, first);
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "Something after the value");
            }
            return value;
        }
    }

    /** The value that begins with this token. An object is in another by way of this: no more than {@link #DEEPEST} are. */
    private static JsonNode value(JsonParser parser, JsonToken begin) {
        return switch (begin) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> switch (parser.getNumberType()) {
                case INT -> NODES.numberNode(parser.getIntValue());
                case LONG -> NODES.numberNode(parser.getLongValue());
                default -> NODES.numberNode(parser.getBigIntegerValue());
            };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new StreamReadException(parser, "No value where one belongs");
        };
    }

    private static JsonNode object(JsonParser parser) {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (object.replace(name, value(parser, parser.nextToken())) != null) {
                throw new StreamReadException(parser, "Duplicate property '" + name + "'");
            }
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            array.add(value(parser, next));
        }
        return array;
    }

    /** The text of a value, without white space. */
    public static String write(JsonNode value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, out);
        }
        return text.toString();
    }

    private static void write(JsonNode value, JsonGenerator out) {
        switch (value.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                value.forEachEntry((name, each) -> {
                    out.writeName(name);
                    write(each, out);
                });
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                value.forEach(each -> write(each, out));
                out.writeEndArray();
            }
            case STRING -> out.writeString(value.stringValue());
            case NUMBER -> {
                if (value.isIntegralNumber()) {
                    out.writeNumber(value.bigIntegerValue());
                } else {
                    out.writeNumber(value.doubleValue());
                }
            }
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            case NULL -> out.writeNull();
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON is " + value.getNodeType());
        }
    }
}
