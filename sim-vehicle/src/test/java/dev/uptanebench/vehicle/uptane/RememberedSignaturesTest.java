package dev.uptanebench.vehicle.uptane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RememberedSignaturesTest {
    private static final Bytes MESSAGE = Bytes.utf8("message");

    private final Ed25519Signatures anew = new Ed25519Signatures();
    private final RememberedSignatures remembered = new RememberedSignatures(anew);
    private final SigningKey key = SigningKey.ofSeed(new byte[32], any -> "id");
    private final Bytes signature = key.sign(MESSAGE).value();

    @Test
    void theAnswersAreTheSameHoweverOftenItIsAsked() {
        for (int i = 0; i < 3; i++) {
            assertThat(remembered.isValid(key.publicKey(), MESSAGE, signature)).isTrue();
            assertThat(remembered.isValid(key.publicKey(), Bytes.utf8("other"), signature)).isFalse();
        }
    }

    @Test
    void eachQuestionIsCheckedOnceAndCountedEachTime() {
        for (int i = 0; i < 3; i++) {
            remembered.isValid(key.publicKey(), MESSAGE, signature);
            remembered.isValid(key.publicKey(), Bytes.utf8("other"), signature);
        }

        assertThat(remembered.asked()).isEqualTo(6);
        assertThat(remembered.checked()).isEqualTo(2);
    }

    @Test
    void equalBytesAreTheSameQuestion() {
        remembered.isValid(key.publicKey(), MESSAGE, signature);
        remembered.isValid(key.publicKey(), Bytes.of(MESSAGE.toArray()), Bytes.of(signature.toArray()));

        assertThat(remembered.checked()).isEqualTo(1);
    }

    @Test
    void aKeyUnderAnotherIdIsTheSameQuestion() {
        PublicKey alias = new PublicKey("alias", "ed25519", "ed25519", key.publicKey().value());
        remembered.isValid(key.publicKey(), MESSAGE, signature);

        assertThat(remembered.isValid(alias, MESSAGE, signature)).isTrue();
        assertThat(remembered.checked()).isEqualTo(1);
    }

    @Test
    void anAnswerForOneKeySaysNothingOfAnother() {
        SigningKey other = SigningKey.ofSeed(Bytes.hex("01".repeat(32)).toArray(), any -> "id");
        remembered.isValid(key.publicKey(), MESSAGE, signature);

        assertThat(remembered.isValid(other.publicKey(), MESSAGE, signature)).isFalse();
    }

    @Test
    void anAnswerForOneSchemeSaysNothingOfAnother() {
        PublicKey other = new PublicKey("id", "ed25519", "rsassa-pss-sha256", key.publicKey().value());
        remembered.isValid(key.publicKey(), MESSAGE, signature);

        assertThat(remembered.isValid(other, MESSAGE, signature)).isFalse();
    }
}
