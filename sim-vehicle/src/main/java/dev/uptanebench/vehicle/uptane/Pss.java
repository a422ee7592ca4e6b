package dev.uptanebench.vehicle.uptane;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;

/** EMSA-PSS with SHA-256 (RFC 8017, 9.1); letters as there. */
final class Pss {
    private static final int H_LEN = 32;
    private static final byte TRAILER = (byte) 0xbc;

    private Pss() {}

    /**
     * 9.1.2, with whatever salt length the encoding has.
     *
     * @param hash of the message
     * @param representative the signature, raised to the public exponent
     */
    static boolean isValid(byte[] hash, BigInteger representative, int emBits) {
        int emLen = (emBits + 7) / 8;
        if (representative.bitLength() > emBits || emLen < H_LEN + 2) {
            return false;
        }
        byte[] em = fixed(representative, emLen);
        int dbLen = emLen - H_LEN - 1;
        byte[] h = Arrays.copyOfRange(em, dbLen, dbLen + H_LEN);
        byte[] db = xor(Arrays.copyOf(em, dbLen), Mgf1.mask(h, dbLen));
        db[0] &= (byte) (0xff >>> (8 * emLen - emBits));
        int one = 0;
        while (one < dbLen && db[one] == 0) {
            one++;
        }
        return em[emLen - 1] == TRAILER && one < dbLen && db[one] == 1
                && MessageDigest.isEqual(h, seal(hash, Arrays.copyOfRange(db, one + 1, dbLen)));
    }

    /** 9.1.1: the representative to be signed. */
    static BigInteger encode(byte[] hash, byte[] salt, int emBits) {
        int emLen = (emBits + 7) / 8;
        int dbLen = emLen - H_LEN - 1;
        byte[] h = seal(hash, salt);
        byte[] db = new byte[dbLen];
        db[dbLen - salt.length - 1] = 1;
        System.arraycopy(salt, 0, db, dbLen - salt.length, salt.length);
        byte[] em = Arrays.copyOf(xor(db, Mgf1.mask(h, dbLen)), emLen);
        em[0] &= (byte) (0xff >>> (8 * emLen - emBits));
        System.arraycopy(h, 0, em, dbLen, H_LEN);
        em[emLen - 1] = TRAILER;
        return new BigInteger(1, em);
    }

    /** H, the hash of M'. */
    private static byte[] seal(byte[] hash, byte[] salt) {
        MessageDigest sha256 = Bytes.sha256Digest();
        sha256.update(new byte[8]);
        sha256.update(hash);
        return sha256.digest(salt);
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] result = new byte[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = (byte) (a[i] ^ b[i]);
        }
        return result;
    }

    /** Big-endian, with zeros in front. */
    static byte[] fixed(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[length];
        int used = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - used, fixed, length - used, used);
        return fixed;
    }

    /** RFC 8017, B.2.1, with SHA-256. */
    private static final class Mgf1 {
        static byte[] mask(byte[] seed, int length) {
            byte[] mask = new byte[length];
            MessageDigest sha256 = Bytes.sha256Digest();
            for (int counter = 0; counter * H_LEN < length; counter++) {
                sha256.update(seed);
                sha256.update(new byte[]{(byte) (counter >>> 24), (byte) (counter >>> 16), (byte) (counter >>> 8),
                        (byte) counter});
                byte[] block = sha256.digest();
                System.arraycopy(block, 0, mask, counter * H_LEN, Math.min(H_LEN, length - counter * H_LEN));
            }
            return mask;
        }
    }
}
