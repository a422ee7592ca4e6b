package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * OLPC canonical JSON, the signing input of tuf-json: keys sorted by code point, no white space, no fractions, and in
 * strings only {@code "} and {@code \} escaped.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    /** @throws MalformedMetadata if the value has no canonical form, such as a fraction */
    static Bytes encode(JsonNode value) throws MalformedMetadata {
        StringBuilder out = new StringBuilder(512);
        write(value, out);
        return Bytes.utf8(out.toString());
    }

    private static void write(JsonNode value, StringBuilder out) throws MalformedMetadata {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, out);
            case ARRAY -> writeArray(value, out);
            case STRING -> writeString(value.stringValue(), out);
            case NUMBER -> {
                if (!value.isIntegralNumber()) {
                    throw new MalformedMetadata("expected an integer, found " + value);
                }
                out.append(value.bigIntegerValue());
            }
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO -> throw new MalformedMetadata("expected JSON, found " + value.getNodeType());
        }
    }

    private static void writeObject(JsonNode value, StringBuilder out) throws MalformedMetadata {
        TreeMap<String, JsonNode> sorted = new TreeMap<>(CanonicalJson::compareCodePoints);
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            sorted.put(property.getKey(), property.getValue());
        }
        out.append('{');
        char separator = 0;
        for (Map.Entry<String, JsonNode> property : sorted.entrySet()) {
            if (separator != 0) {
                out.append(separator);
            }
            separator = ',';
            writeString(property.getKey(), out);
            out.append(':');
            write(property.getValue(), out);
        }
        out.append('}');
    }

    private static void writeArray(JsonNode value, StringBuilder out) throws MalformedMetadata {
        out.append('[');
        for (int i = 0; i < value.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(value.get(i), out);
        }
        out.append(']');
    }

    private static void writeString(String text, StringBuilder out) throws MalformedMetadata {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
            if (Character.isSurrogate(c)) { // half a pair has no UTF-8: two texts would have one form
                i++;
                if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
                    throw new MalformedMetadata("expected Unicode, found half a character");
                }
                out.append(text.charAt(i));
            }
        }
        out.append('"');
    }

    /** The order of UTF-8 bytes, which UTF-16 order is not once surrogates come in. */
    private static int compareCodePoints(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
                return surrogates ? Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y)) : x - y;
            }
        }
        return a.length() - b.length();
    }
}
