package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Strict access to a sequence in DER (X.690) that somebody else wrote: fields in their order, under automatic tags, each
 * in the one encoding that DER knows for it. A getter says what it expected and where. It never looks deeper than it is
 * asked to.
 */
final class DerReader {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int UTF8 = 0x0c;
    static final int VISIBLE = 0x1a;
    static final int SEQUENCE = 0x30;
    /** Of one text or one run of octets; names in use are far shorter. */
    static final int MOST_OCTETS = 4096;
    private static final int FIELD = 0x80;
    private static final int CONSTRUCTED = 0x20;
    private static final int MOST_LENGTH_OCTETS = 3;

    private final byte[] file;
    private final int end;
    private final String path;
    private int at;

    private DerReader(byte[] file, int from, int end, String path) {
        this.file = file;
        this.at = from;
        this.end = end;
        this.path = path;
    }

    /** How a sequence is read. */
    @FunctionalInterface
    interface Reading<T> {
        T read(DerReader sequence) throws MalformedMetadata;
    }

    /** Reads a file that is one sequence and nothing else. */
    static <T> T read(Bytes file, Reading<T> reading) throws MalformedMetadata {
        byte[] bytes = file.toArray();
        DerReader whole = new DerReader(bytes, 0, bytes.length, "");
        T read = whole.inside(SEQUENCE, "", reading);
        whole.requireEnd();
        return read;
    }

    /** Whether the next field is that one, of any form. */
    boolean has(int field) {
        return at < end && (file[at] & ~CONSTRUCTED & 0xff) == (FIELD | field);
    }

    /** Field {@code field} as a sequence, or as a choice, of its own. */
    <T> T sequence(int field, String name, Reading<T> reading) throws MalformedMetadata {
        return inside(FIELD | CONSTRUCTED | field, name, reading);
    }

    private <T> T inside(int tag, String name, Reading<T> reading) throws MalformedMetadata {
        int length = enter(tag, name);
        DerReader inner = new DerReader(file, at, at + length, join(name));
        at += length;
        T read = reading.read(inner);
        inner.requireEnd();
        return read;
    }

    private void requireEnd() throws MalformedMetadata {
        if (at != end) {
            throw new MalformedMetadata(at("") + ": expected nothing further, found "
                    + (end - at) + " bytes");
        }
    }

    /** A list with its length in front: fields {@code field} and the one after it. Its elements are sequences. */
    <T> List<T> sequences(int field, String name, Reading<T> reading) throws MalformedMetadata {
        return list(field, name, (elements, each) -> elements.inside(SEQUENCE, each, reading));
    }

    /** How one element of a list is read. */
    @FunctionalInterface
    interface Element<T> {
        T read(DerReader elements, String name) throws MalformedMetadata;
    }

    <T> List<T> list(int field, String name, Element<T> element) throws MalformedMetadata {
        long count = integer(field, "number of " + name, 0, Integer.MAX_VALUE);
        List<T> all = sequence(field + 1, name, elements -> {
            List<T> read = new ArrayList<>();
            while (elements.at < elements.end) {
                read.add(element.read(elements, "[" + read.size() + ']'));
            }
            return read;
        });
        if (all.size() != count) {
            throw problem("number of " + name, all.size() + ", as many as there are");
        }
        return all;
    }

    /** A list of sequences that have names, which are all different and rise (compared by UTF-16 units). */
    <T> SortedMap<String, T> named(int field, String name, Reading<Map.Entry<String, T>> reading)
            throws MalformedMetadata {
        SortedMap<String, T> all = new TreeMap<>();
        for (Map.Entry<String, T> entry : sequences(field, name, reading)) {
            if (!all.isEmpty() && all.lastKey().compareTo(entry.getKey()) >= 0) {
                throw problem(name, "each once, in ascending order");
            }
            all.put(entry.getKey(), entry.getValue());
        }
        return all;
    }

