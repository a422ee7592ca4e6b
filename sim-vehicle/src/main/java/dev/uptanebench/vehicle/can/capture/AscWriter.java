package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Vector's ASC, hexadecimal, times to the microsecond since the first frame's millisecond. It says of an error frame that
 * there was one and nothing more, and of every frame a direction: one that is not known is written as received.
 */
final class AscWriter implements CaptureSink {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
    private static final int MILLI = 1_000_000;

    private final OutputStream out;
    private final ChannelNumbers channels = new ChannelNumbers();
    private final Set<Integer> told = new HashSet<>();
    private long start = -1;
    private long errors;

    AscWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    @Override
    public void write(CapturedFrame frame) throws IOException {
        begin(frame.at());
        int channel = channels.of(frame.bus());
        if (told.add(channel) && !frame.bus().equals(ChannelNumbers.bus(channel))) {
            line(AscHeader.CHANNEL + channel + AscHeader.IS + frame.bus().replaceAll("\\p{Cntrl}", "_"));
        }
        if (frame.at() < start) {
            throw new IOException("this format needs frames in the order of their times");
        }
        errors += frame.content() instanceof CapturedFrame.Noticed ? 1 : 0;
        String time = String.format(Locale.ROOT, "%11s ", Seconds.micros(frame.at() - start));
        line(time + switch (frame.content()) {
            case CapturedFrame.Noticed(ErrorFrame _) -> channel + "  ErrorFrame";
            case CapturedFrame.Carried(CanFrame can) -> can.fd()
                    ? canFd(channel, frame.direction(), can)
                    : can(channel, frame.direction(), can);
        });
    }

    private static String can(int channel, Direction direction, CanFrame frame) {
        String data = frame.length() == 0 || frame.remote() ? "" : " " + HEX.formatHex(frame.data());
        return String.format(Locale.ROOT, "%d  %-15s %-4s %s %X%s", channel, id(frame), way(direction),
                frame.remote() ? "r" : "d", frame.length(), data);
    }

    private static String canFd(int channel, Direction direction, CanFrame frame) {
        int flags = 0x1000 | (frame.switches() ? 0x2000 : 0) | (frame.errorPassive() ? 0x4000 : 0);
        String data = frame.length() == 0 ? "" : HEX.formatHex(frame.data()) + " ";
        return String.format(Locale.ROOT, "CANFD %3d %-4s %11s %d %d %x %2d %s%8d %4d %8X 0 0 0 0 0", channel,
                way(direction), id(frame), frame.switches() ? 1 : 0, frame.errorPassive() ? 1 : 0,
                frame.lengthCode(), frame.length(), data, 0, 0, flags);
    }

    private static String id(CanFrame frame) {
        return String.format(Locale.ROOT, "%X%s", frame.id().value(), frame.id().extended() ? "x" : "");
    }

    private static String way(Direction direction) {
        return direction == Direction.SENT ? "Tx" : "Rx";
    }

    private void begin(long at) throws IOException {
        if (start >= 0) {
            return;
        }
        start = at - at % MILLI;
        String date = AscDate.text(start);
        line("date " + date);
        line("base hex  timestamps absolute");
        line("internal events logged");
        line("Begin Triggerblock " + date);
        line("   0.000000 Start of measurement");
    }

    private void line(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    @Override
    public List<String> remarks() {
        return errors == 0
                ? List.of()
                : List.of("of " + errors + " error frames this format says that they were, not what was wrong");
    }

    @Override
    public void close() throws IOException {
        begin(0);
        line("End TriggerBlock");
        out.close();
    }
}
