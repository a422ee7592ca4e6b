package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.kernel.Timer;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uds.UdsRequest;
import dev.uptanebench.vehicle.uds.UdsSession;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * All ECUs of a bus, as a tester speaks to them while it programs one of them: by requests to everybody that want no
 * positive response. Whoever falls silent without a word is forgotten by them after S3.
 */
final class Bystanders {
    /** S3_Client: well within the 5 s of S3_Server. */
    private static final Duration PRESENCE = Duration.ofSeconds(2);
    /** S3_Server: a tester that has not been at work for so long has given up. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(5);
    /** P3_Client_Func: nobody says when all have carried out a request. */
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int APPLICATION_MESSAGES = 1;
    private static final int NEITHER_SEND_NOR_RECEIVE = 3;
    private static final int SEND_AND_RECEIVE = 0;

    private final World world;
    private final MessageChannel everybody;
    private final LongSupplier worked;
    private final Timer presence;

    /** @param worked world time at which the tester was last at work */
    Bystanders(World world, MessageChannel everybody, LongSupplier worked) {
        this.world = world;
        this.everybody = everybody;
        this.worked = worked;
        this.presence = world.timer(this::show);
    }

    /** Extended session, no trouble codes, no application messages; and a tester that stays present. Waits. */
    void hush() {
        tell(List.of(new UdsRequest.StartSession(UdsSession.EXTENDED, true), new UdsRequest.DtcSetting(false, true),
                new UdsRequest.CommunicationControl(NEITHER_SEND_NOR_RECEIVE, APPLICATION_MESSAGES, true)));
        presence.set(world.now() + PRESENCE.toNanos());
    }

    /** Everything as it was before. Waits. */
    void release() {
        presence.clear();
        tell(List.of(new UdsRequest.CommunicationControl(SEND_AND_RECEIVE, APPLICATION_MESSAGES, true),
                new UdsRequest.DtcSetting(true, true), new UdsRequest.StartSession(UdsSession.DEFAULT, true)));
    }

    private void tell(List<UdsRequest> requests) {
        for (UdsRequest request : requests) {
            everybody.send(request.encode());
            world.sleep(BETWEEN);
        }
    }

    private void show() {
        if (world.now() - worked.getAsLong() < GIVEN_UP.toNanos()) {
            everybody.send(new UdsRequest.TesterPresent(true).encode());
            presence.set(world.now() + PRESENCE.toNanos());
        }
    }

    /** Not a word from now on. */
    void leave() {
        presence.clear();
    }
}