    long integer(int field, String name, long least, long most) throws MalformedMetadata {
        BigInteger value = whole(FIELD | field, name);
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw problem(name, "an integer from " + least + " to " + most);
        }
        return value.longValue();
    }

    /** An element of a list that is an integer of any size. */
    BigInteger wholeNumber(String name) throws MalformedMetadata {
        return whole(INTEGER, name);
    }

    private BigInteger whole(int tag, String name) throws MalformedMetadata {
        byte[] octets = value(tag, name);
        boolean padded = octets.length > 1 && octets[0] == octets[1] >> 7;
        if (octets.length == 0 || padded) {
            throw problem(name, "an integer in as few octets as it takes");
        }
        return new BigInteger(octets);
    }

    /** One of a list of names by its number. */
    String enumerated(int field, String name, List<String> names) throws MalformedMetadata {
        BigInteger value = whole(FIELD | field, name);
        if (value.signum() < 0 || value.compareTo(BigInteger.valueOf(names.size())) >= 0) {
            throw problem(name, "one of " + names);
        }
        return names.get(value.intValue());
    }

    /** A flag that is false by default and then not written. */
    boolean flag(int field, String name) throws MalformedMetadata {
        if (!has(field)) {
            return false;
        }
        if (!Arrays.equals(value(FIELD | field, name), new byte[]{-1})) {
            throw problem(name, "true, or nothing");
        }
        return true;
    }

    Bytes octets(int field, String name) throws MalformedMetadata {
        return Bytes.of(octets(FIELD | field, name, 1));
    }

    /** An element of a list that is a run of octets. */
    Bytes octetString(String name) throws MalformedMetadata {
        return Bytes.of(octets(OCTETS, name, 1));
    }

    /** A text in UTF-8. */
    String text(int field, String name, int least) throws MalformedMetadata {
        return utf8(octets(FIELD | field, name, least), name);
    }

    /** An element of a list that is a text: visible ASCII, or UTF-8 where that is not enough. */
    String text(String name) throws MalformedMetadata {
        boolean visible = at < end && file[at] == VISIBLE;
        String text = utf8(octets(visible ? VISIBLE : UTF8, name, 1), name);
        if (isVisible(text) != visible) {
            throw problem(name, visible ? "visible characters" : "a VisibleString for visible characters");
        }
        return text;
    }

    static boolean isVisible(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private String utf8(byte[] octets, String name) throws MalformedMetadata {
        String text = new String(octets, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), octets)) {
            throw problem(name, "UTF-8");
        }
        return text;
    }

    /** The next field as it stands, tag and length included; it is there to be read still. */
    Bytes raw(int field, String name) throws MalformedMetadata {
        int constructed = at < end ? file[at] & CONSTRUCTED : 0;
        int from = at;
        Bytes raw = rawValue(FIELD | constructed | field, name);
        at = from;
        return raw;
    }

    /** An element of a list that is a sequence, as it stands. */
    Bytes rawSequence(String name) throws MalformedMetadata {
        return rawValue(SEQUENCE, name);
    }

    private Bytes rawValue(int tag, String name) throws MalformedMetadata {
        int from = at;
        int length = enter(tag, name);
        at += length;
        return Bytes.of(Arrays.copyOfRange(file, from, at));
    }

    private byte[] octets(int tag, String name, int least) throws MalformedMetadata {
        byte[] octets = value(tag, name);
        if (octets.length < least) {
            throw problem(name, "at least " + least + " octet");
        }
        return octets;
    }

    private byte[] value(int tag, String name) throws MalformedMetadata {
        int length = enter(tag, name);
        if (length > MOST_OCTETS) {
            throw problem(name, "at most " + MOST_OCTETS + " octets");
        }
        byte[] octets = Arrays.copyOfRange(file, at, at + length);
        at += length;
        return octets;
    }

    /** Goes past tag and length; gives the length, which fits into what is left. */
    private int enter(int tag, String name) throws MalformedMetadata {
        if (at == end) {
            throw new MalformedMetadata(at(name) + ": missing");
        }
        int found = file[at] & 0xff;
        if (found != tag) {
            throw problem(name, "tag %02x, found %02x".formatted(tag, found));
        }
        at++;
        int length = length(name);
        if (length > end - at) {
            throw problem(name, "at most " + (end - at) + " bytes, as many as are left");
        }
        return length;
    }

    private int length(String name) throws MalformedMetadata {
        int first = at < end ? file[at++] & 0xff : -1;
        int octets = first & 0x7f;
        if (first >= 0 && first < 0x80) {
            return first;
        }
        int length = 0;
        if (first > 0x80 && octets <= MOST_LENGTH_OCTETS && octets <= end - at) {
            for (int i = 0; i < octets; i++) {
                length = 256 * length + (file[at++] & 0xff);
            }
        }
        if (length < 0x80 || (length >> (8 * (octets - 1))) == 0) {
            throw problem(name, "a length in as few octets as it takes, at most " + MOST_LENGTH_OCTETS);
        }
        return length;
    }

    MalformedMetadata problem(String name, String expected) {
        return new MalformedMetadata(at(name) + ": expected " + expected);
    }

    private String at(String name) {
        String joined = join(name);
        return joined.isEmpty() ? "file" : joined;
    }

    private String join(String name) {
        boolean plain = path.isEmpty() || name.isEmpty() || name.startsWith("[");
        return plain ? path + name : path + '.' + name;
    }
}
