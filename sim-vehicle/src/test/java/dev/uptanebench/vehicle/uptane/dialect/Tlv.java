package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A value in BER as a tree that tests take apart and put together wrongly.
 *
 * @param lengthOctets how many to write the length in; 0 for as few as it takes, -1 for an indefinite length
 */
record Tlv(int tag, Bytes content, List<Tlv> children, int lengthOctets) {

    static Tlv of(int tag, int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return new Tlv(tag, Bytes.of(bytes), List.of(), 0);
    }

    static Tlv of(int tag, byte[] content) {
        return new Tlv(tag, Bytes.of(content), List.of(), 0);
    }

    static Tlv parse(byte[] file) {
        return parseAll(file).getFirst();
    }

    private static List<Tlv> parseAll(byte[] file) {
        List<Tlv> all = new ArrayList<>();
        for (int at = 0; at < file.length;) {
            int tag = file[at] & 0xff;
            int octets = file[at + 1] < 0 ? file[at + 1] & 0x7f : 0;
            int length = octets == 0 ? file[at + 1] : 0;
            for (int i = 0; i < octets; i++) {
                length = 256 * length + (file[at + 2 + i] & 0xff);
            }
            int from = at + 2 + octets;
            at = from + length;
            byte[] content = Arrays.copyOfRange(file, from, at);
            boolean constructed = (tag & 0x20) != 0;
            all.add(new Tlv(tag, Bytes.of(constructed ? new byte[0] : content),
                    constructed ? parseAll(content) : List.of(), 0));
        }
        return all;
    }

    Tlv withTag(int other) {
        return new Tlv(other, content, children, lengthOctets);
    }

    Tlv withLengthIn(int octets) {
        return new Tlv(tag, content, children, octets);
    }

    Tlv withChildren(UnaryOperator<List<Tlv>> change) {
        return new Tlv(tag, content, change.apply(new ArrayList<>(children)), lengthOctets);
    }

    /** This value with the one at a path of child numbers changed. */
    Tlv at(List<Integer> path, UnaryOperator<Tlv> change) {
        if (path.isEmpty()) {
            return change.apply(this);
        }
        return withChildren(all -> {
            all.set(path.getFirst(), all.get(path.getFirst()).at(path.subList(1, path.size()), change));
            return all;
        });
    }

    byte[] encoded() {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(content.toArray());
        children.forEach(child -> inner.writeBytes(child.encoded()));
        byte[] body = inner.toByteArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int needed = body.length < 0x80 ? 0 : body.length < 0x100 ? 1 : body.length < 0x10000 ? 2 : 3;
        int octets = lengthOctets > 0 ? lengthOctets : needed;
        if (lengthOctets < 0) {
            out.write(0x80);
        } else if (octets == 0) {
            out.write(body.length);
        } else {
            out.write(0x80 | octets);
            for (int i = octets - 1; i >= 0; i--) {
                out.write(i > 3 ? 0 : body.length >> (8 * i));
            }
        }
        out.writeBytes(body);
        if (lengthOctets < 0) {
            out.writeBytes(new byte[2]);
        }
        return out.toByteArray();
    }
}
