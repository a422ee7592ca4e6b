package dev.uptanebench.bench.serve;

import dev.uptanebench.attack.run.WallClock;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.config.VehicleConfig;
import dev.uptanebench.bench.state.CertificateFolder;
import dev.uptanebench.bench.state.KeyFolder;
import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.bench.state.StateFolder;
import dev.uptanebench.ecu.image.MemoryArea;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.http.socket.ServerLimits;
import dev.uptanebench.vehicle.http.socket.SocketServer;
import dev.uptanebench.vehicle.kernel.SystemRandom;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.sql.SqlInventory;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running server: made, it listens; closed, everything it was doing has come to its end. */
public final class Serving implements AutoCloseable {
    private static final String DIALECT = "dialect";
    private static final String ID = "id";
    private static final int ID_BYTES = 16;
    private static final String CURRENT = "publications/current";
    private static final String HTTP = "http";
    private static final String HTTPS = "https";
    private static final int LONGEST_SOCKET_PATH = 100;
    private static final int SECONDS_BETWEEN_RENEWALS = 60;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ServerUrls urls;
    private final Path provisioning;
    private final Path state;

    private Serving(BenchConfig config, ServeSettings settings) throws IOException {
        Dialect dialect = config.dialect().dialect();
        try {
            requireAddress(settings.host());
            StateFolder folder = opened(StateFolder.open(settings.state()));
            state = folder.path();
            requireSameDialect(folder, config.dialect());
            KeyFolder keys = new KeyFolder(folder.folder("keys"), dialect);
            SqlInventory inventory = opened(inventory(folder, settings));
            Oem oem = oem(config, new RoleKeyFolders(folder.folder("keys"),
                    settings.offlineKeys().map(Path::toAbsolutePath), dialect), folder, inventory);
            WorkQueue work = opened(new WorkQueue());
            enrol(config, oem.fleet(), keys);
            SocketServer devices = opened(new SocketServer(ServerLimits.standard(),
                    new DeviceGateway(oem, WallClock::now, work)));
            oem.renew();
            CertificateFolder certificates = CertificateFolder.ensure(folder.folder("tls"), WallClock.now(),
                    settings.host());
            int port = listen(devices, folder, HTTP, settings.host(), settings.port(), null);
            int tlsPort = listen(devices, folder, HTTPS, settings.host(), settings.tlsPort(), certificates.server());
            folder.port(HTTP, port); // both or none: clients were told where the server is
            folder.port(HTTPS, tlsPort);
            urls = ServerUrls.of(settings.host(), port, tlsPort);
            provisioning = folder.folder("provisioning");
            Provisioning vehicles = new Provisioning(provisioning, urls, oem, certificates, keys,
                    config.dialect());
            for (VehicleConfig vehicle : config.vehicles()) {
                vehicles.write(vehicle);
            }
            SocketServer control = opened(
                    new SocketServer(ServerLimits.standard().withBodies((int) MemoryArea.MAXIMUM_SIZE),
                            new Control(oem, keys, vehicles, work)));
            listen(control, folder.controlSocket());
            renewRegularly(oem, work);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What a bench asks for that can be simulated and not served; one sentence, empty for nothing. */
    public static Optional<String> unservable(BenchConfig config) {
        return config.ecus().stream()
                .filter(ecu -> (ecu.encryption().isPresent() || ecu.deltas())
                        && !DeliveryFolder.isFor(config.dialect().dialect()))
                .findFirst().map(ecu -> "serve cannot send " + ecu.id() + " encrypted images or deltas in "
                        + config.dialect() + ", which has no names with hashes");
    }

    /**
     * Starts a server for the vehicles of a bench and whoever else is in its inventory.
     *
     * @throws IOException if the state cannot be used or a port cannot be had
     */
    public static Serving start(BenchConfig config, ServeSettings settings) throws IOException {
        return new Serving(config, settings);
    }

    /** What stands there is in one dialect; before it was written down, there was but one. */
    private static void requireSameDialect(StateFolder folder, KnownDialect dialect) throws IOException {
        if (!Files.exists(folder.path().resolve(CURRENT))) {
            folder.note(DIALECT, dialect.id());
            return;
        }
        String spoken = folder.noted(DIALECT).orElse(KnownDialect.TUF_JSON.id());
        if (!spoken.equals(dialect.id())) {
            throw new IOException("the state in " + folder.path() + " is in " + spoken + ", the bench file asks for "
                    + dialect + ": each takes a --state of its own");
        }
    }

    /** Before anything is made for it. */
    private static void requireAddress(String host) throws IOException {
        if (new InetSocketAddress(host, 0).isUnresolved()) {
            throw new IOException("nobody knows an address of " + host + " to listen on");
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** It may hold keys, so its file is for its user alone wherever it lies. */
    private static SqlInventory inventory(StateFolder folder, ServeSettings settings) throws IOException {
        String url = settings.inventory().orElse("jdbc:sqlite:" + folder.path().resolve("inventory.sqlite"));
        Optional<Path> file = SqlInventory.file(url);
        if (file.isPresent() && !Files.exists(file.get())) {
            PrivateFiles.create(file.get(), new byte[0]);
        } else if (file.isPresent()) {
            PrivateFiles.close(file.get());
        }
        SqlInventory inventory = new SqlInventory(url);
        try {
            claim(folder, inventory);
            return inventory;
        } catch (IOException | RuntimeException e) {
            inventory.close();
            throw e;
        }
    }

    /**
     * An inventory and what stands published belong together: with another one, or none, vehicles would be led back to
     * versions that they have seen, or to other Roots.
     */
    private static void claim(StateFolder folder, SqlInventory inventory) throws IOException {
        String id = folder.noted(ID).orElseGet(() -> HexFormat.of().formatHex(SystemRandom.bytes(ID_BYTES)));
        boolean began = Files.exists(folder.path().resolve(CURRENT));
        Optional<String> owner = inventory.owner();
        boolean empty = inventory.lastDecision().isEmpty();
        if (owner.isPresent() && !owner.get().equals(id)) {
            throw new IOException("the inventory belongs to another server than the one of " + folder.path());
        }
        if (began && empty && owner.isEmpty()) {
            throw new IOException("the inventory is empty, and in " + folder.path()
                    + " there are publications: start with the --inventory that they were made with");
        }
        if (!began && !empty) {
            throw new IOException("the state in " + folder.path() + " is damaged: the inventory has decisions, and "
                    + CURRENT + " is missing");
        }
        folder.note(ID, id);
        inventory.claim(id);
    }

    private static Oem oem(BenchConfig config, RoleKeyFolders keys, StateFolder folder, SqlInventory inventory)
            throws IOException {
        Oem oem;
        try {
            oem = new Oem(config.serve(), config.map(), keys, OemFolders.in(folder.path(), keys.dialect()), inventory,
                    WallClock::now);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        try {
            oem.listTimeSource();
            oem.timeKey();
        } catch (IllegalArgumentException e) {
            throw new IOException("the time source needs a key that the Director's Root lists: " + e.getMessage(), e);
        }
        try {
            oem.begin();
        } catch (IllegalArgumentException e) {
            System.err.println("serve: not all repositories of the bench file stand yet: " + e.getMessage());
        }
        try {
            oem.delegate();
        } catch (IllegalArgumentException e) {
            System.err.println("serve: the bench file's delegations do not stand yet: " + e.getMessage());
        }
        return oem;
    }

    /** The vehicles of the bench file, with a key for each ECU which it may replace before it first reports. */
    private static void enrol(BenchConfig config, Fleet fleet, KeyFolder keys) {
        List<NewVehicle> unknown = config.vehicles().stream().filter(vehicle -> !fleet.knows(vehicle.vin()))
                .map(vehicle -> new NewVehicle(vehicle.vin(), vehicle.primary().serial(),
                        vehicle.ecus().stream().map(ecu -> new RegisteredEcu(ecu.serial(), ecu.hardwareId(),
                                keys.key("ecu/" + ecu.serial()).publicKey(), true, form(ecu, keys))).toList()))
                .toList();
        try {
            fleet.enrol(unknown);
        } catch (IllegalArgumentException e) {
            throw new UncheckedIOException(new IOException("the bench does not fit the inventory: " + e.getMessage(),
                    e));
        }
        config.vehicles().forEach(vehicle -> vehicle.ecus().forEach(ecu -> reform(fleet, ecu, keys)));
    }

    private static ImageForm form(EcuConfig ecu, KeyFolder keys) {
        return new ImageForm(ecu.encryption().map(way -> Sealing.of(way, keys.secretOfEcu(ecu.serial()))),
                ecu.deltas());
    }

    /** What the bench file has come to ask for since the vehicle was registered. */
    private static void reform(Fleet fleet, EcuConfig ecu, KeyFolder keys) {
        fleet.ecu(ecu.serial()).map(RegisteredEcu::images).ifPresent(known -> {
            ImageForm now = new ImageForm(known.sealing().or(() -> form(ecu, keys).sealing()),
                    known.deltas() || ecu.deltas());
            if (!now.equals(known)) {
                fleet.images(ecu.serial(), now);
            }
        });
    }

    /** The port that is asked for, or the one from before, or any. */
    private static int listen(SocketServer server, StateFolder folder, String name, String host, int wanted,
            @Nullable SslContext tls) throws IOException {
        return bind(server, host, wanted == 0 ? folder.port(name) : wanted, wanted == 0, tls);
    }

    private static int bind(SocketServer server, String host, int port, boolean anyWillDo, @Nullable SslContext tls)
            throws IOException {
        try {
            return server.listen(new InetSocketAddress(host, port), tls).getPort();
        } catch (IOException e) {
            if (!anyWillDo || port == 0) {
                throw e;
            }
            return server.listen(new InetSocketAddress(host, 0), tls).getPort();
        }
    }

    private static void listen(SocketServer control, Path socket) throws IOException {
        if (socket.toString().length() > LONGEST_SOCKET_PATH) {
            throw new IOException("the path " + socket + " is too long for a socket; choose a shorter --state");
        }
        Files.deleteIfExists(socket);
        control.listen(UnixDomainSocketAddress.of(socket));
        PrivateFiles.close(socket);
    }

    private void renewRegularly(Oem oem, WorkQueue work) {
        ScheduledExecutorService ticks = Executors
                .newSingleThreadScheduledExecutor(new DefaultThreadFactory("renewal", true));
        open.push(ticks::shutdownNow);
        ticks.scheduleWithFixedDelay(() -> work.answer(() -> {
            oem.renew();
            return Response.ok(Bytes.utf8(""));
        }), SECONDS_BETWEEN_RENEWALS, SECONDS_BETWEEN_RENEWALS, TimeUnit.SECONDS);
    }

    public ServerUrls urls() {
        return urls;
    }

    /** Folder that an outside client for that vehicle is started from. */
    public Path provisioning(String vin) {
        return provisioning.resolve(vin);
    }

    public Path state() {
        return state;
    }

    /** Listens no more, lets what was begun end, and frees the state. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("serve: " + e.getMessage());
            }
        }
    }
}
