package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanBusContract;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.kernel.Limits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("can")
class VcanBusTest extends CanBusContract {
    private final RealWorld real = new RealWorld();
    private final SocketCanBus bus = real.bus("vcan0", false, Duration.ZERO);

    @AfterEach
    void close() {
        real.close();
    }

    @Override
    protected CanBus bus() {
        return bus;
    }

    @Override
    protected void settle() {
        real.settle(bus);
    }

    @Override
    protected List<Event.FrameTouched> touched() {
        return real.recorder.history().events(Event.FrameTouched.class).toList();
    }

    @Override
    protected int queueFrames() {
        return Limits.PORT_FRAMES;
    }
}
