package dev.uptanebench.vehicle.can.dbc;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A message.
 *
 * @param length in bytes; more than a frame holds where a transport protocol carries it
 * @param sender name of the node, or {@code Vector__XXX} for none
 * @param fd whether it goes out as a CAN FD frame, with its data at the faster rate if {@code switches}
 * @param cycle how often it is sent ({@code GenMsgCycleTime}); empty where that is not said, or not cyclically
 */
public record DbcMessage(CanId id, String name, int length, String sender, boolean fd, boolean switches,
        Optional<Duration> cycle, List<DbcSignal> signals) {

    public DbcMessage {
        signals = List.copyOf(signals);
    }

    /** Whether one frame carries it. */
    public boolean isFrame() {
        return length <= (fd ? CanFrame.MAX_FD_LENGTH : CanFrame.MAX_LENGTH);
    }

    /** A frame with that content, filled up to a length that CAN FD has. */
    public CanFrame frame(byte[] data) {
        return fd ? CanFrame.fd(id, switches, data) : CanFrame.of(id, data);
    }

    /** Its bytes as every signal begins, the first of multiplexed ones. */
    public byte[] initial() {
        byte[] data = new byte[fd ? roomy(length) : length];
        for (DbcSignal signal : signals) {
            if (signal.multiplexing().by().isEmpty()) {
                signal.initial().ifPresent(value -> signal.put(data, (long) value));
            }
        }
        return data;
    }

    private static int roomy(int length) {
        for (int room : new int[]{8, 12, 16, 20, 24, 32, 48}) {
            if (length <= room) {
                return length <= CanFrame.MAX_LENGTH ? length : room;
            }
        }
        return CanFrame.MAX_FD_LENGTH;
    }
}
