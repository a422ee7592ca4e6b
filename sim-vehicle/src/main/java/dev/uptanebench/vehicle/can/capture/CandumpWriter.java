package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ErrorFrame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** candump's log; times to the microsecond. Buses whose names are no names of interfaces get one. */
final class CandumpWriter implements CaptureSink {
    private final OutputStream out;
    private final InterfaceNames names = new InterfaceNames();

    CandumpWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    @Override
    public void write(CapturedFrame frame) throws IOException {
        String line = "(" + Seconds.micros(frame.at()) + ") " + names.of(frame.bus()) + " " + text(frame.content())
                + switch (frame.direction()) {
                    case UNKNOWN -> "\n";
                    case RECEIVED -> " R\n";
                    case SENT -> " T\n";
                };
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(CapturedFrame.Content content) {
        return switch (content) {
            case CapturedFrame.Carried(CanFrame frame) -> frame.toString();
            case CapturedFrame.Noticed(ErrorFrame error) -> String.format(Locale.ROOT, "%08X#%016X",
                    error.classes() | 0x2000_0000, error.details());
        };
    }

    @Override
    public List<String> remarks() {
        return names.remarks();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
