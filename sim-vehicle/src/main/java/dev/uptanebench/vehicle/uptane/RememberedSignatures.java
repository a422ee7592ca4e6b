package dev.uptanebench.vehicle.uptane;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Checks each signature once per run: worlds of one run check the same files again and again. Keyed by all that the
 * answer depends on; safe for use by many worlds at once.
 */
public final class RememberedSignatures implements SignatureCheck {
    private static final int MOST = 200_000;

    private final SignatureCheck check;
    private final Map<Question, Boolean> answers = new ConcurrentHashMap<>();
    private final LongAdder asked = new LongAdder();
    private final LongAdder checked = new LongAdder();

    public RememberedSignatures(SignatureCheck check) {
        this.check = check;
    }

    private record Question(String key, String messageSha256, Bytes signature) {}

    @Override
    public boolean isValid(PublicKey key, Bytes message, Bytes signature) {
        asked.increment();
        Question question = new Question(key.type() + ' ' + key.scheme() + ' ' + key.value(), message.sha256(),
                signature);
        Boolean known = answers.get(question);
        if (known != null) {
            return known;
        }
        checked.increment();
        boolean valid = check.isValid(key, message, signature);
        if (answers.size() < MOST) {
            answers.put(question, valid);
        }
        return valid;
    }

    /** How often it was asked. */
    public long asked() {
        return asked.sum();
    }

    /** How often a signature really had to be checked. */
    public long checked() {
        return checked.sum();
    }
}
