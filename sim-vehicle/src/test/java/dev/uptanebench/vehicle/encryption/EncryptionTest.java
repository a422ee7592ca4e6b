package dev.uptanebench.vehicle.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Encryption;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
    private static final byte[] SECRET = counting(1);
    private static final Bytes CLEAR = Bytes.utf8("an image");
    private static final ImageIdentity IDENTITY = new ImageIdentity("LOCK-0001", "lock-v1.bin", "ab".repeat(32));

    private static byte[] counting(int first) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    private static Sealed sealed(Sealing.Way way) {
        return Sealing.of(way, SECRET).seal(IDENTITY, CLEAR, RandomStream.of(7, "test")::nextBytes);
    }

    private static Bytes flipped(Bytes bytes, int at) {
        byte[] changed = bytes.toArray();
        changed[at] ^= 1;
        return Bytes.of(changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
    void keysThatShareNoSecretAreRefused(String start) {
        Bytes weak = Bytes.hex(start + "00".repeat(32 - start.length() / 2)); // points of low order (RFC 7748, 6.1)

        assertThatThrownBy(() -> Sealing.with(Sealing.Way.WRAPPED, weak)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sealing.with(Sealing.Way.SYMMETRIC, Bytes.hex("00")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Sealing.Way.class)
    @Tag("U-5.4.3.4-s6.a")
    @Tag("U-5.4.3.4-s6.b")
    @Tag("U-5.4.3.4-s6.c")
    @Tag("U-5.3.2-3")
    void whatIsEncryptedForAnEcuOpensWithItsKey(Sealing.Way way) throws CannotDecrypt {
        Sealed sealed = sealed(way);

        assertThat(way.key(SECRET).open(sealed.description(), IDENTITY, sealed.bytes())).isEqualTo(CLEAR);
        assertThat(sealed.bytes().toHex()).doesNotContain(CLEAR.toHex());
        assertThat(sealed.bytes().length()).isEqualTo(CLEAR.length() + Sealing.OVERHEAD);
    }

    @ParameterizedTest
    @EnumSource(Sealing.Way.class)
    @Tag("U-5.2.3.1.1-6")
    void theDirectorDescribesWhatIsSent(Sealing.Way way) {
        Sealed sealed = sealed(way);

        assertThat(sealed.description().length()).isEqualTo(sealed.bytes().length());
        assertThat(sealed.description().hashes()).containsEntry("sha256", sealed.bytes().sha256())
                .containsEntry("sha512", sealed.bytes().sha512());
        assertThat(sealed.description().filename()).isNotEqualTo(IDENTITY.filename());
    }

    @ParameterizedTest
    @EnumSource(Sealing.Way.class)
    @Tag("U-5.2.3.1.1-7")
    void nothingOpensForAnotherEcuAsAnotherImageOrWhenItWasChanged(Sealing.Way way) {
        Sealed sealed = sealed(way);
        EncryptedImage image = sealed.description();
        EcuKey key = way.key(SECRET);

        assertClosed(way.key(counting(2)), image, IDENTITY, sealed.bytes());
        assertClosed(key, image, new ImageIdentity("LOCK-0002", "lock-v1.bin", "ab".repeat(32)), sealed.bytes());
        assertClosed(key, image, new ImageIdentity("LOCK-0001", "lock-v2.bin", "ab".repeat(32)), sealed.bytes());
        assertClosed(key, image, new ImageIdentity("LOCK-0001", "lock-v1.bin", "ac".repeat(32)), sealed.bytes());
        for (int at = 0; at < sealed.bytes().length(); at++) {
            assertClosed(key, image, IDENTITY, flipped(sealed.bytes(), at));
        }
        for (int length = 0; length < sealed.bytes().length(); length++) {
            assertClosed(key, image, IDENTITY, Bytes.of(sealed.bytes().toArray(), length));
        }
    }

    @ParameterizedTest
    @EnumSource(Sealing.Way.class)
    @Tag("U-5.2.3.1.1-7")
    void nothingOpensWithOtherParameters(Sealing.Way way) {
        Sealed sealed = sealed(way);
        for (int at = 0; at < 12; at++) {
            int changed = at;
            assertClosed(way, sealed, bytes -> flipped(bytes, changed));
        }
        assertClosed(way, sealed, bytes -> Bytes.utf8(""));
        assertClosed(way, sealed, bytes -> Bytes.of(bytes.toArray(), bytes.length() - 1));
        assertClosed(way, sealed, bytes -> Bytes.of(bytes.toArray(), bytes.length() + 1));
        assertClosed(way, sealed, bytes -> Bytes.of(new byte[bytes.length()]));
    }

    private static void assertClosed(Sealing.Way way, Sealed sealed, UnaryOperator<Bytes> change) {
        EncryptedImage image = sealed.description();
        switch (image.encryption()) {
            case Encryption.OwnKey own -> assertClosed(way, sealed, new Encryption.OwnKey(change.apply(own.nonce())));
            case Encryption.WrappedKey wrapped -> {
                assertClosed(way, sealed,
                        new Encryption.WrappedKey(change.apply(wrapped.nonce()), wrapped.wrappedKey()));
                assertClosed(way, sealed,
                        new Encryption.WrappedKey(wrapped.nonce(), change.apply(wrapped.wrappedKey())));
            }
            case Encryption.PublicKey direct ->
                assertClosed(way, sealed, new Encryption.PublicKey(change.apply(direct.encapsulatedKey())));
        }
    }

    private static void assertClosed(Sealing.Way way, Sealed sealed, Encryption encryption) {
        EncryptedImage image = sealed.description();
        assertClosed(way.key(SECRET),
                new EncryptedImage(image.filename(), image.length(), image.hashes(), encryption), IDENTITY,
                sealed.bytes());
    }

    private static void assertClosed(EcuKey key, EncryptedImage image, ImageIdentity identity, Bytes sealed) {
        assertThatThrownBy(() -> key.open(image, identity, sealed)).isInstanceOf(CannotDecrypt.class);
    }

    @ParameterizedTest
    @CsvSource({"SYMMETRIC, WRAPPED", "SYMMETRIC, DIRECT", "WRAPPED, SYMMETRIC", "DIRECT, SYMMETRIC"})
    void aKeyOfOneKindOpensNothingThatIsForTheOther(Sealing.Way own, Sealing.Way used) {
        Sealed sealed = sealed(used);

        assertThatThrownBy(() -> own.key(SECRET).open(sealed.description(), IDENTITY, sealed.bytes()))
                .isInstanceOf(CannotDecrypt.class).hasMessageStartingWith("it was encrypted for an ECU that has a");
    }

    /** The JDK's own AES-GCM, which is another implementation, reads what the Director sends. */
    @Test
    void aSymmetricImageIsAesGcmAsOthersKnowIt() throws GeneralSecurityException {
        Sealed sealed = sealed(Sealing.Way.SYMMETRIC);
        if (!(sealed.description().encryption() instanceof Encryption.OwnKey own)) {
            throw new AssertionError("encrypted in another way");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(SECRET, "AES"),
                new GCMParameterSpec(128, own.nonce().toArray()));
        cipher.updateAAD(Bytes.utf8("uptane-bench encrypted image 1\0LOCK-0001\0lock-v1.bin\0" + "ab".repeat(32)
                + "\0").toArray());

        assertThat(Bytes.of(cipher.doFinal(sealed.bytes().toArray()))).isEqualTo(CLEAR);
    }

    /** hpke-js, which is another implementation, made the file; hpke.mjs beside it says how. */
    @Test
    void hpkeIsRfc9180AsOthersKnowIt() throws IOException {
        Properties theirs = new Properties();
        try (InputStream in = EncryptionTest.class.getResourceAsStream("hpke.properties")) {
            theirs.load(Objects.requireNonNull(in));
        }

        Hpke.Message ours = Hpke.seal(Bytes.hex(theirs.getProperty("publicKey")), counting(101), IDENTITY.context(),
                CLEAR);

        assertThat(Hpke.publicKey(Hpke.pair(SECRET)).toHex()).isEqualTo(theirs.getProperty("publicKey"));
        assertThat(ours.encapsulatedKey().toHex()).isEqualTo(theirs.getProperty("encapsulatedKey"));
        assertThat(ours.sealed().toHex()).isEqualTo(theirs.getProperty("sealed"));
        assertThat(Hpke.open(Hpke.pair(SECRET), ours.encapsulatedKey(), IDENTITY.context(), ours.sealed()))
                .isEqualTo(Optional.of(CLEAR));
    }

    /** Points of low order give a secret that everybody knows (RFC 7748, section 6.1). */
    @ParameterizedTest
    @CsvSource({"0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
    void aShareOfLowOrderOpensNothing(String share) {
        assertThat(Hpke.open(Hpke.pair(SECRET), Bytes.hex(share), IDENTITY.context(), Bytes.of(new byte[40])))
                .isEmpty();
    }

    @Test
    void theDirectorKeepsNoPrivateKey() {
        assertThat(Sealing.Way.WRAPPED.key(SECRET).shown().toArray()).isNotEqualTo(SECRET);
        assertThat(Arrays.equals(Sealing.Way.DIRECT.key(SECRET).shown().toArray(),
                Sealing.Way.WRAPPED.key(SECRET).shown().toArray())).isTrue();
    }
}
