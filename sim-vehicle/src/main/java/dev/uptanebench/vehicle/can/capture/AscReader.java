package dev.uptanebench.vehicle.can.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Vector's ASC: CAN and CAN FD messages, remote and error frames, hexadecimal or decimal, absolute or relative times.
 * Events of other kinds (statistics, chip states, other buses) are passed over.
 */
final class AscReader implements CaptureSource {
    private static final Pattern TIME = Pattern.compile("\\d{1,10}\\.\\d{1,9}");
    private static final Pattern CHANNEL = Pattern.compile("\\d{1,3}");

    private final Place place;
    private final Lines lines;
    private final AscHeader header = new AscHeader();
    private long now;

    AscReader(String name, InputStream in) {
        this.place = new Place(name);
        this.lines = new Lines(in, place);
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            String[] words = line.strip().split("\\s+");
            if (!TIME.matcher(words[0]).matches()) {
                header.line(line.strip(), lines, place);
                continue;
            }
            try {
                Optional<CapturedFrame> frame = event(words);
                if (frame.isPresent()) {
                    lines.accept();
                    return frame;
                }
            } catch (IllegalArgumentException e) {
                lines.wrong(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    private Optional<CapturedFrame> event(String[] words) {
        long time = Seconds.parse(words[0]);
        if (header.relative()) {
            time += now;
        }
        if (time > Long.MAX_VALUE / 4) {
            throw new IllegalArgumentException("the time lies beyond the year 2262");
        }
        now = time;
        boolean fd = words.length > 2 && words[1].equals("CANFD");
        String channel = words.length > 2 ? words[fd ? 2 : 1] : "";
        if (!CHANNEL.matcher(channel).matches()) {
            if (String.join(" ", words).endsWith("Start of measurement")) {
                header.measurementStarts();
            }
            return Optional.empty();
        }
        AscMessage message = new AscMessage(words, fd ? 3 : 2, header.radix());
        int number = Text.number(channel, 10, ChannelNumbers.MOST, "a channel up to 255");
        long at = header.start() + time;
        if (number == 0 || at < 0) {
            throw new IllegalArgumentException(number == 0 ? "channels begin with 1" : "a time beyond the year 2262");
        }
        return (fd ? message.canFd() : message.can())
                .map(content -> new CapturedFrame(at, header.bus(number), message.direction(), content));
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
