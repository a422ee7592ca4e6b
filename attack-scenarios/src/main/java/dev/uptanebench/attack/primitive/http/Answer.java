package dev.uptanebench.attack.primitive.http;

import dev.uptanebench.attack.stage.Attacker;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A man in the middle spoils the answers for some files.
 *
 * @param file glob of request paths, such as {@code director/timestamp.*}
 */
public record Answer(String file, Manner manner) implements Step {
    private static final int ENDLESS_FACTOR = 4;
    private static final int TRICKLE = 64;

    /** How. */
    public enum Manner {
        /** Far more bytes than there should be. */
        ENDLESSLY,
        /** A few bytes at a time, each just before a naive time-out. */
        SLOWLY,
        /** One bit is turned over. */
        DAMAGED
    }

    public static Step read(Section section) {
        String file = section.text("file").required();
        List<String> names = Arrays.stream(Manner.values()).map(Answer::name).toList();
        String manner = section.choice("manner", names).required();
        return new Answer(file, Manner.values()[Math.max(0, names.indexOf(manner))]);
    }

    private static String name(Manner manner) {
        return manner.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.needsOutside();
    }

    @Override
    public void perform(Stage stage) {
        Attacker attacker = stage.attacker();
        attacker.requirePosition(Capabilities.Position.OUTSIDE);
        Pattern path = Pattern.compile(Pattern.quote(file).replace("*", "\\E[^/]*\\Q"));
        String victim = stage.car().primary().parts().identity().serial();
        Limits limits = stage.car().world().limits();
        stage.car().server().intercept((request, onward) -> {
            Response genuine = onward.respond(request);
            if (genuine.status() != 200 || genuine.body().length() == 0 || !path.matcher(request.path()).matches()) {
                return genuine;
            }
            Response spoiled = spoil(genuine, limits);
            attacker.manipulated(new Event.Manipulated("answer", victim, request.path(), effect(),
                    manner == Manner.DAMAGED ? spoiled.body().sha256() : null, genuine.body().length()));
            return spoiled;
        });
    }

    private Event.Effect effect() {
        return switch (manner) {
            case ENDLESSLY -> Event.Effect.EXTENDED;
            case SLOWLY -> Event.Effect.DELAYED;
            case DAMAGED -> Event.Effect.REPLACED;
        };
    }

    private Response spoil(Response genuine, Limits limits) {
        byte[] body = genuine.body().toArray();
        return switch (manner) {
            case ENDLESSLY ->
                Response.ok(
                        Bytes.of(Arrays.copyOf(body, ENDLESS_FACTOR * Math.max(limits.targetsBytes(), body.length))));
            case SLOWLY -> new Response(200, genuine.body(), new Response.Pace(TRICKLE,
                    Duration.ofSeconds(Math.max(15, 2 * limits.retrievalTime().toSeconds() * TRICKLE / body.length))));
            case DAMAGED -> {
                body[body.length / 2] ^= 1;
                yield Response.ok(Bytes.of(body));
            }
        };
    }
}
