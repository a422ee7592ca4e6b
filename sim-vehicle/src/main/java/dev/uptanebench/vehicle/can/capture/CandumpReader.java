package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of candump ({@code -l}, {@code -L}): {@code (1436509052.249713) vcan0 123#DEADBEEF}, behind which newer tools
 * write R or T. Empty lines and those that begin with {@code #} are passed over.
 */
final class CandumpReader implements CaptureSource {
    private static final Pattern LINE = Pattern
            .compile(
                    "\\s*\\((?<time>[^()\\s]*)\\)\\s+(?<bus>\\S+)\\s+(?<frame>\\S+)(?:\\s+(?<way>[RT])x?)?");
    private static final Pattern FRAME = Pattern.compile("(?<id>[0-9A-Fa-f]{3}|[0-9A-Fa-f]{8})#"
            + "(?:#[0-9A-Fa-f](?:\\.?[0-9A-Fa-f]{2}){0,64}|[Rr][0-9A-Fa-f]?(?:_[0-9A-Fa-f])?"
            + "|(?:[0-9A-Fa-f]{2}(?:\\.?[0-9A-Fa-f]{2}){0,7})?(?:_[0-9A-Fa-f])?)");
    private static final int ERROR = 0x2000_0000;

    private final Place place;
    private final Lines lines;

    CandumpReader(String name, InputStream in) {
        this.place = new Place(name);
        this.lines = new Lines(in, place);
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                CapturedFrame frame = frame(line);
                lines.accept();
                return Optional.of(frame);
            } catch (IllegalArgumentException e) {
                lines.wrong(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static CapturedFrame frame(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'(seconds) bus id#data' was expected, not " + Text.shown(line));
        }
        String way = parts.group("way");
        Direction direction = way == null ? Direction.UNKNOWN : way.equals("T") ? Direction.SENT : Direction.RECEIVED;
        String bus = parts.group("bus");
        if (!BusName.of(bus, "").equals(bus)) {
            throw new IllegalArgumentException("no name of a bus: " + Text.shown(bus));
        }
        return new CapturedFrame(Seconds.parse(parts.group("time")), bus, direction,
                content(parts.group("frame")));
    }

    private static CapturedFrame.Content content(String text) {
        Matcher frame = FRAME.matcher(text);
        if (!frame.matches()) {
            throw new IllegalArgumentException("no frame: " + Text.shown(text));
        }
        String id = frame.group("id");
        int code = text.indexOf('_'); // a length code of 9 to 15, which means eight bytes
        String plain = code < 0 ? text : text.substring(0, code);
        if (id.length() == 8 && (Integer.parseUnsignedInt(id, 16) & ERROR) != 0) {
            return new CapturedFrame.Noticed(error(id, plain.substring(id.length() + 1)));
        }
        return new CapturedFrame.Carried(CanFrame.parse(plain));
    }

    private static ErrorFrame error(String id, String data) {
        if (data.startsWith("#") || data.startsWith("R") || data.startsWith("r")) {
            throw new IllegalArgumentException("an error frame has plain data, not " + Text.shown(data));
        }
        String digits = (data.replace(".", "") + "0000000000000000").substring(0, 16);
        return new ErrorFrame(Integer.parseUnsignedInt(id, 16) & ~ERROR, HexFormat.fromHexDigitsToLong(digits));
    }

    @Override
    public List<String> remarks() {
        return place.remarks();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
