package dev.uptanebench.vehicle.history;

import dev.uptanebench.vehicle.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A history as JSON lines. Each line is
 * {@code {"n":0,"at":0,"event":{"event":"BeatStarted",…},"chain":"…"}}; the chain value is the SHA-256 of the former
 * chain value (64 zeros at first), the numbers and the event's JSON.
 */
public final class HistoryCodec {
    private static final String FIRST = "0".repeat(64);
    private static final String EVENT = ",\"event\":";
    private static final String CHAIN = ",\"chain\":\"";
    private static final JsonMapper JSON = JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private HistoryCodec() {}

    /** The bytes of the history's file. */
    public static byte[] encode(History history) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(history.entries().size() * 256);
        for (Entry entry : history.entries()) {
            out.writeBytes(line(entry, json(entry.event())).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /**
     * Reads a history's file and checks its chain.
     *
     * @throws BrokenHistory naming the first line that is not what was once written
     */
    public static History decode(byte[] file) {
        List<Entry> entries = new ArrayList<>();
        String chain = FIRST;
        int number = 0;
        for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            Entry entry = parse(line, number);
            chain = chain(chain, entry.sequence(), entry.at(), event(line, number));
            if (entry.sequence() != entries.size() || !chain.equals(entry.chain())) {
                throw new BrokenHistory(number, "the chain value does not fit what stands before it");
            }
            entries.add(entry);
        }
        return new History(entries);
    }

    /** An entry and its line. */
    record Written(Entry entry, String line) {}

    static Written next(List<Entry> before, long at, Event event) {
        String chain = before.isEmpty() ? FIRST : before.getLast().chain();
        String json = json(event);
        Entry entry = new Entry(before.size(), at, event, chain(chain, before.size(), at, json));
        return new Written(entry, line(entry, json));
    }

    /** The event's JSON just as it stands in the line: what is chained is what was written. */
    private static String event(String line, int number) {
        int from = line.indexOf(EVENT);
        int to = line.lastIndexOf(CHAIN);
        if (from < 0 || to < from) {
            throw new BrokenHistory(number, "it does not have the form of a history's line");
        }
        return line.substring(from + EVENT.length(), to);
    }

    private static String json(Event event) {
        return EventText.of(event);
    }

    private static String line(Entry entry, String event) {
        return "{\"n\":" + entry.sequence() + ",\"at\":" + entry.at() + EVENT + event + CHAIN
                + entry.chain() + "\"}\n";
    }

    private record Line(long n, long at, Event event, String chain) {}

    private static Entry parse(String line, int number) {
        try {
            Line parsed = JSON.readValue(line, Line.class);
            return new Entry(parsed.n(), parsed.at(), parsed.event(), parsed.chain());
        } catch (JacksonException e) {
            throw new BrokenHistory(number, e.getOriginalMessage());
        }
    }

    private static String chain(String before, long sequence, long at, String event) {
        MessageDigest sha256 = Sha256.begun();
        sha256.update((before + sequence + ',' + at + ',').getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha256.digest(event.getBytes(StandardCharsets.UTF_8)));
    }
}
