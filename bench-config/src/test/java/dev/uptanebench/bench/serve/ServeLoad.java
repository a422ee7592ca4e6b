package dev.uptanebench.bench.serve;

import dev.uptanebench.attack.run.WallClock;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Vehicles that all update at once from a running {@code serve}: registered, ordered one image each, then each goes
 * through a whole cycle. Prints how many completed theirs in a second. Arguments: the state folder, the URL of a Director
 * and of the Image repository, how many vehicles, how many at a time.
 */
public final class ServeLoad {
    private static final TufJson DIALECT = new TufJson();
    private static final byte[] NOTHING = {};
    private static final int IMAGE_BYTES = 16 * 1024;
    private static final int AT_A_TIME_REGISTERED = 5000;

    private final Path state;
    private final URI server;
    private final String images;
    private final Bytes image;

    private ServeLoad(Path state, URI director, URI images) {
        this.state = state;
        this.server = director;
        this.images = images.getPath();
        this.image = Bytes.of(RandomStream.of(1, "image").nextBytes(IMAGE_BYTES));
    }

    /** One vehicle with a Primary and a Secondary. */
    private record Vehicle(int number, SigningKey primary, SigningKey secondary) {
        static Vehicle of(int number) {
            return new Vehicle(number, key("P" + number), key("S" + number));
        }

        private static SigningKey key(String name) {
            return SigningKey.ofSeed(RandomStream.bytes(1, name), DIALECT::keyId);
        }

        String vin() {
            return String.format(Locale.ROOT, "WUBFLEET%09d", number);
        }

        String director() {
            return "/director/" + vin();
        }

        private Bytes report(String serial, SigningKey key, String name, Bytes runs, int counter, Instant now) {
            return DIALECT.encode(new VersionReport(serial, name, runs.length(), runs.sha256(), List.of(), now, now,
                    counter), key);
        }

        byte[] manifest(Bytes runs, String name, int counter, Instant now) {
            TreeMap<String, Bytes> reports = new TreeMap<>();
            Bytes nothing = Bytes.utf8("");
            reports.put("P" + number, report("P" + number, primary, "", nothing, counter, now));
            reports.put("S" + number, report("S" + number, secondary, name, runs, counter, now));
            return DIALECT.encode(vin(), "P" + number, reports, primary).toArray();
        }

        String enrolment() {
            return """
                    {"vin":"%s","primary_ecu_serial":"P%d","ecus":[%s,%s]}""".formatted(vin(), number,
                    ecu("P" + number, primary), ecu("S" + number, secondary));
        }

        private static String ecu(String serial, SigningKey key) {
            return """
                    {"ecu_serial":"%s","hardware_identifier":"hw","clientKey":{"keytype":"ED25519","keyval":{"public":"%s"}}}"""
                    .formatted(serial, key.publicKey().value());
        }
    }

    /** @param arguments state folder, Director's URL, Image repository's URL, vehicles, how many at a time */
    public static void main(String[] arguments) throws Exception {
        ServeLoad load = new ServeLoad(Path.of(arguments[0]), URI.create(arguments[1]), URI.create(arguments[2]));
        load.run(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
    }

    private void run(int count, int atATime) throws Exception {
        List<Vehicle> vehicles = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            vehicles.add(Vehicle.of(i));
        }
        for (int first = 0; first < count; first += AT_A_TIME_REGISTERED) {
            List<String> some = vehicles.subList(first, Math.min(count, first + AT_A_TIME_REGISTERED)).stream()
                    .map(Vehicle::enrolment).toList();
            require(ControlClient.register(state, ("{\"vehicles\":[" + String.join(",", some) + "]}")
                    .getBytes(StandardCharsets.UTF_8)));
        }
        WallClock.Stopwatch ordering = WallClock.stopwatch();
        for (Vehicle vehicle : vehicles) {
            require(ControlClient.release(state, image.toArray(), "S" + vehicle.number(), "load.bin", 1L));
        }
        System.out.printf(Locale.ROOT, "%d orders, each a release of its own: %d ms%n", count, ordering.millis());
        WallClock.Stopwatch updating = WallClock.stopwatch();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> lanes = new ArrayList<>();
            for (int i = 0; i < atATime; i++) {
                lanes.add(all.submit(() -> lane(vehicles, next)));
            }
            for (Future<Integer> lane : lanes) {
                lane.get();
            }
        }
        long millis = updating.millis();
        System.out.printf(Locale.ROOT, "%d vehicles, %d at a time: %d ms, %.0f whole cycles a second%n", count, atATime,
                millis, count * 1000.0 / millis);
    }

    private static void require(ControlClient.Answer answer) throws IOException {
        if (answer.status() != 200) {
            throw new IOException("the server refused: " + answer.body());
        }
    }

    private int lane(List<Vehicle> vehicles, AtomicInteger next) throws IOException {
        int done = 0;
        for (int i = next.getAndIncrement(); i < vehicles.size(); i = next.getAndIncrement()) {
            try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                socket.setTcpNoDelay(true);
                cycle(vehicles.get(i), socket);
                done++;
            }
        }
        return done;
    }

    /** What a Primary asks for in a cycle in which something new is ordered. */
    private void cycle(Vehicle vehicle, Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Instant now = WallClock.now().truncatedTo(ChronoUnit.SECONDS);
        ask(socket, in, "PUT", vehicle.director() + "/manifest", vehicle.manifest(Bytes.utf8(""), "", 1, now), 200);
        ask(socket, in, "POST", "/time", "0123456789abcdef".getBytes(StandardCharsets.US_ASCII), 200);
        for (String repository : List.of(vehicle.director(), images)) {
            ask(socket, in, "GET", repository + "/2.root.json", NOTHING, 404);
            ask(socket, in, "GET", repository + "/timestamp.json", NOTHING, 200);
            ask(socket, in, "GET", repository + "/snapshot.json", NOTHING, 200);
            byte[] targets = ask(socket, in, "GET", repository + "/targets.json", NOTHING, 200);
            if (!new String(targets, StandardCharsets.UTF_8).contains(image.sha256())) {
                throw new IOException(vehicle.vin() + " is not ordered the image");
            }
        }
        byte[] got = ask(socket, in, "GET", images + "/targets/" + image.sha256() + ".load.bin", NOTHING, 200);
        if (!Bytes.of(got).equals(image)) {
            throw new IOException("another image came");
        }
        ask(socket, in, "PUT", vehicle.director() + "/manifest", vehicle.manifest(image, "load.bin", 2, now), 200);
    }

    private byte[] ask(Socket socket, InputStream in, String method, String path, byte[] body, int expected)
            throws IOException {
        byte[] head = (method + ' ' + path + " HTTP/1.1\r\nHost: " + server.getHost() + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        socket.getOutputStream().write(whole);
        int status = Integer.parseInt(line(in), "HTTP/1.1 ".length(), "HTTP/1.1 200".length(), 10);
        int answered = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                answered = Integer.parseInt(header.substring("content-length:".length()).strip());
            }
        }
        byte[] answer = in.readNBytes(answered);
        if (status != expected) {
            throw new IOException(method + ' ' + path + ": " + status + ' '
                    + new String(answer, StandardCharsets.UTF_8));
        }
        return answer;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server went away");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
