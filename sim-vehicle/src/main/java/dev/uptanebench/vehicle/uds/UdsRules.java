package dev.uptanebench.vehicle.uds;

import java.util.concurrent.TimeUnit;

/**
 * A server's numbers; times in nanoseconds.
 *
 * @param p2 within which it answers
 * @param p2Star within which it answers after it has asked for patience
 * @param s3 after which a silent tester loses its session
 * @param blockBytes longest TransferData message it takes, service identifier and counter included
 * @param keyAttempts wrong keys until it refuses to listen
 * @param keyDelay how long it then refuses
 * @param programmingFromExtended whether the programming session can only be entered from the extended one
 */
public record UdsRules(long p2, long p2Star, long s3, int blockBytes, int keyAttempts, long keyDelay,
        boolean programmingFromExtended) {

    /** 50 ms, 5 s, 5 s, 4095 bytes, 3 attempts, 10 s; sessions in any order. */
    public static UdsRules standard() {
        return new UdsRules(TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.SECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(5),
                4095, 3, TimeUnit.SECONDS.toNanos(10), false);
    }

    public UdsRules withBlockBytes(int bytes) {
        return new UdsRules(p2, p2Star, s3, bytes, keyAttempts, keyDelay, programmingFromExtended);
    }

    /** The same where programming begins in the extended session. */
    public UdsRules programmingFromExtendedOnly() {
        return new UdsRules(p2, p2Star, s3, blockBytes, keyAttempts, keyDelay, true);
    }
}
