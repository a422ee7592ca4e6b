package dev.uptanebench.vehicle.doip;

import dev.uptanebench.vehicle.uds.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** An entity's datagrams: it announces itself, answers who looks for it, and tells how it is. */
final class Discovery {
    /** How many that look for it can wait for their answer at a time; others are not answered. */
    private static final int WAITING_ANSWERS = 16;
    private static final int NODE = 1;
    private static final int POWER_READY = 1;
    private static final long NEVER = Long.MAX_VALUE;

    private final EntityConfig config;
    private final DoipTimes times;
    private final EntityUser user;
    private final List<Delayed> delayed = new ArrayList<>();
    private int announcements;
    private long announceAt = NEVER;

    private record Delayed(long at, Bytes answer, Consumer<byte[]> reply) {}

    Discovery(EntityConfig config, EntityUser user) {
        this.config = config;
        this.times = config.times();
        this.user = user;
    }

    /** The announcements begin. */
    void start(long now) {
        announcements = times.announcements();
        announceAt = announcements == 0 ? NEVER : now + user.spread(times.announceWait());
    }

    /** When {@link #expire} is to be called next. */
    long deadline() {
        return delayed.stream().mapToLong(Delayed::at).reduce(announceAt, Math::min);
    }

    void expire(long now) {
        if (now >= announceAt) {
            announcements--;
            announceAt = announcements == 0 ? NEVER : now + times.announceInterval();
            user.announce(announcement(DoipCodec.VERSION_2019));
        }
        for (Delayed due : delayed.stream().filter(each -> now >= each.at()).toList()) {
            delayed.remove(due);
            due.reply().accept(due.answer().array());
        }
    }

    /** @param active how many testers are */
    void datagram(byte[] bytes, Consumer<byte[]> reply, int active, long now) {
        switch (DoipCodec.readDatagram(bytes, config.longest())) {
            case DoipCodec.Refused(int version, int type, HeaderFault fault) -> {
                if (type != PayloadType.HEADER_NACK.code()) { // two entities must not refuse each other for ever
                    reply.accept(DoipCodec.write(DoipHeader.answering(version),
                            new DoipMessage.HeaderNack(fault.code())));
                }
            }
            case DoipCodec.Message(int version, DoipMessage message) -> answer(version, message, reply, active, now);
        }
    }

    private void answer(int version, DoipMessage message, Consumer<byte[]> reply, int active, long now) {
        switch (message) {
            case DoipMessage.IdentificationRequest _ -> identify(version, reply, now);
            case DoipMessage.IdentificationByEid(Bytes eid) when eid.equals(config.identity().eid()) ->
                identify(version, reply, now);
            case DoipMessage.IdentificationByVin(Bytes vin) when vin.equals(config.identity().vin()) ->
                identify(version, reply, now);
            case DoipMessage.StatusRequest _ -> reply.accept(DoipCodec.write(version, new DoipMessage.StatusResponse(
                    NODE, config.sockets(), active, OptionalLong.of(config.longestRequest()))));
            case DoipMessage.PowerModeRequest _ ->
                reply.accept(DoipCodec.write(version, new DoipMessage.PowerModeResponse(POWER_READY)));
            default -> {
                // meant for another entity, or said by one
            }
        }
    }

    private void identify(int version, Consumer<byte[]> reply, long now) {
        if (delayed.size() < WAITING_ANSWERS) {
            delayed.add(new Delayed(now + user.spread(times.announceWait()),
                    new Bytes(announcement(DoipHeader.answering(version))), reply));
        }
    }

    private byte[] announcement(int version) {
        VehicleIdentity identity = config.identity();
        return DoipCodec.write(version, new DoipMessage.Announcement(identity.vin(), config.address(), identity.eid(),
                identity.gid(), 0, OptionalInt.of(0)));
    }
}
