package dev.uptanebench.vehicle.link;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How bytes are sent. An honest tester uses {@link #plain()}.
 *
 * @param announced length stated beforehand; empty for the true one
 * @param blockBytes most bytes of one TransferData message, service and counter included; the server may want fewer
 * @param pause between two blocks; the session is kept alive meanwhile
 */
public record Sending(OptionalLong announced, int blockBytes, Duration pause) {
    private static final int LARGEST_BLOCK = 4095;
    private static final int SMALLEST_BLOCK = 3;

    public Sending {
        if (blockBytes < SMALLEST_BLOCK || blockBytes > LARGEST_BLOCK) {
            throw new IllegalArgumentException("a block has 3 to 4095 bytes, not " + blockBytes);
        }
    }

    /** The true length, blocks as large as they may be, no pauses. */
    public static Sending plain() {
        return new Sending(OptionalLong.empty(), LARGEST_BLOCK, Duration.ZERO);
    }

    /** Announces another length than will be sent. */
    public Sending announcing(long length) {
        return new Sending(OptionalLong.of(length), blockBytes, pause);
    }

    public Sending inBlocksOf(int bytes) {
        return new Sending(announced, bytes, pause);
    }

    public Sending pausing(Duration duration) {
        return new Sending(announced, blockBytes, duration);
    }
}
