package dev.uptanebench.attack.primitive.keys;

import dev.uptanebench.attack.stage.Attacker;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.primary.LinkFailed;
import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.ecu.secondary.InVehicle;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.repository.TimeSource;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tells a wrong time: outside in the time source's place from now on, inside the vehicle to the target at once. It is signed
 * with the stolen key, or with the attacker's own where it has none.
 *
 * @param off from the true time
 * @param replayed whether it is instead what the time source itself told the attacker at that time, which gave it a nonce
 *     of its own
 * @param believed whether the attack is that the clock comes to be wrong, and not only that it is told so
 */
public record Attest(Duration off, boolean replayed, boolean believed) implements Step {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final String OWN_NONCE = "a77acca77acca77a";
    private static final String HTTP = "time";

    public static Step read(Section section) {
        if (section.has("back") == section.has("ahead")) {
            section.problem(section.has("back") ? "back" : "ahead", "either 'back' or 'ahead' says how far");
        }
        Duration back = section.duration("back").or(Duration.ZERO);
        Duration ahead = section.duration("ahead").or(Duration.ZERO);
        if (back.compareTo(LONGEST) > 0 || ahead.compareTo(LONGEST) > 0) {
            section.problem(section.has("back") ? "back" : "ahead", "at most a hundred years, P36500D");
        }
        boolean replayed = section.flag("replayed").or(false);
        if (replayed && section.has("ahead")) {
            section.problem("replayed", "what was told already lies back");
        }
        return new Attest(ahead.minus(back), replayed, section.flag("believed").or(false));
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.listens(); // inside the vehicle that is to a Secondary
    }

    @Override
    public void perform(Stage stage) {
        Attacker attacker = stage.attacker();
        if (attacker.position() != Capabilities.Position.OUTSIDE) {
            tell(stage);
            return;
        }
        String victim = stage.car().primary().parts().identity().serial();
        stage.car().server().intercept((request, onward) -> {
            Response genuine = onward.respond(request);
            if (!request.path().equals(HTTP) || genuine.status() != 200) {
                return genuine;
            }
            Bytes wrong = message(stage, request.body().toUtf8().lines().toList());
            attacker.manipulated(new Event.Manipulated("attest", victim, HTTP, effect(), wrong.sha256(),
                    genuine.body().length()));
            return Response.ok(wrong);
        });
    }

    private void tell(Stage stage) {
        UdsLink link = stage.attacker().inside(stage.target());
        try {
            link.open();
            Bytes wrong = message(stage, List.of(link.nonce()));
            stage.attacker().manipulated(new Event.Manipulated("attest", stage.target().identity().serial(),
                    String.format(java.util.Locale.ROOT, "did/%04X", InVehicle.DID_TIME), effect(),
                    wrong.sha256(), wrong.length()));
            link.sendTime(wrong);
            link.close();
        } catch (LinkFailed e) {
            // the ECU said no; what that means is for the oracles
        }
    }

    private Event.Effect effect() {
        return believed ? Event.Effect.MISLED : Event.Effect.REPLACED;
    }

    private Bytes message(Stage stage, List<String> nonces) {
        Instant time = stage.car().world().instant().plus(off);
        if (replayed) {
            return stage.car().time().attest(time, List.of(OWN_NONCE));
        }
        SigningKey key = stage.attacker().timeKey();
        return new TimeSource(() -> time, stage.car().keys().dialect(), key).attest(time, nonces);
    }
}
