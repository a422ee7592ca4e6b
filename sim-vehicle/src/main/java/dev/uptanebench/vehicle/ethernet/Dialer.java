package dev.uptanebench.vehicle.ethernet;

import dev.uptanebench.vehicle.doip.Line;
import java.util.function.Function;

/** How a tester connects to one entity. */
@FunctionalInterface
public interface Dialer {

    /**
     * Opens a connection; what comes of it is told later, in the world's thread.
     *
     * @param opened is handed the connection and says who listens to it
     * @param refused called instead when there is none
     */
    void dial(Function<Line, LineListener> opened, Runnable refused);
}
