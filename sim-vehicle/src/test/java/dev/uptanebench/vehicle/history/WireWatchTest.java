package dev.uptanebench.vehicle.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.kernel.Sha256;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireWatchTest {
    private static final byte[] NOTHING = {};
    private static final byte[] CLEAR = RandomStream.of(1, "clear").nextBytes(1000);

    private final WireWatch watch = new WireWatch();

    private static byte[] around(byte[] piece) {
        byte[] message = RandomStream.of(1, "noise").nextBytes(piece.length + 100);
        System.arraycopy(piece, 0, message, 37, piece.length);
        return message;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 500, 929, 937})
    void aRunOfClearBytesIsSeenWhereverItStands(int from) {
        watch.add("S", CLEAR, NOTHING);

        assertThat(watch.look("can0", around(Arrays.copyOfRange(CLEAR, from, from + 63)))).singleElement()
                .satisfies(seen -> {
                    assertThat(seen.ecu()).isEqualTo("S");
                    assertThat(seen.sha256()).isEqualTo(Sha256.hex(CLEAR));
                    assertThat(seen.channel()).isEqualTo("can0");
                    assertThat(seen.offset()).isBetween((long) from, from + 31L);
                });
    }

    @Test
    void otherBytesAreNotSeen() {
        watch.add("S", CLEAR, NOTHING);

        assertThat(watch.look("can0", RandomStream.of(1, "noise").nextBytes(100_000))).isEmpty();
        assertThat(watch.look("can0", Arrays.copyOf(CLEAR, 31))).isEmpty();
        assertThat(watch.look("can0", NOTHING)).isEmpty();
    }

    @Test
    void eachImageIsToldOnceForEachChannel() {
        watch.add("S", CLEAR, NOTHING);

        assertThat(watch.look("can0", CLEAR)).hasSize(1);
        assertThat(watch.look("can0", CLEAR)).isEmpty();
        assertThat(watch.look("http", CLEAR)).hasSize(1);
    }

    @Test
    void fillingIsNoSecret() {
        byte[] filling = new byte[1000];
        Arrays.fill(filling, (byte) 0xff);
        watch.add("S", filling, NOTHING);

        assertThat(watch.look("can0", filling)).isEmpty();
    }

    @Test
    void whatStandsInAKnownImageIsNoSecret() {
        byte[] known = around(Arrays.copyOf(CLEAR, 500));
        watch.add("S", CLEAR, known);

        assertThat(watch.look("can0", known)).isEmpty();
        assertThat(watch.look("can0", CLEAR)).hasSize(1);
    }
}
