package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlashOverFdTest {
    private static final Pattern FRAMES = Pattern.compile("(\\d+) frames");

    @TempDir
    private Path folder;

    private int frames(String secondBus) throws IOException {
        Path bench = Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: two buses
                buses: [{id: a, bitrate: 500000, dataBitrate: 2000000}, %s]
                gateway: {between: [a, b]}
                ecus:
                  - {id: tcu, kind: primary, bus: a}
                  - {id: brake, kind: full-secondary, bus: b}
                """.formatted(secondBus));
        Path image = Files.write(folder.resolve("image.bin"), new byte[60_000]);
        Told told = Told.by("flash", "-b", bench.toString(), "--target", "brake", image.toString());

        assertThat(told.exit()).as(told.out() + told.err()).isZero();
        Matcher matcher = FRAMES.matcher(told.out());
        assertThat(matcher.find()).as(told.out()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    /** 60,000 bytes need some 8,600 frames of 7 bytes, or 960 of 63. */
    @Test
    void diagnosticsUseCanFdWhereAllBusesOnTheWayCarryIt() throws IOException {
        assertThat(frames("{id: b, bitrate: 500000, dataBitrate: 2000000}")).isBetween(960, 1500);
        assertThat(frames("{id: b, bitrate: 500000}")).isBetween(8_600, 12_000);
    }
}
