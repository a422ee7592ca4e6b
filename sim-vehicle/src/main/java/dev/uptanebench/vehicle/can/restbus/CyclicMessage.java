package dev.uptanebench.vehicle.can.restbus;

import dev.uptanebench.vehicle.can.dbc.DbcMessage;
import dev.uptanebench.vehicle.can.dbc.DbcSignal;
import java.util.List;
import java.util.Optional;

/**
 * A message that one node sends again and again.
 *
 * @param cycle nanoseconds from one frame to the next
 * @param counters signals that count frames, each up to its largest value
 * @param checksum over all other bytes of the frame; empty for none
 */
public record CyclicMessage(DbcMessage message, long cycle, List<DbcSignal> counters, Optional<Checksum> checksum) {

    public CyclicMessage {
        counters = List.copyOf(counters);
    }

    /** A checksum in a frame. */
    public record Checksum(DbcSignal signal, ChecksumRule rule) {}

    /** The same at another pace. */
    CyclicMessage every(long nanos) {
        return new CyclicMessage(message, nanos, counters, checksum);
    }

    /** What goes out the {@code number}-th time, from 0. */
    byte[] content(long number) {
        byte[] data = message.initial();
        for (DbcSignal counter : counters) {
            counter.put(data, number);
        }
        checksum.ifPresent(sum -> {
            sum.signal().put(data, 0);
            sum.signal().put(data, sum.rule().over(data, sum.signal()));
        });
        return data;
    }
}
