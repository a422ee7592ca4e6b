package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.serve.ControlClient;
import dev.uptanebench.ecu.image.MemoryArea;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Without the options that all verbs have: here {@code --version} is the image's. */
@Command(name = "release", description = "Orders an image from a running `serve`, or registers vehicles with it.", sortOptions = false)
final class ReleaseVerb extends PlainVerb {
    private static final int OK = 200;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private StateOptions state = new StateOptions();

    @Option(names = "--to", paramLabel = "SERIAL", description = "serial of the ECU")
    private @Nullable String serial;

    @Option(names = "--as", paramLabel = "NAME", description = "name of the image in the repositories")
    private @Nullable String name;

    @Option(names = "--version", paramLabel = "N", description = "the image's release counter; default: one above the newest of that hardware")
    private @Nullable Long version;

    @Option(names = "--requires", paramLabel = "NAME", description = "another image that the vehicle needs with it; may be repeated")
    private Set<String> requires = new TreeSet<>();

    @Option(names = "--conflicts", paramLabel = "NAME", description = "another image that the vehicle must not have with it; may be repeated")
    private Set<String> conflicts = new TreeSet<>();

    @Option(names = "--register", paramLabel = "VEHICLES", description = "instead: a JSON file of vehicles to take into the inventory, all of them or none")
    private @Nullable Path register;

    @Option(names = "--provision", paramLabel = "VIN", description = "instead: write the folder that a client for that vehicle is started from")
    private @Nullable String provision;

    @Option(names = "--by", paramLabel = "ROLE", description = "who signs for the image: a supplier's role of the bench file; default: ${DEFAULT-VALUE}")
    private String by = "targets";

    @Option(names = "--retire", paramLabel = "NAME", description = "instead: list that image no more, and remove it when no vehicle can be fetching it any more")
    private @Nullable String retire;

    @Option(names = "--rotate", paramLabel = "ROLE", description = "instead: replace the keys of a role, such as director/timestamp; may be repeated for roles of one repository")
    private Set<String> rotate = new TreeSet<>();

    @Option(names = "--key", paramLabel = "KEYID", description = "with --rotate: replace this key alone; the beginning of its id will do")
    private String key = "";

    @Option(names = "--replace-ecu-key", paramLabel = "SERIAL", description = "instead: revoke an ECU's key and register the one of --public-key, or one that the server makes")
    private @Nullable String replaceEcuKey;

    @Option(names = "--public-key", paramLabel = "FILE", description = "with --replace-ecu-key: a JSON file {\"keytype\",\"keyval\":{\"public\"}}")
    private @Nullable Path publicKey;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help message and exit.")
    private boolean unusedHelp; // picocli reads it

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "the image, released byte for byte")
    private @Nullable Path file;

    /** What the user wants the server to do. */
    @FunctionalInterface
    private interface Order {
        ControlClient.Answer send(Path state) throws IOException;
    }

    @Override
    ExitCode perform() throws Invalid {
        Order order = order();
        Path folder = state.folder(bench.config());
        ControlClient.Answer answer;
        try {
            answer = order.send(folder);
        } catch (IOException e) {
            throw new Invalid(ExitCode.BENCH_FAILED,
                    "no server answers with the state in " + Home.shown(folder) + ": " + e.getMessage());
        }
        if (answer.status() != OK) {
            throw new Invalid(answer.status() < 500 ? ExitCode.INVALID : ExitCode.BENCH_FAILED,
                    "not done: " + answer.body());
        }
        System.out.println(answer.body());
        return ExitCode.AS_EXPECTED;
    }

    private Order order() throws Invalid {
        List<Order> orders = new ArrayList<>();
        if (file != null || serial != null || name != null || version != null
                || !requires.isEmpty() || !conflicts.isEmpty() || !by.equals("targets")) {
            orders.add(release());
        }
        if (register != null) {
            byte[] vehicles = content(register);
            orders.add(folder -> ControlClient.register(folder, vehicles));
        }
        String vin = provision;
        if (vin != null) {
            orders.add(folder -> ControlClient.provision(folder, vin));
        }
        String retired = retire;
        if (retired != null) {
            orders.add(folder -> ControlClient.retire(folder, retired));
        }
        if (!rotate.isEmpty() || !key.isEmpty()) {
            orders.add(rotation());
        }
        String replaced = replaceEcuKey;
        if (replaced != null) {
            byte[] given = publicKey == null ? new byte[0] : content(publicKey);
            orders.add(folder -> ControlClient.replaceKey(folder, replaced, given));
        }
        if (orders.size() != 1 || (replaced == null && publicKey != null)) {
            throw new Invalid(ExitCode.INVALID, "expected one of: FILE --to SERIAL --as NAME, --register, --provision,"
                    + " --retire, --rotate, --replace-ecu-key");
        }
        return orders.getFirst();
    }

    private Order rotation() throws Invalid {
        if (rotate.isEmpty()) {
            throw new Invalid(ExitCode.INVALID, "--key says which key of the role of --rotate is replaced");
        }
        return folder -> ControlClient.rotate(folder, rotate, key);
    }

    private Order release() throws Invalid {
        Path image = file;
        String to = serial;
        String as = name;
        Long counter = version;
        if (image == null || to == null || as == null) {
            throw new Invalid(ExitCode.INVALID, "to release an image takes FILE, --to SERIAL and --as NAME");
        }
        if (counter != null && counter < 0) {
            throw new Invalid(ExitCode.INVALID, "a release counter is not below 0");
        }
        if (as.isEmpty() || as.startsWith("/") || as.endsWith("/")) {
            throw new Invalid(ExitCode.INVALID, "expected the name of a file, not '" + as + "'");
        }
        byte[] content = content(image);
        Relations relations = new Relations(requires, conflicts);
        return folder -> ControlClient.release(folder, content, to, as, counter, relations, by);
    }

    private static byte[] content(Path file) throws Invalid {
        if (!Files.isRegularFile(file)) {
            throw new Invalid(ExitCode.INVALID, "there is no file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes((int) MemoryArea.MAXIMUM_SIZE + 1);
            if (content.length > MemoryArea.MAXIMUM_SIZE) {
                throw new Invalid(ExitCode.INVALID, file + " is larger than " + MemoryArea.MAXIMUM_SIZE + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, file + " cannot be read: " + e.getMessage());
        }
    }
}
