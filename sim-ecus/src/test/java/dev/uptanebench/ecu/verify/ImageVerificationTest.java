package dev.uptanebench.ecu.verify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes and names of images. */
class ImageVerificationTest extends VerificationCase {
    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void oneHashOfAKnownKindIsEnoughForAnImage(String kind) throws Rejected {
        Bytes image = Scene.image("v3");
        String digest = kind.equals("sha256") ? image.sha256() : image.sha512();
        Target target = new Target(100, new TreeMap<>(Map.of(kind, digest)), new TreeMap<>(), List.of(), 3L);

        new ImageVerification(Checks.all(), "P", Scene.HARDWARE)
                .requireImage(new Ordered("P", Scene.HARDWARE, "v3.bin", target), image,
                        new ImageVerification.Memory(() -> image, image.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    @Tag("U-5.4.2.4-3")
    void ofSeveralHashesEachHasToAgree(String wrong) {
        Bytes image = Scene.image("v3");
        TreeMap<String, String> hashes = new TreeMap<>(Map.of("sha256", image.sha256(), "sha512", image.sha512()));
        hashes.replace(wrong, "00".repeat(wrong.equals("sha256") ? 32 : 64));
        Target target = new Target(100, hashes, new TreeMap<>(), List.of(), 3L);

        assertThatThrownBy(() -> ImageVerification.requireSent(Checks.all(),
                new Ordered("P", Scene.HARDWARE, "v3.bin", target), image)).isInstanceOf(Rejected.class)
                .hasMessageContaining("U-5.4.3.4-s7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.bin", "a/b/v3.bin", "\u00fc.bin", "a b.bin", ".hidden"})
    void aPlainNameIsGood(String filename) throws Rejected {
        Target target = ImageRepository.target(Scene.image("v3"), List.of(), 2);

        new ImageVerification(Checks.all(), "P", Scene.HARDWARE)
                .requireOrder(new Ordered("P", Scene.HARDWARE, filename, target), scene.runs);
    }
}
