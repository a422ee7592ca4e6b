package dev.uptanebench.vehicle.can.restbus;

import dev.uptanebench.vehicle.can.dbc.DbcSignal;
import java.util.Locale;

/** How a checksum in a frame is made of the frame's other bytes, in their order. */
public enum ChecksumRule {
    /** CRC-8 of SAE J1850: polynomial 0x1D, begins with 0xFF, inverted at the end; what profile 1 of AUTOSAR's E2E rests on. */
    CRC8_J1850 {
        @Override
        int over(byte[] data, DbcSignal own) {
            return crc(data, own, 0x1D);
        }
    },
    /** The same with polynomial 0x2F (CRC8H2F), which profile 2 rests on. */
    CRC8_H2F {
        @Override
        int over(byte[] data, DbcSignal own) {
            return crc(data, own, 0x2F);
        }
    },
    /** Exclusive or. */
    XOR {
        @Override
        int over(byte[] data, DbcSignal own) {
            int sum = 0;
            for (int i = 0; i < data.length; i++) {
                sum ^= within(own, i) ? 0 : data[i] & 0xFF;
            }
            return sum;
        }
    },
    /** Sum, modulo what the signal holds. */
    SUM {
        @Override
        int over(byte[] data, DbcSignal own) {
            int sum = 0;
            for (int i = 0; i < data.length; i++) {
                sum += within(own, i) ? 0 : data[i] & 0xFF;
            }
            return sum;
        }
    };

    /** As bench files write it: {@code crc8-j1850}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param own the checksum's own signal: bytes that it fills are left out, others count with its bits zero */
    abstract int over(byte[] data, DbcSignal own);

    /** Whether all bits of that byte are the signal's. */
    private static boolean within(DbcSignal own, int octet) {
        byte[] bits = new byte[Math.max(octet + 1, (own.start() + own.length()) / Byte.SIZE + 1 + Long.BYTES)];
        own.put(bits, -1);
        return bits[octet] == -1;
    }

    private static int crc(byte[] data, DbcSignal own, int polynomial) {
        int crc = 0xFF;
        for (int i = 0; i < data.length; i++) {
            if (!within(own, i)) {
                crc ^= data[i] & 0xFF;
                for (int bit = 0; bit < 8; bit++) {
                    crc = (crc & 0x80) != 0 ? (crc << 1) ^ polynomial : crc << 1;
                }
                crc &= 0xFF;
            }
        }
        return crc ^ 0xFF;
    }
}
