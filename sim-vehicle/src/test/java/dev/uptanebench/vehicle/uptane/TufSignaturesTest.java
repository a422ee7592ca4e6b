package dev.uptanebench.vehicle.uptane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.kernel.RandomStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against RFC 6979 and against the JDK's own providers, which share no code with Bouncy Castle. */
class TufSignaturesTest {
    private static final Bytes MESSAGE = Bytes.utf8("{\"_type\":\"root\"}");
    private static final String ECDSA = "ecdsa-sha2-nistp256";
    private static final String PSS = "rsassa-pss-sha256";

    private final TufSignatures signatures = new TufSignatures();

    private static SigningKey rsa(String name) {
        return SigningKey.rsa(RandomStream.forKeys(1, name), any -> "id");
    }

    private static PublicKey key(String type, String scheme, java.security.PublicKey key) {
        String base64 = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.getEncoded());
        return new PublicKey("id", type, scheme,
                "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static PSSParameterSpec pss(int salt) {
        return new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1);
    }

    private static KeyPair pair(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(bits == 256 ? "secp256r1" : "secp384r1"), new SecureRandom());
        } else {
            generator.initialize(bits, new SecureRandom());
        }
        return generator.generateKeyPair();
    }

    private static Bytes signed(KeyPair pair, String algorithm, int salt) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(algorithm);
        if (algorithm.equals("RSASSA-PSS")) {
            signer.setParameter(pss(salt));
        }
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE.toArray());
        return Bytes.of(signer.sign());
    }

    /** RFC 6979, A.2.5, SHA-256. */
    @ParameterizedTest
    @CsvSource({
            "sample, EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716, F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
            "test, F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367, 019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"})
    @Tag("U-3.2.1-1")
    void ecdsaSignsAsRfc6979Says(String message, String r, String s) {
        EcdsaSigning key = new EcdsaSigning(
                new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16));

        Bytes signature = Bytes.of(key.sign(Bytes.utf8(message)));

        assertThat(signature.toHex()).containsIgnoringCase(r).containsIgnoringCase(s.replaceFirst("^00", ""));
        PublicKey unnamed = new PublicKey("", "ecdsa", ECDSA, key.pem());
        assertThat(signatures.isValid(unnamed, Bytes.utf8(message), signature)).isTrue();
        assertThat(Bytes.of(der(key.pem())).toHex()).containsIgnoringCase(
                "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
                        + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
    }

    @Test
    void whatTheJdkSignsWithEcdsaIsValid() throws GeneralSecurityException {
        KeyPair pair = pair("EC", 256);
        Bytes signature = signed(pair, "SHA256withECDSA", 0);

        for (String type : new String[]{"ecdsa", ECDSA}) {
            assertThat(signatures.isValid(key(type, ECDSA, pair.getPublic()), MESSAGE, signature)).isTrue();
        }
        assertThat(signatures.isValid(key("ecdsa", ECDSA, pair.getPublic()), Bytes.utf8("else"), signature)).isFalse();
        assertThat(signatures.isValid(key("rsa", ECDSA, pair.getPublic()), MESSAGE, signature)).isFalse();
    }

    @Test
    void anEcdsaKeyOnAnotherCurveIsNoKey() throws GeneralSecurityException {
        KeyPair pair = pair("EC", 384);

        assertThat(signatures.isValid(key("ecdsa", ECDSA, pair.getPublic()), MESSAGE,
                signed(pair, "SHA256withECDSA", 0))).isFalse();
    }

    @Test
    void theJdkAcceptsWhatOurEcdsaKeySigns() throws GeneralSecurityException {
        SigningKey key = SigningKey.ecdsaOfSeed(new byte[32], any -> "id");
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(
                KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der(key.publicKey().value()))));
        verifier.update(MESSAGE.toArray());

        assertThat(verifier.verify(key.sign(MESSAGE).value().toArray())).isTrue();
    }

    /** No salt, the hash's length, and as much as fits into 2048 bits: signers differ. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20, 32, 222})
    void whatTheJdkSignsWithRsaIsValidWhateverItsSaltLength(int salt) throws GeneralSecurityException {
        KeyPair pair = pair("RSA", 2048);
        PublicKey key = key("rsa", PSS, pair.getPublic());
        Bytes signature = signed(pair, "RSASSA-PSS", salt);

        assertThat(signatures.isValid(key, MESSAGE, signature)).isTrue();
        assertThat(signatures.isValid(key, Bytes.utf8("else"), signature)).isFalse();
        byte[] touched = signature.toArray();
        touched[100] ^= 1;
        assertThat(signatures.isValid(key, MESSAGE, Bytes.of(touched))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {2049, 3072})
    void aModulusOfAnyLengthUpToTheBoundIsGood(int bits) throws GeneralSecurityException {
        KeyPair pair = pair("RSA", bits);

        assertThat(signatures.isValid(key("rsa", PSS, pair.getPublic()), MESSAGE, signed(pair, "RSASSA-PSS", 32)))
                .isTrue();
    }

    @Test
    void anRsaKeyOfFewerThan2048BitsIsNoKey() throws GeneralSecurityException { // TUF 1.0.34, 4.2.2
        KeyPair pair = pair("RSA", 1536);

        assertThat(signatures.isValid(key("rsa", PSS, pair.getPublic()), MESSAGE, signed(pair, "RSASSA-PSS", 32)))
                .isFalse();
    }

    @Test
    void pkcs1IsNotPss() throws GeneralSecurityException {
        KeyPair pair = pair("RSA", 2048);
        Bytes signature = signed(pair, "SHA256withRSA", 0);

        assertThat(signatures.isValid(key("rsa", PSS, pair.getPublic()), MESSAGE, signature)).isFalse();
    }

    @Test
    void theJdkAcceptsWhatOurRsaKeySigns() throws GeneralSecurityException {
        SigningKey key = rsa("one");
        Signature verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(pss(32));
        verifier.initVerify(
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der(key.publicKey().value()))));
        verifier.update(MESSAGE.toArray());

        assertThat(verifier.verify(key.sign(MESSAGE).value().toArray())).isTrue();
    }

    @Test
    void oneSeedGivesOneKeyAndOneSignature() {
        SigningKey key = rsa("one");

        assertThat(rsa("one").publicKey()).isEqualTo(key.publicKey());
        assertThat(rsa("one").sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
        assertThat(rsa("two").publicKey()).isNotEqualTo(key.publicKey());
        assertThat(SigningKey.ecdsaOfSeed(new byte[32], any -> "id").sign(MESSAGE))
                .isEqualTo(SigningKey.ecdsaOfSeed(new byte[32], any -> "id").sign(MESSAGE));
    }

    @ParameterizedTest
    @CsvSource({"quantum, quantum", "ed25519, quantum", "rsa, rsa-pkcs1v15-sha256", "ecdsa, ecdsa-sha2-nistp384"})
    void aSchemeNobodyKnowsIsNotValidAndNoMore(String type, String scheme) {
        assertThat(signatures.isValid(new PublicKey("id", type, scheme, "x"), MESSAGE, Bytes.utf8("x"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
                    + "-----END PUBLIC KEY-----"})
    void whatIsNoKeyIsNotValid(String pem) {
        assertThat(signatures.isValid(new PublicKey("id", "ecdsa", ECDSA, pem), MESSAGE, MESSAGE)).isFalse();
        assertThat(signatures.isValid(new PublicKey("id", "rsa", PSS, pem), MESSAGE, MESSAGE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "3006020100020100", "3006020101020101", "30060201ff020101"})
    void whatIsNoEcdsaSignatureIsNotValid(String hex) {
        PublicKey key = SigningKey.ecdsaOfSeed(new byte[32], any -> "id").publicKey();

        assertThat(signatures.isValid(key, MESSAGE, Bytes.hex(hex))).isFalse();
    }

    @Test
    void anRsaSignatureWithAZeroInFrontIsNotValid() {
        SigningKey key = rsa("one");
        String longer = "00" + key.sign(MESSAGE).value().toHex();

        assertThat(signatures.isValid(key.publicKey(), MESSAGE, Bytes.hex(longer))).isFalse();
        assertThat(signatures.isValid(key.publicKey(), MESSAGE, Bytes.utf8(""))).isFalse();
        assertThat(signatures.isValid(key.publicKey(), MESSAGE, Bytes.hex("ff".repeat(256)))).isFalse();
    }
}
