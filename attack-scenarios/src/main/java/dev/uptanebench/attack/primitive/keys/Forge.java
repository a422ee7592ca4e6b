package dev.uptanebench.attack.primitive.keys;

import dev.uptanebench.attack.stage.Attacker;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Repositories;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.State;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.delta.Delta;
import dev.uptanebench.vehicle.encryption.Sealed;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Delivery;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes metadata of one repository anew, signed with stolen keys, or with the attacker's own where it has none.
 *
 * @param from the state to begin with
 * @param name what to keep the result as
 * @param roles which files are made anew; each says what the file below it says
 * @param image what Targets shall list beside the rest; empty to leave it as it is
 * @param counter its release counter
 * @param targetsOf state whose Targets stand in place of the newest
 * @param snapshotOf state whose Snapshot stands in place of the newest
 */
public record Forge(String from, String name, RepositoryName repository, Set<RoleType> roles, Optional<Listed> image,
        long counter, Optional<String> targetsOf, Optional<String> snapshotOf) implements Step {

    /**
     * An image for Targets.
     *
     * @param otherModel it is one of another model of ECU
     * @param truthful the Director states which model it really is for
     * @param secrecy what the Director says of it to a target whose images are encrypted
     * @param delta label of the image that the target is sent a delta to instead; empty to send that image
     */
    public record Listed(String label, boolean otherModel, boolean truthful, Secrecy secrecy, Optional<String> delta) {}

    /** How an image is ordered of a target whose images are encrypted. Of others it makes no difference. */
    public enum Secrecy {
        /** As the Director would, with what it knows of the ECU's key. */
        ENCRYPTED,
        /** In the clear. */
        CLEAR,
        /** Encrypted, with the parameters of another image. */
        SWAPPED
    }

    public static Step read(Section section) {
        Set<RoleType> roles = EnumSet.noneOf(RoleType.class);
        List<String> known = List.of("root", "timestamp", "snapshot", "targets");
        List<String> named = section.texts("roles").required();
        for (int i = 0; i < named.size(); i++) {
            if (known.contains(named.get(i))) {
                roles.add(RoleType.valueOf(named.get(i).toUpperCase(Locale.ROOT)));
            } else {
                section.problem("roles", "expected some of " + known + ", found " + named.get(i));
            }
        }
        boolean other = section.flag("other-model").or(false);
        boolean truthful = section.flag("truthful").or(false);
        Secrecy secrecy = section.choice("secrecy", Secrecy.class, each -> each.name().toLowerCase(Locale.ROOT))
                .or(Secrecy.ENCRYPTED);
        Optional<String> delta = section.choice("delta", Ecu.IMAGES).optional();
        return new Forge(section.text("from").or("now"), section.text("as").required(),
                Repositories.required(section), roles,
                section.choice("image", Ecu.IMAGES).optional()
                        .map(label -> new Listed(label, other, truthful, secrecy, delta)),
                section.number("counter", 0, Integer.MAX_VALUE).or(9L), section.text("targets-of").optional(),
                section.text("snapshot-of").optional());
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.concerns(repository);
        rehearsal.needs(from);
        targetsOf.ifPresent(rehearsal::needs);
        snapshotOf.ifPresent(rehearsal::needs);
        rehearsal.keeps(name);
    }

    @Override
    public void perform(Stage stage) {
        Attacker attacker = stage.attacker();
        State base = attacker.state(from);
        RepositoryEditor genuine = stage.car().metadata(repository).editor();
        State forged = base.with(repository, forge(stage, genuine, base.of(repository)));
        if (image.isPresent()) {
            Listed listed = image.get();
            Ecu owner = owner(stage, listed);
            forged = forged.withImage(owner.filename(listed.label()), owner.image(listed.label()));
            Optional<Delta> delta = delta(stage, listed);
            if (delta.isPresent()) {
                forged = forged.withImage(delta.get().description().filename(), delta.get().bytes());
            }
            Optional<Sealed> sealed = sealed(stage, listed);
            if (sealed.isPresent()) {
                forged = forged.withImage(sealed.get().description().filename(), sealed.get().bytes());
            }
        }
        attacker.keep(name, forged);
        if (roles.contains(RoleType.TARGETS)) {
            Publication made = forged.of(repository);
            stage.car().recorder().record(new Event.Forged(repository.id(), made.targetsFile().sha256(),
                    orders(made.targets())));
        }
    }

    private static Map<String, String> orders(Targets targets) {
        Map<String, String> orders = new TreeMap<>();
        targets.targets().values().forEach(target -> target.ecus().keySet()
                .forEach(serial -> orders.put(serial, target.hashes().getOrDefault("sha256", ""))));
        return orders;
    }

    private Publication forge(Stage stage, RepositoryEditor genuine, Publication base) {
        Attacker attacker = stage.attacker();
        Instant now = stage.car().world().instant();
        RepositoryEditor editor = genuine.copy();
        for (RoleType role : RoleType.values()) {
            editor.signWith(role, attacker.keys(genuine, role));
        }
        editor.targets().clear();
        editor.targets().putAll(base.targets().targets());
        image.ifPresent(listed -> list(stage, editor, listed));
        editor.version(RoleType.ROOT, base.root().version());
        editor.version(RoleType.TARGETS, base.targets().version());
        editor.version(RoleType.SNAPSHOT, base.snapshot().version());
        editor.version(RoleType.TIMESTAMP, base.timestamp().version());

        boolean newRoot = roles.contains(RoleType.ROOT);
        Root root = newRoot ? editor.nextRoot(now) : base.root();
        Bytes rootFile = newRoot ? editor.sign(root) : base.rootFile();
        Publication targetsFrom = targetsOf.map(state -> attacker.state(state).of(repository)).orElse(base);
        boolean newTargets = roles.contains(RoleType.TARGETS);
        Targets targets = newTargets ? editor.nextTargets(now) : targetsFrom.targets();
        Bytes targetsFile = newTargets ? editor.sign(targets) : targetsFrom.targetsFile();
        Publication snapshotFrom = snapshotOf.map(state -> attacker.state(state).of(repository)).orElse(base);
        boolean newSnapshot = roles.contains(RoleType.SNAPSHOT);
        Snapshot snapshot = newSnapshot ? editor.nextSnapshot(now, targets, targetsFile) : snapshotFrom.snapshot();
        Bytes snapshotFile = newSnapshot ? editor.sign(snapshot) : snapshotFrom.snapshotFile();
        boolean newTimestamp = roles.contains(RoleType.TIMESTAMP);
        Timestamp timestamp = newTimestamp ? editor.nextTimestamp(now, snapshot, snapshotFile) : base.timestamp();
        Bytes timestampFile = newTimestamp ? editor.sign(timestamp) : base.timestampFile();
        return new Publication(root, rootFile, timestamp, timestampFile, snapshot, snapshotFile, targets, targetsFile);
    }

    private void list(Stage stage, RepositoryEditor editor, Listed listed) {
        Ecu target = stage.target();
        Ecu owner = owner(stage, listed);
        String filename = owner.filename(listed.label());
        String claimed = listed.truthful() ? owner.identity().hardwareId() : target.identity().hardwareId();
        Target described = ImageRepository.target(owner.image(listed.label()), List.of(claimed), counter);
        if (repository.equals(RepositoryName.DIRECTOR)) {
            DirectorRepository.order(editor.targets(), filename, described, target.identity().serial(), claimed,
                    new Delivery(encrypted(stage, listed), delta(stage, listed).map(Delta::description).orElse(null)));
        } else {
            editor.targets().put(filename, described);
        }
    }

    private static Optional<Delta> delta(Stage stage, Listed listed) {
        return listed.delta().map(stage.target()::delta);
    }

    /** What is sent as it is encrypted for the target, whosever it is; empty where that gets its images in the clear. */
    private static Optional<Sealed> sealed(Stage stage, Listed listed) {
        Optional<Delta> delta = delta(stage, listed);
        if (delta.isPresent()) {
            return stage.target().sealed(delta.get().description().filename(), delta.get().bytes());
        }
        Ecu owner = owner(stage, listed);
        return stage.target().sealed(owner.filename(listed.label()), owner.image(listed.label()));
    }

    private static @Nullable EncryptedImage encrypted(Stage stage, Listed listed) {
        EncryptedImage genuine = sealed(stage, listed).map(Sealed::description).orElse(null);
        return genuine == null ? null : switch (listed.secrecy()) {
            case ENCRYPTED -> genuine;
            case CLEAR -> null;
            case SWAPPED -> new EncryptedImage(genuine.filename(), genuine.length(), genuine.hashes(),
                    stage.target().sealed(listed.label().equals("attack") ? "v1" : "attack").orElseThrow()
                            .description().encryption());
        };
    }

    private static Ecu owner(Stage stage, Listed listed) {
        return listed.otherModel() ? stage.otherModel() : stage.target();
    }
}
