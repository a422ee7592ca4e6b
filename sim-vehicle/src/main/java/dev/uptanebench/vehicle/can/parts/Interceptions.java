package dev.uptanebench.vehicle.can.parts;

import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.FrameInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Those who stand between senders and the others. */
public final class Interceptions {
    private final BiConsumer<CanFrame, String> touched;
    private List<Interception> all = List.of();

    private record Interception(FrameInterceptor interceptor, CanPort port) {}

    /**
     * What becomes of a frame.
     *
     * @param wire whose bits are on the bus
     * @param arrives what the others receive; null for nothing
     */
    public record Decision(CanFrame wire, @Nullable CanFrame arrives) {}

    /** @param touched is told which frame was touched, and how */
    public Interceptions(BiConsumer<CanFrame, String> touched) {
        this.touched = touched;
    }

    public boolean none() {
        return all.isEmpty();
    }

    /** @param port at which it sends what it injects */
    public void add(FrameInterceptor interceptor, CanPort port) {
        List<Interception> more = new ArrayList<>(all);
        more.add(new Interception(interceptor, port));
        all = more;
    }

    public void remove(CanPort port) {
        all = all.stream().filter(interception -> !interception.port().equals(port)).toList();
    }

    /** Lets them decide; of several, the first that does not pass the frame. */
    public Decision decide(CanPort sender, CanFrame sent) {
        for (Interception interception : all) {
            if (interception.port().equals(sender)) {
                continue;
            }
            switch (interception.interceptor().decide(sender.node(), sent)) {
                case FrameInterceptor.Pass() -> {
                    continue;
                }
                case FrameInterceptor.Drop() -> {
                    touched.accept(sent, "dropped");
                    return new Decision(sent, null);
                }
                case FrameInterceptor.Replace(CanFrame other) -> {
                    touched.accept(sent, "replaced by " + other);
                    return new Decision(other, other);
                }
                case FrameInterceptor.Inject(List<CanFrame> frames) -> {
                    frames.forEach(interception.port()::send);
                    return new Decision(sent, sent);
                }
            }
        }
        return new Decision(sent, sent);
    }
}
