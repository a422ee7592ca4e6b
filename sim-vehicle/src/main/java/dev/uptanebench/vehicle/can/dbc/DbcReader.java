package dev.uptanebench.vehicle.can.dbc;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.dbc.DbcLexer.Kind;
import dev.uptanebench.vehicle.can.dbc.DbcLexer.Token;
import dev.uptanebench.vehicle.can.dbc.DbcSignal.Multiplexing;
import dev.uptanebench.vehicle.kernel.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Reads a DBC file: nodes, messages, signals with multiplexing (extended, too), attributes with their defaults, meanings of
 * values. Other statements are passed over. Nothing is believed that does not fit: identifiers, lengths, places of signals.
 */
public final class DbcReader {
    /** Bit 31 of an identifier says that it has 29 bits; bit 30, which no frame has, marks Vector's heap of loose signals. */
    private static final long EXTENDED = 0x8000_0000L;
    private static final long NO_FRAME = 0x4000_0000L;
    private static final int LONGEST_MESSAGE = 1785; // what the transport protocol of J1939 carries

    private final DbcLexer in;
    private final List<String> nodes = new ArrayList<>();
    private final Map<Long, Draft> drafts = new LinkedHashMap<>();
    private final DbcAttributes attributes = new DbcAttributes();
    private int signals;

    /** A message that is not complete yet. */
    private record Draft(Token where, CanId id, String name, int length, String sender,
            Map<String, DbcSignal> signals) {}

