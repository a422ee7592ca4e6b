package dev.uptanebench.attack.stage;

import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.delta.Delta;
import dev.uptanebench.vehicle.encryption.Sealed;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Delivery;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A car, the ECU that is judged, and the attacker. */
public final class Stage {
    private final Car car;
    private final Ecu target;
    private final Attacker attacker;
    private long releaseCounter;

    public Stage(Car car, Ecu target, Capabilities granted) {
        this.car = car;
        this.target = target;
        this.attacker = new Attacker(car, granted);
    }

    public Car car() {
        return car;
    }

    public Ecu target() {
        return target;
    }

    public Attacker attacker() {
        return attacker;
    }

    /**
     * The first ECU of another model than the target.
     *
     * @throws IllegalArgumentException if the bench has none
     */
    public Ecu otherModel() {
        String model = target.identity().hardwareId();
        return car.allEcus().stream().filter(ecu -> !ecu.identity().hardwareId().equals(model)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the bench has only one model of ECU"));
    }

    /** Begins a part of the trial. */
    public void beat(String name) {
        car.buses().forEach(CanBus::recordLoad);
        car.recorder().record(new Event.BeatStarted(name, car.buses().stream().map(CanBus::digest).toList()));
    }

    /** Lets the attacker in. */
    public void attackBegins() {
        attacker.arrive();
    }

    /**
     * Legitimately releases an image for the target: to the Image repositories that the map asks for it, ordered by the
     * Director, not yet published.
     */
    public void release(String label) {
        release(target, label);
    }

    /** The same for any ECU. */
    public void release(Ecu ecu, String label) {
        String filename = ecu.filename(label);
        Bytes image = list(ecu, label);
        order(ecu, label, new Delivery(secret(ecu, label, filename, image), null));
    }

    /** Legitimately releases an image for the target, which gets what makes it of the one that it runs. */
    public void releaseAsDelta(String label) {
        list(target, label);
        Delta delta = target.delta(label);
        String filename = delta.description().filename();
        EncryptedImage encrypted = secret(target, label, filename, delta.bytes());
        if (encrypted == null) {
            car.listing(target.filename(label)).forEach(each -> each.store(filename, delta.bytes()));
        }
        order(target, label, new Delivery(encrypted, delta.description()));
    }

    private Bytes list(Ecu ecu, String label) {
        releaseCounter++;
        long counter = releaseCounter;
        Bytes image = ecu.image(label);
        String filename = ecu.filename(label);
        List<String> models = List.of(ecu.identity().hardwareId());
        car.listing(filename).forEach(each -> each.add(filename, image, models, counter));
        return image;
    }

    private void order(Ecu ecu, String label, Delivery delivery) {
        String hardwareId = ecu.identity().hardwareId();
        car.director().order(ecu.filename(label),
                ImageRepository.target(ecu.image(label), List.of(hardwareId), releaseCounter), ecu.identity().serial(),
                hardwareId, delivery);
    }

    /**
     * Where images for the ECU are encrypted, the encrypted file lies beside the image; of that, what the attacker's own
     * image has as well is no secret. Null where they are not.
     */
    private @Nullable EncryptedImage secret(Ecu ecu, String label, String filename, Bytes clear) {
        Sealed sealed = ecu.sealed(filename, clear).orElse(null);
        if (sealed == null) {
            return null;
        }
        car.listing(ecu.filename(label)).forEach(each -> each.store(sealed.description().filename(), sealed.bytes()));
        car.recorder().watchFor(ecu.identity().serial(), ecu.image(label).toArray(), ecu.image("attack").toArray());
        return sealed.description();
    }

    /** Publishes what all repositories have in hand. */
    public void publish() {
        car.allMetadata().forEach(MetadataRepository::publish);
    }

    /**
     * The attack ends, and the repositories publish again in a way that a strict client accepts: every version above all
     * that were ever seen.
     */
    public void recover(String label) {
        attacker.leave();
        releaseCounter = Math.max(releaseCounter, attacker.highestCounter());
        car.allMetadata().forEach(this::raise);
        release(spare(label));
        publish();
    }

    /** An update to what already runs would show nothing. */
    private String spare(String label) {
        String runs = target.runs();
        return Stream.of(label, "v2", "v1").filter(each -> !target.image(each).sha256().equals(runs)).findFirst()
                .orElse(label);
    }

    private void raise(MetadataRepository repository) {
        RepositoryEditor editor = repository.editor();
        for (RoleType role : List.of(RoleType.TIMESTAMP, RoleType.SNAPSHOT, RoleType.TARGETS)) {
            editor.version(role, Math.max(editor.version(role), attacker.newestVersion(editor.repository(), role)));
        }
    }
}
