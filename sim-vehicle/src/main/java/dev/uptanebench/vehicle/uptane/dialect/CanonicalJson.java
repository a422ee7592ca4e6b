package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Canonical JSON: keys sorted by code point, no white space, no fractions. Dialects differ in what they escape in
 * strings.
 */
final class CanonicalJson {
    private static final String HEX = "0123456789abcdef";

    private final Escapes escapes;
    private byte[] out;
    private int length;

    /** What is escaped in strings. */
    private enum Escapes {
        /** OLPC, the signing input of tuf-json: quotes and backslashes alone. */
        OLPC,
        /** The same as a file that JSON parsers read: control characters too. */
        OLPC_FILE,
        /** The OTA Connect family's, of files and signing input alike: as JSON does, and whatever is not ASCII. */
        ASCII
    }

    private CanonicalJson(Escapes escapes, int expectedLength) {
        this.escapes = escapes;
        this.out = new byte[Math.max(1024, expectedLength)];
    }

    /** @throws MalformedMetadata if the value has no canonical form, such as a fraction */
    static Bytes encode(JsonNode value) throws MalformedMetadata {
        return encode(value, 0);
    }

    /** @param expectedLength about how long it will be */
    static Bytes encode(JsonNode value, int expectedLength) throws MalformedMetadata {
        return encode(value, Escapes.OLPC, expectedLength);
    }

    /**
     * The same as a file that JSON parsers read: control characters, which the canonical form has as they are, are
     * escaped, as in the line breaks of a PEM.
     */
    static Bytes encodeFile(JsonNode value) throws MalformedMetadata {
        return encode(value, Escapes.OLPC_FILE, 0);
    }

    /** The OTA Connect family's form: ASCII alone, all else escaped by its UTF-16 code in four small hex digits. */
    static Bytes encodeAscii(JsonNode value, int expectedLength) throws MalformedMetadata {
        return encode(value, Escapes.ASCII, expectedLength);
    }

    private static Bytes encode(JsonNode value, Escapes escapes, int expectedLength) throws MalformedMetadata {
        CanonicalJson canonical = new CanonicalJson(escapes, expectedLength);
        canonical.write(value);
        return Bytes.of(canonical.out, canonical.length);
    }

    private void write(JsonNode value) throws MalformedMetadata {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value);
            case ARRAY -> writeArray(value);
            case STRING -> writeString(value.stringValue());
            case NUMBER -> {
                if (!value.isIntegralNumber()) {
                    throw new MalformedMetadata("expected an integer, found " + value);
                }
                ascii(value.canConvertToLong() ? Long.toString(value.longValue()) : value.bigIntegerValue().toString());
            }
            case BOOLEAN -> ascii(value.booleanValue() ? "true" : "false");
            case NULL -> ascii("null");
            case BINARY, MISSING, POJO -> throw new MalformedMetadata("expected JSON, found " + value.getNodeType());
        }
    }

    private void writeObject(JsonNode value) throws MalformedMetadata {
        put('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> property : sorted(value.properties())) {
            if (!first) {
                put(',');
            }
            first = false;
            writeString(property.getKey());
            put(':');
            write(property.getValue());
        }
        put('}');
    }

    /** Files are mostly written in canonical form: then there is nothing to sort. */
    private static Set<Map.Entry<String, JsonNode>> sorted(Set<Map.Entry<String, JsonNode>> properties) {
        String before = "";
        for (Map.Entry<String, JsonNode> property : properties) {
            if (compareCodePoints(before, property.getKey()) > 0) {
                TreeMap<String, JsonNode> sorted = new TreeMap<>(CanonicalJson::compareCodePoints);
                properties.forEach(each -> sorted.put(each.getKey(), each.getValue()));
                return sorted.entrySet();
            }
            before = property.getKey();
        }
        return properties;
    }

    private void writeArray(JsonNode value) throws MalformedMetadata {
        put('[');
        for (int i = 0; i < value.size(); i++) {
            if (i > 0) {
                put(',');
            }
            write(value.get(i));
        }
        put(']');
    }

    private void writeString(String text) throws MalformedMetadata {
        put('"');
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (isPlain(text, utf8)) {
            room(utf8.length);
            System.arraycopy(utf8, 0, out, length, utf8.length);
            length += utf8.length;
        } else {
            writeEscaped(text);
        }
        put('"');
    }

    /**
     * Nearly every string is: ASCII without anything to escape. Asked in a way that compares whole strings at once; half
     * a surrogate pair becomes one byte too, but another character.
     */
    private boolean isPlain(String text, byte[] utf8) {
        return utf8.length == text.length() && text.indexOf('"') < 0 && text.indexOf('\\') < 0
                && new String(utf8, StandardCharsets.ISO_8859_1).equals(text)
                && (escapes == Escapes.OLPC || !hasControl(utf8));
    }

    private static boolean hasControl(byte[] ascii) {
        for (byte octet : ascii) {
            if (octet < 0x20) {
                return true;
            }
        }
        return false;
    }

    private void writeEscaped(String text) throws MalformedMetadata {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (escapes != Escapes.OLPC && c < 0x20) {
                writeControl(c);
            } else if (c < 0x80) {
                put(c);
            } else {
                int end = end(text, i);
                writeBeyondAscii(text.substring(i, end));
                i = end - 1;
            }
        }
    }

    /** Where the character ends that begins there. */
    private static int end(String text, int begin) throws MalformedMetadata {
        int end = begin + 1;
        if (!Character.isSurrogate(text.charAt(begin))) {
            return end;
        }
        // half a pair has no UTF-8: two texts would have one form
        if (end == text.length() || !Character.isSurrogatePair(text.charAt(begin), text.charAt(end))) {
            throw new MalformedMetadata("expected Unicode, found half a character");
        }
        return end + 1;
    }

    private void writeControl(char c) {
        int letter = escapes == Escapes.ASCII ? "\b\f\n\r\t".indexOf(c) : -1;
        if (letter >= 0) {
            put('\\');
            put("bfnrt".charAt(letter));
        } else {
            writeUnit(c);
        }
    }

    private void writeBeyondAscii(String character) {
        if (escapes == Escapes.ASCII) {
            for (int i = 0; i < character.length(); i++) {
                writeUnit(character.charAt(i));
            }
        } else {
            for (byte part : character.getBytes(StandardCharsets.UTF_8)) {
                put(part);
            }
        }
    }

    private void writeUnit(char c) {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX.charAt(c >> shift & 15));
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(int octet) {
        room(1);
        out[length++] = (byte) octet;
    }

    private void room(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
        }
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
