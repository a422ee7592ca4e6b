package dev.uptanebench.vehicle.delta;

import java.util.Arrays;

/** Addresses that were copied from lately, by which further ones are told in fewer bytes (RFC 3284, section 5.1). */
final class AddressCache {
    static final int SELF = 0;
    static final int HERE = 1;
    static final int FIRST_NEAR = 2;
    static final int NEAR = 4;
    static final int FIRST_SAME = FIRST_NEAR + NEAR;
    static final int SAME = 3;
    static final int MODES = FIRST_SAME + SAME;

    private static final int BYTE_VALUES = 256;

    private final int[] near = new int[NEAR];
    private final int[] same = new int[SAME * BYTE_VALUES];
    private int next;

    /** An address as it is told: in that mode, by that number. */
    record Told(int mode, int number) {
        /** Whether the number takes one byte always. */
        boolean single() {
            return mode >= FIRST_SAME;
        }
    }

    /**
     * The address that was told, which is remembered.
     *
     * @param here where the copy goes to
     * @throws NoDelta where it lies at or behind {@code here}, or before the beginning
     */
    int address(int mode, VcdiffInput addresses, int here) throws NoDelta {
        long address = switch (mode) {
            case SELF -> addresses.number();
            case HERE -> (long) here - addresses.number();
            default -> mode < FIRST_SAME
                    ? (long) near[mode - FIRST_NEAR] + addresses.number()
                    : same[(mode - FIRST_SAME) * BYTE_VALUES + addresses.octet()];
        };
        if (address < 0 || address >= here) {
            throw new NoDelta("it copies from " + address + ", where nothing is yet at " + here);
        }
        remember((int) address);
        return (int) address;
    }

    /** The shortest way to tell an address, which is remembered. */
    Told tell(int address, int here) {
        Told best = new Told(SELF, address);
        if (here - address < best.number()) {
            best = new Told(HERE, here - address);
        }
        for (int i = 0; i < NEAR; i++) {
            if (address >= near[i] && address - near[i] < best.number()) {
                best = new Told(FIRST_NEAR + i, address - near[i]);
            }
        }
        int slot = address % same.length;
        if (same[slot] == address && best.number() >= 1 << 7) {
            best = new Told(FIRST_SAME + slot / BYTE_VALUES, slot % BYTE_VALUES);
        }
        remember(address);
        return best;
    }

    private void remember(int address) {
        near[next] = address;
        next = (next + 1) % NEAR;
        same[address % same.length] = address;
    }

    /** Every window begins anew. */
    void clear() {
        Arrays.fill(near, 0);
        Arrays.fill(same, 0);
        next = 0;
    }
}
