package dev.uptanebench.vehicle.delta;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Looks for each piece of the target in the source, takes the first of the same bytes and goes on as far as they agree. */
final class VcdiffEncoder {
    /** Bytes that have to agree before they are copied: less costs more to tell than it saves. */
    private static final int LEAST = 8;
    private static final int SLOTS = 1 << 16;
    private static final int NOWHERE = -1;

    private final byte[] source;
    private final byte[] target;
    private final int[] places = new int[SLOTS];
    private final AddressCache cache = new AddressCache();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream instructions = new ByteArrayOutputStream();
    private final ByteArrayOutputStream addresses = new ByteArrayOutputStream();

    VcdiffEncoder(byte[] source, byte[] target) {
        this.source = source;
        this.target = target;
    }

    byte[] encode() {
        Arrays.fill(places, NOWHERE);
        for (int at = source.length - LEAST; at >= 0; at--) {
            places[slot(source, at)] = at;
        }
        int added = 0;
        int at = 0;
        while (at < target.length) {
            int place = at + LEAST <= target.length ? places[slot(target, at)] : NOWHERE;
            int length = place == NOWHERE ? 0 : agreement(place, at);
            if (length < LEAST) {
                at++;
                continue;
            }
            add(added, at);
            copy(place, at, length);
            at += length;
            added = at;
        }
        add(added, target.length);
        return file();
    }

    private static int slot(byte[] bytes, int at) {
        int hash = 0;
        for (int i = 0; i < LEAST; i++) {
            hash = (hash * 0x01000193) ^ (bytes[at + i] & 0xFF);
        }
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }

    private int agreement(int place, int at) {
        int length = Arrays.mismatch(source, place, source.length, target, at, target.length);
        return length < 0 ? target.length - at : length;
    }

    private void add(int from, int to) {
        int size = to - from;
        if (size == 0) {
            return;
        }
        if (size <= CodeTable.LARGEST_ADD) {
            instructions.write(CodeTable.FIRST_ADD + size);
        } else {
            instructions.write(CodeTable.FIRST_ADD);
            number(instructions, size);
        }
        data.write(target, from, size);
    }

    private void copy(int place, int at, int size) {
        AddressCache.Told told = cache.tell(place, source.length + at);
        int code = CodeTable.FIRST_COPY + told.mode() * CodeTable.COPIES_OF_A_MODE;
        if (size >= CodeTable.SMALLEST_COPY && size <= CodeTable.LARGEST_COPY) {
            instructions.write(code + 1 + size - CodeTable.SMALLEST_COPY);
        } else {
            instructions.write(code);
            number(instructions, size);
        }
        if (told.single()) {
            addresses.write(told.number());
        } else {
            number(addresses, told.number());
        }
    }

    private byte[] file() {
        ByteArrayOutputStream window = new ByteArrayOutputStream();
        number(window, target.length);
        window.write(0); // nothing is compressed
        number(window, data.size());
        number(window, instructions.size());
        number(window, addresses.size());
        window.writeBytes(data.toByteArray());
        window.writeBytes(instructions.toByteArray());
        window.writeBytes(addresses.toByteArray());

        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int octet : Vcdiff.MAGIC) {
            file.write(octet);
        }
        file.write(0); // neither a compressor nor a code table
        if (source.length == 0) {
            file.write(0);
        } else {
            file.write(Vcdiff.VCD_SOURCE);
            number(file, source.length);
            number(file, 0);
        }
        number(file, window.size());
        file.writeBytes(window.toByteArray());
        return file.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int number) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if ((number >>> shift) != 0) {
                out.write(((number >>> shift) & 0x7F) | 0x80);
            }
        }
        out.write(number & 0x7F);
    }
}