    private DbcReader(String file, byte[] bytes) throws BrokenDbc {
        this.in = new DbcLexer(file, new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads a whole file.
     *
     * @param file its name, for problems
     * @throws BrokenDbc if it is none; names line and column
     */
    public static Dbc read(String file, byte[] bytes) throws BrokenDbc {
        if (bytes.length > Limits.DBC_BYTES) {
            throw new BrokenDbc(file + ":1:1", "more than " + Limits.DBC_BYTES + " bytes");
        }
        return new DbcReader(file, bytes).read();
    }

    private Dbc read() throws BrokenDbc {
        while (in.peek().kind() != Kind.END) {
            statement(in.take());
        }
        Map<CanId, DbcMessage> messages = new LinkedHashMap<>();
        for (Map.Entry<Long, Draft> draft : drafts.entrySet()) {
            DbcMessage message = finished(draft.getKey(), draft.getValue());
            if (messages.putIfAbsent(message.id(), message) != null) {
                throw in.wrong(draft.getValue().where(), "another message has the identifier " + message.id());
            }
        }
        return new Dbc(nodes, messages);
    }

    private void statement(Token first) throws BrokenDbc {
        if (first.kind() != Kind.WORD) {
            throw in.wrong(first, "expected a statement, found '" + first.text() + "'");
        }
        switch (first.text()) {
            case "VERSION" -> text();
            case "NS_", "BS_" -> {
                sign(":");
                passOver(first);
            }
            case "BU_" -> nodes(first);
            case "BO_" -> message();
            case "BA_DEF_" -> definition();
            case "BA_DEF_DEF_" -> standard();
            case "BA_" -> attribute();
            case "VAL_" -> meanings();
            case "SG_MUL_VAL_" -> multiplexed();
            case "SG_" -> throw in.wrong(first, "a signal outside a message");
            default -> toTheEnd();
        }
    }

    /** Lists have no end of their own: what begins a line is the next statement. */
    private void passOver(Token first) throws BrokenDbc {
        while (in.peek().kind() != Kind.END && (in.peek().line() == first.line() || in.peek().column() > 1)) {
            in.take();
        }
    }

    private void toTheEnd() throws BrokenDbc {
        Token token = in.take();
        while (!token.is(";")) {
            if (token.kind() == Kind.END) {
                throw in.wrong(token, "the file ends before the statement's semicolon");
            }
            token = in.take();
        }
    }

    private void nodes(Token first) throws BrokenDbc {
        sign(":");
        while (in.peek().kind() == Kind.WORD && (in.peek().line() == first.line() || in.peek().column() > 1)) {
            if (nodes.size() == Limits.DBC_MESSAGES) {
                throw in.wrong(in.peek(), "more than " + Limits.DBC_MESSAGES + " nodes");
            }
            nodes.add(in.take().text());
        }
    }

    private void message() throws BrokenDbc {
        Token where = in.peek();
        long raw = whole(0, 0xFFFF_FFFFL);
        String name = word();
        sign(":");
        int length = (int) whole(0, LONGEST_MESSAGE);
        String sender = in.peek().kind() == Kind.WORD && !in.peek().text().endsWith("_") ? word() : "";
        Map<String, DbcSignal> own = new LinkedHashMap<>();
        while (in.peek().kind() == Kind.WORD && in.peek().text().equals("SG_")) {
            Token at = in.take();
            DbcSignal signal = signal();
            if (!signal.fits(length) && (raw & NO_FRAME) == 0) {
                throw in.wrong(at, "the signal " + signal.name() + " does not lie in the " + length + " bytes of "
                        + name);
            }
            if (own.putIfAbsent(signal.name(), signal) != null) {
                throw in.wrong(at, "there are two signals " + signal.name() + " in " + name);
            }
            if (++signals > Limits.DBC_SIGNALS) {
                throw in.wrong(at, "more than " + Limits.DBC_SIGNALS + " signals");
            }
        }
        if ((raw & NO_FRAME) != 0) {
            return;
        }
        if (drafts.size() == Limits.DBC_MESSAGES) {
            throw in.wrong(where, "more than " + Limits.DBC_MESSAGES + " messages");
        }
        if (drafts.putIfAbsent(raw, new Draft(where, id(where, raw), name, length, sender, own)) != null) {
            throw in.wrong(where, "there is a message " + raw + " already");
        }
    }

    private CanId id(Token where, long raw) throws BrokenDbc {
        try {
            return (raw & EXTENDED) != 0 ? CanId.extended((int) (raw & ~EXTENDED)) : CanId.standard((int) raw);
        } catch (IllegalArgumentException e) {
            throw in.wrong(where, raw + " is no identifier: 11 bits, or 29 with bit 31 set");
        }
    }

    private DbcSignal signal() throws BrokenDbc {
        String name = word();
        Multiplexing multiplexing = in.peek().kind() == Kind.WORD ? multiplexing(in.take()) : Multiplexing.NONE;
        sign(":");
        int start = (int) whole(0, 8L * LONGEST_MESSAGE - 1);
        sign("|");
        int length = (int) whole(1, Long.SIZE);
        sign("@");
        Order order = order();
        sign("(");
        double factor = number();
        sign(",");
        double offset = number();
        sign(")");
        sign("[");
        double minimum = number();
        sign("|");
        double maximum = number();
        sign("]");
        String unit = text();
        receivers();
        return new DbcSignal(name, start, length, order.bigEndian(), order.signed(), factor, offset, minimum, maximum,
                unit, multiplexing, OptionalDouble.empty(), Map.of());
    }

    private record Order(boolean bigEndian, boolean signed) {}

    /** {@code 1+}, {@code 1-}, {@code 0+}, {@code 0-}; the sign may stand apart. */
    private Order order() throws BrokenDbc {
        Token digit = in.take();
        if (digit.kind() != Kind.NUMBER || !(digit.text().equals("0") || digit.text().equals("1"))) {
            throw in.wrong(digit, "expected 0 or 1 and then + or -, for the order of bytes and the sign");
        }
        Token sign = in.take();
        if (!sign.is("+") && !sign.is("-")) {
            throw in.wrong(sign, "expected + or -, found '" + sign.text() + "'");
        }
        return new Order(digit.text().equals("0"), sign.is("-"));
    }

    private void receivers() throws BrokenDbc {
        int line = in.peek().line();
        while (in.peek().is(",") || (in.peek().kind() == Kind.WORD && in.peek().line() == line
                && !in.peek().text().equals("SG_"))) {
            in.take();
        }
    }

    /** {@code M}, {@code m3}, {@code m3M}. */
    private Multiplexing multiplexing(Token token) throws BrokenDbc {
        String text = token.text();
        boolean selects = text.endsWith("M");
        String value = selects ? text.substring(0, text.length() - 1) : text;
        if (value.isEmpty()) {
            return new Multiplexing(true, OptionalInt.empty(), "", List.of());
        }
        if (!value.matches("m[0-9]{1,9}")) {
            throw in.wrong(token, "expected M, or m and a number, found '" + text + "'");
        }
        return new Multiplexing(selects, OptionalInt.of(Integer.parseInt(value.substring(1))), "", List.of());
    }

    /** {@code SG_MUL_VAL_ 100 signal selector 0-3, 7-7;}. */
    private void multiplexed() throws BrokenDbc {
        Token where = in.peek();
        Draft draft = drafts.get(whole(0, 0xFFFF_FFFFL));
        String name = word();
        String selector = word();
        List<long[]> ranges = new ArrayList<>();
        while (!in.peek().is(";")) {
            long from = whole(0, Long.MAX_VALUE);
            long to = Math.abs(whole(Long.MIN_VALUE, Long.MAX_VALUE)); // the dash is read as its sign
            ranges.add(new long[]{from, to});
            if (in.peek().is(",")) {
                in.take();
            }
        }
        sign(";");
        DbcSignal signal = draft == null ? null : draft.signals().get(name);
        if (draft == null || signal == null) {
            throw in.wrong(where, "there is no such message, or no signal " + name + " in it");
        }
        draft.signals().put(name, signal.with(new Multiplexing(signal.multiplexing().selects(),
                signal.multiplexing().by(), selector, ranges)));
    }

    private void definition() throws BrokenDbc {
        if (in.peek().kind() == Kind.WORD) {
            in.take();
        }
        String name = text();
        List<String> values = new ArrayList<>();
        for (Token token = in.take(); !token.is(";"); token = in.take()) {
            switch (token.kind()) {
                case TEXT -> values.add(token.text());
                case END -> throw in.wrong(token, "the file ends before the statement's semicolon");
                case WORD, NUMBER, SIGN -> {
                }
            }
        }
        attributes.define(name, values);
    }

    private void standard() throws BrokenDbc {
        attributes.standard(text(), value());
        sign(";");
    }

    private void attribute() throws BrokenDbc {
        String name = text();
        Token kind = in.peek();
        if (kind.kind() != Kind.WORD) { // of the network
            attributes.standard(name, value());
            sign(";");
            return;
        }
        in.take();
        switch (kind.text()) {
            case "BO_" -> attributes.set(name, whole(0, 0xFFFF_FFFFL), "", value());
            case "SG_" -> {
                long message = whole(0, 0xFFFF_FFFFL);
                attributes.set(name, message, word(), value());
            }
            default -> {
                word();
                value();
            }
        }
        sign(";");
    }

    private String value() throws BrokenDbc {
        Token token = in.take();
        if (token.kind() != Kind.NUMBER && token.kind() != Kind.TEXT) {
            throw in.wrong(token, "expected a number or a text, found '" + token.text() + "'");
        }
        return token.text();
    }

    /** {@code VAL_ 100 signal 0 "off" 1 "on" ;}; those of environment variables have no message. */
    private void meanings() throws BrokenDbc {
        if (in.peek().kind() == Kind.WORD) {
            toTheEnd();
            return;
        }
        Draft draft = drafts.get(whole(0, 0xFFFF_FFFFL));
        String name = word();
        Map<Long, String> meanings = new TreeMap<>();
        while (!in.peek().is(";")) {
            long value = (long) number();
            meanings.put(value, text());
        }
        sign(";");
        DbcSignal signal = draft == null ? null : draft.signals().get(name);
        if (draft != null && signal != null) { // of a signal that is not there they mean nothing
            draft.signals().put(name, signal.with(signal.initial(), meanings));
        }
    }

    private DbcMessage finished(long raw, Draft draft) {
        List<DbcSignal> own = draft.signals().values().stream()
                .map(signal -> signal.with(attributes.initial(raw, signal.name()), signal.meanings())).toList();
        return new DbcMessage(draft.id(), draft.name(), draft.length(), draft.sender(),
                attributes.fd(raw) || (draft.length() > CanFrame.MAX_LENGTH && draft.length() <= CanFrame.MAX_FD_LENGTH
                        && attributes.fdBus()),
                attributes.switches(raw), attributes.cycle(raw), own);
    }

    private void sign(String wanted) throws BrokenDbc {
        Token token = in.take();
        if (!token.is(wanted)) {
            throw in.wrong(token, "expected '" + wanted + "', found '" + token.text() + "'");
        }
    }

    private String word() throws BrokenDbc {
        Token token = in.take();
        if (token.kind() != Kind.WORD) {
            throw in.wrong(token, "expected a name, found '" + token.text() + "'");
        }
        return token.text();
    }

    private String text() throws BrokenDbc {
        Token token = in.take();
        if (token.kind() != Kind.TEXT) {
            throw in.wrong(token, "expected a text in quotation marks, found '" + token.text() + "'");
        }
        return token.text();
    }

    private long whole(long least, long most) throws BrokenDbc {
        Token token = in.take();
        try {
            long value = Long.parseLong(token.text());
            if (token.kind() == Kind.NUMBER && value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw in.wrong(token, "expected a whole number"
                + (most == Long.MAX_VALUE ? "" : " from " + least + " to " + most) + ", found '" + token.text() + "'");
    }

    private double number() throws BrokenDbc {
        Token token = in.take();
        try {
            double value = Double.parseDouble(token.text());
            if (token.kind() == Kind.NUMBER && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw in.wrong(token, "expected a number, found '" + token.text() + "'");
    }
}
