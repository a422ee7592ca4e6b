package dev.uptanebench.vehicle.delta;

/** The default table of instruction codes (RFC 3284, section 5.6): each code stands for one or two instructions. */
final class CodeTable {
    static final int NONE = 0;
    static final int ADD = 1;
    static final int RUN = 2;
    static final int COPY = 3;

    static final int CODES = 256;
    /** The code of an ADD whose size follows; those of sizes from 1 come after it. */
    static final int FIRST_ADD = 1;
    static final int LARGEST_ADD = 17;
    /** The code of a COPY in mode 0 whose size follows. */
    static final int FIRST_COPY = 19;
    static final int COPIES_OF_A_MODE = 16;
    static final int SMALLEST_COPY = 4;
    static final int LARGEST_COPY = 18;

    private static final Instruction[][] CODE = new Instruction[CODES][];

    /** @param size 0 where it follows in the instructions */
    record Instruction(int kind, int size, int mode) {}

    private static final Instruction NOTHING = new Instruction(NONE, 0, 0);

    static {
        int code = 0;
        CODE[code++] = one(new Instruction(RUN, 0, 0));
        for (int size = 0; size <= LARGEST_ADD; size++) {
            CODE[code++] = one(add(size));
        }
        for (int mode = 0; mode < AddressCache.MODES; mode++) {
            CODE[code++] = one(copy(0, mode));
            for (int size = SMALLEST_COPY; size <= LARGEST_COPY; size++) {
                CODE[code++] = one(copy(size, mode));
            }
        }
        for (int mode = 0; mode < AddressCache.MODES; mode++) {
            int largest = mode < AddressCache.FIRST_SAME ? SMALLEST_COPY + 2 : SMALLEST_COPY;
            for (int added = 1; added <= 4; added++) {
                for (int size = SMALLEST_COPY; size <= largest; size++) {
                    CODE[code++] = new Instruction[]{add(added), copy(size, mode)};
                }
            }
        }
        for (int mode = 0; mode < AddressCache.MODES; mode++) {
            CODE[code++] = new Instruction[]{copy(SMALLEST_COPY, mode), add(1)};
        }
    }

    private CodeTable() {}

    private static Instruction add(int size) {
        return new Instruction(ADD, size, 0);
    }

    private static Instruction copy(int size, int mode) {
        return new Instruction(COPY, size, mode);
    }

    private static Instruction[] one(Instruction instruction) {
        return new Instruction[]{instruction, NOTHING};
    }

    static Instruction first(int code) {
        return CODE[code][0];
    }

    static Instruction second(int code) {
        return CODE[code][1];
    }
}
