package dev.uptanebench.vehicle.repository;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something the Director decided, for those who ask later.
 *
 * @param at in whole milliseconds
 * @param subject what it was about, such as an ECU's serial or a manifest's digest; cut off where it is too long
 * @param why in words; cut off where it is too long
 */
public record Decision(Instant at, String vin, Kind kind, String subject, String why) {
    /** Stands for the VIN where a decision is about all vehicles. */
    public static final String EVERY_VEHICLE = "";
    private static final int LONGEST = 1000;

    /** What was decided. */
    public enum Kind {
        VEHICLE_REGISTERED,
        ECU_REGISTERED,
        ECU_REFUSED,
        ECU_KEY_REPLACED,
        ECU_IMAGES,
        MANIFEST_ACCEPTED,
        MANIFEST_REFUSED,
        /** By a vehicle's own word; the subject is the order's name. */
        INSTALLATION_FAILED,
        CLIENT_REFUSED,
        ORDERED,
        ORDER_DEFERRED,
        ORDER_REFUSED,
        ORDER_CONFIRMED,
        ORDER_FAILED,
        ORDER_WITHDRAWN,
        KEYS_REPLACED,
        PUBLISHED;

        /** Whether anybody at all can bring it about, as often as they like. */
        public boolean isRefusal() {
            return switch (this) {
                case ECU_REFUSED, MANIFEST_REFUSED, CLIENT_REFUSED -> true;
                case VEHICLE_REGISTERED, ECU_REGISTERED, ECU_KEY_REPLACED, ECU_IMAGES, KEYS_REPLACED, MANIFEST_ACCEPTED,
                        INSTALLATION_FAILED, ORDERED, ORDER_DEFERRED,
                        ORDER_REFUSED,
                        ORDER_CONFIRMED, ORDER_FAILED, ORDER_WITHDRAWN, PUBLISHED ->
                    false;
            };
        }
    }

    public Decision {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        subject = cut(subject);
        why = cut(why);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
