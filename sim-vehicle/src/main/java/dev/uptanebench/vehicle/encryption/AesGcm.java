package dev.uptanebench.vehicle.encryption;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES-256-GCM with a nonce of 12 bytes and a tag of 16 at the end (NIST SP 800-38D). */
final class AesGcm {
    static final int KEY = 32;
    static final int NONCE = 12;
    static final int TAG = 16;

    private AesGcm() {}

    static Bytes seal(byte[] key, Bytes nonce, byte[] associated, Bytes clear) {
        try {
            return Bytes.of(run(true, key, nonce, associated, clear));
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("only opening fails", e);
        }
    }

    /** Empty where the tag does not fit. */
    static Optional<Bytes> open(byte[] key, Bytes nonce, byte[] associated, Bytes sealed) {
        if (nonce.length() != NONCE) {
            return Optional.empty();
        }
        try {
            return Optional.of(Bytes.of(run(false, key, nonce, associated, sealed)));
        } catch (InvalidCipherTextException e) {
            return Optional.empty();
        }
    }

    private static byte[] run(boolean encrypt, byte[] key, Bytes nonce, byte[] associated, Bytes input)
            throws InvalidCipherTextException {
        GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(encrypt, new AEADParameters(new KeyParameter(key), 8 * TAG, nonce.toArray(), associated));
        byte[] output = new byte[cipher.getOutputSize(input.length())];
        int written = cipher.processBytes(input.toArray(), 0, input.length(), output, 0);
        cipher.doFinal(output, written);
        return output;
    }
}
