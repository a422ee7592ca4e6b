package dev.uptanebench.attack.primitive.position;

import dev.uptanebench.attack.stage.Attacker;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.State;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.primary.LinkFailed;
import dev.uptanebench.ecu.primary.SecondaryLink;
import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.link.Sending;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.Delivery;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a whole update to the target from inside the vehicle, as its Primary would: the true time, metadata of a kept
 * state, and an image. From a node of its own on the bus, or from the Primary, whose code the attacker has replaced.
 *
 * @param image label of the image that is sent, whatever the metadata says
 * @param interrupted whether it leaves the session between sending the image and having it checked
 * @param secretOfAnother whether it is the image of another ECU, encrypted for that
 * @param asLongAs label of the image whose length it is cut or filled to, so that only its content is wrong
 */
public record Deliver(String state, String image, Optional<String> asLongAs, Manner manner, boolean interrupted,
        boolean secretOfAnother)
        implements
            Step {
    private static final int TRICKLE_BLOCK = 66;
    private static final int BLOCK_HEADER = 2;
    private static final Duration TRICKLE_PAUSE = Duration.ofSeconds(6);
    private static final int ENDLESS_FACTOR = 4;

    /** How the image is sent. */
    public enum Manner {
        PLAINLY,
        SLOWLY,
        ENDLESSLY
    }

    public static Step read(Section section) {
        return new Deliver(section.text("state").or("now"), section.choice("image", Ecu.IMAGES).required(),
                section.choice("as-long-as", Ecu.IMAGES).optional(),
                section.choice("manner", Manner.class, manner -> manner.name().toLowerCase(Locale.ROOT))
                        .or(Manner.PLAINLY),
                section.flag("interrupted").or(false), section.flag("secret-of-another").or(false));
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.needsInside();
        rehearsal.needs(state);
    }

    @Override
    public void perform(Stage stage) {
        UdsLink link = stage.attacker().inside(stage.target());
        try {
            deliver(stage, link);
        } catch (LinkFailed e) {
            // the ECU said no; what that means is for the oracles
        }
    }

    private void deliver(Stage stage, UdsLink link) throws LinkFailed {
        Attacker attacker = stage.attacker();
        State kept = attacker.state(state);
        State now = attacker.state("now");
        link.open();
        if (stage.target().told()) {
            link.sendTime(stage.car().time().respond(new Request("POST", "time", Bytes.utf8(link.nonce()))).body());
        }
        String serial = stage.target().identity().serial();
        Map<String, Bytes> genuine = files(stage, now);
        for (Map.Entry<String, Bytes> file : files(stage, kept).entrySet()) {
            Bytes known = genuine.get(file.getKey());
            if (!file.getValue().equals(known)) {
                attacker.manipulated(new Event.Manipulated("deliver", serial, file.getKey(), Event.Effect.REPLACED,
                        file.getValue().sha256(), known == null ? 0 : known.length()));
            }
            link.sendFile(file.getKey(), file.getValue());
        }
        SecondaryLink.Answer metadata = link.verifyMetadata();
        if (!metadata.accepted()) {
            return;
        }
        send(stage, link, serial);
        if (interrupted) {
            link.reopen();
        }
        if (link.checkImage().accepted()) {
            link.restart();
        }
    }

    private void send(Stage stage, UdsLink link, String serial) throws LinkFailed {
        Bytes bytes = bytes(stage);
        Event.Effect effect = switch (manner) {
            case PLAINLY -> Event.Effect.REPLACED;
            case SLOWLY -> Event.Effect.DELAYED;
            case ENDLESSLY -> Event.Effect.EXTENDED;
        };
        long genuine = ordered(stage, serial);
        if (manner != Manner.PLAINLY || !isOrdered(stage, serial, bytes)) {
            stage.attacker().manipulated(new Event.Manipulated("deliver", serial, "image", effect,
                    manner == Manner.PLAINLY ? bytes.sha256() : null, genuine));
        }
        switch (manner) {
            case PLAINLY -> link.program(bytes);
            case SLOWLY ->
                link.program(bytes, Sending.plain().inBlocksOf(TRICKLE_BLOCK).pausing(pause(stage, bytes)));
            case ENDLESSLY -> link.program(Bytes.of(Arrays.copyOf(bytes.toArray(), ENDLESS_FACTOR * bytes.length())),
                    Sending.plain().announcing(bytes.length()));
        }
    }

    /** So long between blocks that even a small image takes far longer than any file may. */
    private static Duration pause(Stage stage, Bytes image) {
        long blocks = Math.max(1, image.length() / (TRICKLE_BLOCK - BLOCK_HEADER));
        Duration needed = stage.car().world().limits().retrievalTime().multipliedBy(2).dividedBy(blocks);
        return needed.compareTo(TRICKLE_PAUSE) > 0 ? needed : TRICKLE_PAUSE;
    }

    /** What the Director truly orders for the ECU now. */
    private static Optional<Target> order(Stage stage, String serial) {
        return stage.attacker().state("now").of(RepositoryName.DIRECTOR).targets().targets().values().stream()
                .filter(target -> target.ecus().containsKey(serial)).findFirst();
    }

    private static long ordered(Stage stage, String serial) {
        return order(stage, serial).map(target -> {
            Delivery delivery = target.delivery(serial);
            EncryptedImage encrypted = delivery.encrypted();
            DeltaImage delta = delivery.delta();
            return encrypted != null ? encrypted.length() : delta != null ? delta.length() : target.length();
        }).orElse(0L);
    }

    private static boolean isOrdered(Stage stage, String serial, Bytes image) {
        return order(stage, serial).map(target -> {
            Delivery delivery = target.delivery(serial);
            EncryptedImage encrypted = delivery.encrypted();
            DeltaImage delta = delivery.delta();
            return encrypted != null ? encrypted.hashes() : delta != null ? delta.hashes() : target.hashes();
        }).map(hashes -> image.sha256().equals(hashes.get("sha256"))).orElse(false);
    }

    private Bytes bytes(Stage stage) {
        Ecu target = stage.target();
        Bytes bytes = secretOfAnother ? another(stage).sent(image) : target.sent(image);
        return asLongAs.map(other -> Bytes.of(Arrays.copyOf(bytes.toArray(), target.sent(other).length())))
                .orElse(bytes);
    }

    /** The first other ECU whose images are encrypted. */
    private static Ecu another(Stage stage) {
        return stage.car().allEcus().stream()
                .filter(ecu -> ecu.encryption() != null && !ecu.equals(stage.target())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the bench encrypts images for one ECU alone"));
    }

    /** The files that this kind of ECU wants, by path. */
    private static Map<String, Bytes> files(Stage stage, State state) {
        String extension = '.' + stage.car().keys().dialect().extension();
        Map<String, Bytes> files = new LinkedHashMap<>();
        Ecu target = stage.target();
        if (target.identity().kind() == EcuKind.PARTIAL_SECONDARY) {
            files.put("director/targets" + extension, state.of(RepositoryName.DIRECTOR).targetsFile());
            return files;
        }
        state.publications().forEach((repository, publication) -> {
            if (publication.root().version() > 1) {
                files.put(repository.id() + '/' + publication.root().version() + ".root" + extension,
                        publication.rootFile());
            }
            files.put(repository.id() + "/timestamp" + extension, publication.timestampFile());
            files.put(repository.id() + "/snapshot" + extension, publication.snapshotFile());
            files.put(repository.id() + "/targets" + extension, publication.targetsFile());
        });
        return files;
    }
}
