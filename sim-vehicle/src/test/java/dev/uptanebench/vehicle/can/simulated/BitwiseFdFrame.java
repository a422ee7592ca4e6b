package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanFrame;
import java.math.BigInteger;

/**
 * A CAN FD frame as a textbook builds it, from strings of zeros and ones and long division of polynomials. Written from
 * ISO 11898-1:2015 10.4.2 alone; nothing in it is shared with the bus.
 */
record BitwiseFdFrame(int crc, int dynamicStuffBits, int fixedStuffBits, String stuffCount, int nominal, int data,
        String wire) {
    /** x^17 + x^16 + x^14 + x^13 + x^11 + x^6 + x^4 + x^3 + x + 1. */
    private static final BigInteger POLYNOMIAL_17 = polynomial(17, 16, 14, 13, 11, 6, 4, 3, 1, 0);
    /** x^21 + x^20 + x^13 + x^11 + x^7 + x^4 + x^3 + 1. */
    private static final BigInteger POLYNOMIAL_21 = polynomial(21, 20, 13, 11, 7, 4, 3, 0);
    private static final String[] GRAY = {"000", "001", "011", "010", "110", "111", "101", "100"};

    static BitwiseFdFrame of(CanFrame frame) {
        String id = frame.id().extended() ? binary(frame.id().value(), 29) : binary(frame.id().value(), 11);
        String toBrs = frame.id().extended()
                ? "0" + id.substring(0, 11) + "11" + id.substring(11) + "0" + "1" + "0" + flag(frame.switches())
                : "0" + id + "0" + "0" + "1" + "0" + flag(frame.switches());
        StringBuilder fields = new StringBuilder(toBrs).append(flag(frame.errorPassive()))
                .append(binary(code(frame.length()), 4));
        for (byte b : frame.data()) {
            fields.append(binary(b & 0xFF, 8));
        }
        String stuffed = stuff(fields.toString());
        int stuffBits = stuffed.length() - fields.length();
        String gray = GRAY[stuffBits % 8];
        String count = gray + (gray.chars().filter(c -> c == '1').count() % 2 == 0 ? "0" : "1");
        int width = frame.length() > 16 ? 21 : 17;
        int crc = remainder(stuffed + count, width);
        String checked = count + binary(crc, width);
        StringBuilder wire = new StringBuilder(stuffed);
        int fixed = 0;
        for (int at = 0; at < checked.length(); at += 4) {
            wire.append(wire.charAt(wire.length() - 1) == '0' ? '1' : '0');
            wire.append(checked, at, Math.min(at + 4, checked.length()));
            fixed++;
        }
        wire.append("1");
        int fast = frame.switches() ? wire.length() - stuff(toBrs).length() : 0;
        wire.append("0" + "1" + "1111111");
        return new BitwiseFdFrame(crc, stuffBits, fixed, count, wire.length() - fast, fast, wire.toString());
    }

    /** A stuff bit behind each run of five, none behind the very last bit. */
    private static String stuff(String bits) {
        String out = "";
        for (int i = 0; i < bits.length(); i++) {
            if (out.endsWith("00000")) {
                out += "1";
            } else if (out.endsWith("11111")) {
                out += "0";
            }
            out += bits.charAt(i);
        }
        return out;
    }

    /** A register that starts as 100…0 is a message with that in front of its first bits, shifted out by division. */
    private static int remainder(String bits, int width) {
        BigInteger divisor = width == 17 ? POLYNOMIAL_17 : POLYNOMIAL_21;
        BigInteger start = BigInteger.ONE.shiftLeft(width - 1).shiftLeft(bits.length());
        BigInteger rest = new BigInteger(bits, 2).shiftLeft(width).xor(start);
        while (rest.bitLength() > width) {
            rest = rest.xor(divisor.shiftLeft(rest.bitLength() - divisor.bitLength()));
        }
        return rest.intValueExact();
    }

    private static BigInteger polynomial(int... exponents) {
        BigInteger sum = BigInteger.ZERO;
        for (int exponent : exponents) {
            sum = sum.setBit(exponent);
        }
        return sum;
    }

    private static int code(int length) {
        return switch (length) {
            case 12 -> 9;
            case 16 -> 10;
            case 20 -> 11;
            case 24 -> 12;
            case 32 -> 13;
            case 48 -> 14;
            case 64 -> 15;
            default -> length;
        };
    }

    private static String flag(boolean set) {
        return set ? "1" : "0";
    }

    private static String binary(int value, int digits) {
        String plain = Integer.toBinaryString(value);
        return "0".repeat(digits - plain.length()) + plain;
    }
}
