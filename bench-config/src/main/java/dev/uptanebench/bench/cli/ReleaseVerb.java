package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.bench.serve.ControlClient;
import dev.uptanebench.ecu.image.ImageFormat;
import dev.uptanebench.ecu.image.MemoryArea;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    @Option(names = "--target", paramLabel = "ECU", description = "id of the ECU of the bench file whose memory the program is for; default: the one with that serial")
    private @Nullable String target;

    @Option(names = "--raw", description = "publish FILE byte for byte, whatever its name says")
    private boolean raw;

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
    private String by = ServeConfig.TARGETS;

    @Option(names = "--in", paramLabel = "REPOSITORY", description = "list the image in this Image repository alone; may be repeated; default: all that the map of the bench asks")
    private Set<String> in = new TreeSet<>();

    @Option(names = "--retire", paramLabel = "NAME", description = "instead: list that image no more, and remove it when no vehicle can be fetching it any more")
    private @Nullable String retire;

    @Option(names = "--withdraw", paramLabel = "VIN", description = "instead: take back what that vehicle is ordered and has not confirmed")
    private @Nullable String withdraw;

    @Option(names = "--rotate", paramLabel = "ROLE", description = "instead: replace the keys of a role, such as director/timestamp, or that of the time source: time; may be repeated for roles of one repository")
    private Set<String> rotate = new TreeSet<>();

    @Option(names = "--key", paramLabel = "KEYID", description = "with --rotate: replace this key alone; the beginning of its id will do")
    private String key = "";

    @Option(names = "--replace-ecu-key", paramLabel = "SERIAL", description = "instead: revoke an ECU's key and register the one of --public-key, or one that the server makes")
    private @Nullable String replaceEcuKey;

    @Option(names = "--public-key", paramLabel = "FILE", description = "with --replace-ecu-key: a JSON file {\"keytype\",\"keyval\":{\"public\"}}, or {\"clientKey\",\"encryption\"} with one for decryption too")
    private @Nullable Path publicKey;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help message and exit.")
    private boolean unusedHelp; // picocli reads it

    @Parameters(arity = "0..1", paramLabel = "FILE", description = ImageFormat.KNOWN
            + "; what is published is what the memory of the ECU holds then")
    private @Nullable Path file;

    /** What the user wants the server to do. */
    @FunctionalInterface
    private interface Order {
        ControlClient.Answer send(Path state) throws IOException;
    }

    @Override
    ExitCode perform() throws Invalid {
        BenchConfig config = bench.config();
        Order order = order(config);
        Path folder = state.folder(config);
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

    private Order order(BenchConfig config) throws Invalid {
        Map<String, Order> orders = new LinkedHashMap<>();
        if (isRelease()) {
            orders.put("FILE --to SERIAL --as NAME", release(config));
        }
        if (register != null) {
            byte[] vehicles = content(register);
            orders.put("--register", folder -> ControlClient.register(folder, vehicles));
        }
        String vin = provision;
        if (vin != null) {
            orders.put("--provision", folder -> ControlClient.provision(folder, vin));
        }
        String retired = retire;
        if (retired != null) {
            orders.put("--retire", folder -> ControlClient.retire(folder, retired));
        }
        String withdrawn = withdraw;
        if (withdrawn != null) {
            orders.put("--withdraw", folder -> ControlClient.withdraw(folder, withdrawn));
        }
        if (!rotate.isEmpty() || !key.isEmpty()) {
            orders.put("--rotate", rotation());
        }
        String replaced = replaceEcuKey;
        if (replaced != null) {
            byte[] given = publicKey == null ? new byte[0] : content(publicKey);
            orders.put("--replace-ecu-key", folder -> ControlClient.replaceKey(folder, replaced, given));
        } else if (publicKey != null) {
            throw new Invalid(ExitCode.INVALID, "--public-key says which key takes the place of --replace-ecu-key's");
        }
        return alone(orders);
    }

    private boolean isRelease() {
        return file != null || serial != null || name != null || version != null || target != null || raw
                || !requires.isEmpty() || !conflicts.isEmpty() || !by.equals(ServeConfig.TARGETS) || !in.isEmpty();
    }

    /** Two things asked for in one go might be meant to happen in any order, or one of them by mistake. */
    private static Order alone(Map<String, Order> orders) throws Invalid {
        if (orders.size() > 1) {
            throw new Invalid(ExitCode.INVALID,
                    String.join(" and ", orders.keySet()) + " are different things: give one of them at a time");
        }
        return orders.values().stream().findFirst().orElseThrow(() -> new Invalid(ExitCode.INVALID,
                "expected one of: FILE --to SERIAL --as NAME, --register, --provision, --retire, --withdraw,"
                        + " --rotate, --replace-ecu-key"));
    }

    private Order rotation() throws Invalid {
        if (rotate.isEmpty()) {
            throw new Invalid(ExitCode.INVALID, "--key says which key of the role of --rotate is replaced");
        }
        return folder -> ControlClient.rotate(folder, rotate, key);
    }

    private Order release(BenchConfig config) throws Invalid {
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
        byte[] content = raw ? untouched(image) : program(config, image, to);
        Relations relations = new Relations(requires, conflicts);
        return folder -> ControlClient.release(folder, content, to, as, counter, relations, by, in);
    }

    private byte[] untouched(Path image) throws Invalid {
        if (target != null) {
            throw new Invalid(ExitCode.INVALID, "--raw asks nobody's memory, also not that of --target " + target);
        }
        return content(image);
    }

    /** What the ECU's memory holds then, as {@code flash} would program it. */
    private byte[] program(BenchConfig config, Path image, String to) throws Invalid {
        Optional<EcuConfig> ecu = target == null
                ? config.vehicles().stream().flatMap(vehicle -> vehicle.ecus().stream())
                        .filter(any -> any.serial().equals(to)).findFirst()
                : Optional.of(BenchOptions.ecu(config, target));
        if (ecu.isPresent()) {
            return ProgramFile.read(image, ecu.get()).from(ecu.get().memory().base());
        }
        if (!ImageFormat.ofFileName(image.toString()).equals(Optional.of(ImageFormat.RAW))) {
            throw new Invalid(ExitCode.INVALID, "the bench file has no ECU with serial " + to
                    + ", so nobody knows where the memory begins that " + image
                    + " is for: name an ECU like it with --target, or publish the file as it is with --raw");
        }
        return content(image);
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
