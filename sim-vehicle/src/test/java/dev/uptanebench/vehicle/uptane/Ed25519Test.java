package dev.uptanebench.vehicle.uptane;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8032 section 7.1, and the JDK's own Ed25519 as a second opinion. */
class Ed25519Test {
    private static final String SEED = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";
    private static final Bytes MESSAGE = Bytes.hex("af82");
    /** The order of the base point (RFC 8032 section 5.1). */
    private static final BigInteger L = BigInteger.TWO.pow(252)
            .add(new BigInteger("27742317777372353535851937790883648493"));

    private final Ed25519Signatures check = new Ed25519Signatures();
    private final SigningKey key = key(SEED);

    private static SigningKey key(String seed) {
        return SigningKey.ofSeed(HexFormat.of().parseHex(seed), any -> "id");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, \
            d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '', \
            e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
            4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, \
            3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72, \
            92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
            c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, \
            fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82, \
            6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
            """)
    void theVectorsOfRfc8032Hold(String seed, String publicKey, String message, String signature) {
        SigningKey signer = key(seed);

        assertThat(signer.publicKey()).isEqualTo(new PublicKey("id", "ed25519", "ed25519", publicKey));
        assertThat(signer.sign(Bytes.hex(message))).isEqualTo(new Signature("id", Bytes.hex(signature)));
        assertThat(check.isValid(signer.publicKey(), Bytes.hex(message), Bytes.hex(signature))).isTrue();
    }

    @Test
    void theJdkAgreesThatASignatureIsValid() throws Exception {
        Bytes message = Bytes.utf8("x".repeat(1000));
        byte[] encoded = HexFormat.of().parseHex("302a300506032b6570032100" + key.publicKey().value());
        java.security.Signature jdk = java.security.Signature.getInstance("Ed25519");
        jdk.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        jdk.update(message.toArray());

        assertThat(jdk.verify(key.sign(message).value().toArray())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 63})
    void aSignatureWithOneBitTurnedIsNotValid(int at) {
        byte[] signature = key.sign(MESSAGE).value().toArray();
        signature[at] ^= 1;

        assertThat(check.isValid(key.publicKey(), MESSAGE, Bytes.of(signature))).isFalse();
    }

    @Test
    void aSignatureOfAnotherMessageIsNotValid() {
        assertThat(check.isValid(key.publicKey(), Bytes.hex("af83"), key.sign(MESSAGE).value())).isFalse();
    }

    @Test
    void theSameSignatureInItsOtherFormIsNotValid() { // RFC 8032 section 5.1.7: S must be below L
        byte[] signature = key.sign(MESSAGE).value().toArray();
        byte[] reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = signature[63 - i];
        }
        byte[] raised = new BigInteger(1, reversed).add(L).toByteArray();
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = i < raised.length ? raised[raised.length - 1 - i] : 0;
        }

        assertThat(check.isValid(key.publicKey(), MESSAGE, Bytes.of(signature))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"rsa, ed25519", "ed25519, rsassa-pss-sha256", "'', ''", "ED25519, ed25519"})
    void aKeyOfAnotherTypeOrSchemeSignsNothing(String type, String scheme) {
        PublicKey other = new PublicKey("id", type, scheme, key.publicKey().value());

        assertThat(check.isValid(other, MESSAGE, key.sign(MESSAGE).value())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "zz51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb91154890802500",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"})
    void aValueThatIsNoKeySignsNothing(String value) {
        PublicKey broken = new PublicKey("id", "ed25519", "ed25519", value);

        assertThat(check.isValid(broken, MESSAGE, key.sign(MESSAGE).value())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 65})
    void aSignatureOfAnotherLengthIsNotValid(int length) {
        byte[] signature = java.util.Arrays.copyOf(key.sign(MESSAGE).value().toArray(), length);

        assertThat(check.isValid(key.publicKey(), MESSAGE, Bytes.of(signature))).isFalse();
    }

    /** Long messages are somebody else's work; he has to say the same. */
    @Test
    void aSignatureOverALongMessageIsCheckedAsWell() {
        SigningKey key = SigningKey.ofSeed(new byte[32], any -> "id");
        Bytes message = Bytes.of(new byte[600 * 1024]);
        byte[] touched = message.toArray();
        touched[touched.length - 1] = 1;
        Bytes signature = key.sign(message).value();
        Ed25519Signatures signatures = new Ed25519Signatures();

        assertThat(signatures.isValid(key.publicKey(), message, signature)).isTrue();
        assertThat(signatures.isValid(key.publicKey(), Bytes.of(touched), signature)).isFalse();
        byte[] other = signature.toArray();
        other[40] ^= 1;
        assertThat(signatures.isValid(key.publicKey(), message, Bytes.of(other))).isFalse();
        for (String value : new String[]{"00".repeat(31), "ff".repeat(32), "zz".repeat(32)}) {
            assertThat(signatures.isValid(new PublicKey("id", "ed25519", "ed25519", value), message, signature))
                    .isFalse();
        }
    }
}
