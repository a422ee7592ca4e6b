package dev.uptanebench.vehicle.history;

import dev.uptanebench.vehicle.kernel.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks for clear bytes of images that are to be secret, in whatever crosses a wire and however it is cut up: every
 * {@link #WINDOW} bytes of such an image are known, and found at any place by a rolling hash. So each run of
 * {@code 2 * WINDOW - 1} of its bytes is noticed. Filling and patterns are no secret.
 */
final class WireWatch {
    static final int WINDOW = 32;
    private static final int LEAST_DIFFERENT = 12;
    private static final long BASE = 0x9E37_79B9_7F4A_7C15L;
    private static final long LEAVING = power(WINDOW - 1);

    private final Map<Long, List<Piece>> pieces = new HashMap<>();
    private final Set<String> secrets = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    /** So many bytes of a clear image. */
    private static final class Piece {
        private final String ecu;
        private final String sha256;
        private final byte[] clear;
        private final int offset;

        Piece(String ecu, String sha256, byte[] clear, int offset) {
            this.ecu = ecu;
            this.sha256 = sha256;
            this.clear = clear;
            this.offset = offset;
        }

        boolean isAt(byte[] bytes, int at) {
            return Arrays.equals(bytes, at, at + WINDOW, clear, offset, offset + WINDOW);
        }
    }

    void add(String ecu, byte[] clear, byte[] known) {
        String sha256 = Sha256.hex(clear);
        if (!secrets.add(ecu + ' ' + sha256)) {
            return;
        }
        WireWatch own = new WireWatch();
        for (int at = 0; at + WINDOW <= clear.length; at += WINDOW) {
            if (isTelling(clear, at)) {
                own.put(new Piece(ecu, sha256, clear, at));
            }
        }
        Set<Integer> inBoth = own.offsets(known);
        own.pieces.values().forEach(all -> all.stream().filter(piece -> !inBoth.contains(piece.offset))
                .forEach(this::put));
    }

    private void put(Piece piece) {
        pieces.computeIfAbsent(hash(piece.clear, piece.offset), _ -> new ArrayList<>()).add(piece);
    }

    private Set<Integer> offsets(byte[] known) {
        Set<Integer> found = new HashSet<>();
        find(known, piece -> found.add(piece.offset));
        return found;
    }

    /** What was not told before. */
    List<Event.ClearBytesSeen> look(String channel, byte[] bytes) {
        List<Event.ClearBytesSeen> seen = new ArrayList<>();
        find(bytes, piece -> {
            if (told.add(channel + ' ' + piece.ecu + ' ' + piece.sha256)) {
                seen.add(new Event.ClearBytesSeen(piece.ecu, piece.sha256, channel, piece.offset));
            }
        });
        return seen;
    }

    private void find(byte[] bytes, Consumer<Piece> found) {
        if (pieces.isEmpty() || bytes.length < WINDOW) {
            return;
        }
        long hash = hash(bytes, 0);
        for (int at = 0;; at++) {
            for (Piece piece : pieces.getOrDefault(hash, List.of())) {
                if (piece.isAt(bytes, at)) {
                    found.accept(piece);
                }
            }
            if (at + WINDOW == bytes.length) {
                return;
            }
            hash = (hash - bytes[at] * LEAVING) * BASE + bytes[at + WINDOW];
        }
    }

    private static boolean isTelling(byte[] clear, int at) {
        Set<Byte> different = new HashSet<>();
        for (int i = at; i < at + WINDOW; i++) {
            different.add(clear[i]);
        }
        return different.size() >= LEAST_DIFFERENT;
    }

    private static long hash(byte[] bytes, int from) {
        long hash = 0;
        for (int i = from; i < from + WINDOW; i++) {
            hash = hash * BASE + bytes[i];
        }
        return hash;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= BASE;
        }
        return power;
    }
}
