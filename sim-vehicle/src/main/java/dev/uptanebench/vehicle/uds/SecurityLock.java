package dev.uptanebench.vehicle.uds;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Service 27: which level is unlocked, which seed is out, and how often somebody guessed wrong. */
final class SecurityLock {
    private final UdsSecurity security;
    private final UdsRules rules;
    private int unlocked;
    private int seedLevel;
    private byte @Nullable [] seed;
    private int wrongKeys;
    private long closedUntil = Long.MIN_VALUE;

    SecurityLock(UdsSecurity security, UdsRules rules) {
        this.security = security;
        this.rules = rules;
    }

    boolean open() {
        return !security.locked() || unlocked != 0;
    }

    void lock() {
        unlocked = 0;
        seed = null;
    }

    byte[] seed(int level, long now) throws UdsRefusal {
        if (!security.knows(level)) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        if (now < closedUntil) {
            throw new UdsRefusal(NegativeResponse.REQUIRED_TIME_DELAY);
        }
        byte[] fresh = security.seed(level);
        if (unlocked == level) {
            return new byte[fresh.length]; // zeros say that it is unlocked already
        }
        seed = fresh;
        seedLevel = level;
        return fresh;
    }

    void key(int level, byte[] key, long now) throws UdsRefusal {
        byte[] asked = seed;
        if (!security.knows(level)) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        if (asked == null || seedLevel != level) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
        seed = null; // one guess per seed
        if (MessageDigest.isEqual(security.key(level, asked), key)) {
            unlocked = level;
            wrongKeys = 0;
            return;
        }
        if (++wrongKeys < rules.keyAttempts()) {
            throw new UdsRefusal(NegativeResponse.INVALID_KEY);
        }
        wrongKeys = 0;
        closedUntil = now + rules.keyDelay();
        throw new UdsRefusal(NegativeResponse.EXCEEDED_ATTEMPTS);
    }
}
