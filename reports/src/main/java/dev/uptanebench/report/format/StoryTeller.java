package dev.uptanebench.report.format;

import dev.uptanebench.report.format.Moment.Lane;
import dev.uptanebench.report.format.Moment.Place;
import dev.uptanebench.report.format.Moment.Tone;
import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells events as moments. Routine that repeats (files received, messages carried, metadata trusted) is gathered and told
 * once, before the next moment that matters.
 */
final class StoryTeller {
    private final List<Story.Chapter> chapters = new ArrayList<>();
    private final Map<String, Gathered> gathered = new LinkedHashMap<>();
    private final Map<String, Event.Ecu> ecus = new HashMap<>();
    private final Map<String, Event.Released> released = new HashMap<>();
    private final Map<String, String> newest = new HashMap<>();
    private List<Moment> moments = new ArrayList<>();
    private String beat = "";
    private Instant begins = Instant.EPOCH;
    private long at;

    Story tell(History history) {
        for (Entry entry : history.entries()) {
            at = entry.at();
            tell(entry.event());
        }
        endChapter("");
        return new Story(begins, chapters, 0);
    }

    private void tell(Event event) {
        switch (event) {
            case Event.WorldOpened opened -> open(opened);
            case Event.BeatStarted started -> endChapter(started.beat());
            case Event.Released image -> release(image);
            case Event.Conflicting pair -> add(Lane.IMAGES, null, Tone.PLAIN,
                    "Two images are known not to work together: " + image(pair.firstSha256()) + " and "
                            + image(pair.secondSha256()) + ".",
                    pair.firstSha256() + "\n" + pair.secondSha256());
            case Event.Encrypted image -> add(Lane.DIRECTOR, null, Tone.PLAIN,
                    "The Director encrypts " + image(image.sha256()) + " for " + image.ecu() + " alone.",
                    image.filename() + ", " + Words.bytes(image.length()) + ", sha256 "
                            + digest(image.encryptedSha256()));
            case Event.Delta delta -> add(Lane.DIRECTOR, null, Tone.PLAIN,
                    "The Director orders " + image(delta.sha256()) + " for " + delta.ecu()
                            + " as what makes it of the image it runs.",
                    delta.filename() + ", " + Words.bytes(delta.length()) + ", sha256 " + digest(delta.deltaSha256()));
            case Event.ClearBytesSeen seen -> add(bus(seen.channel()), null, Tone.ATTACK,
                    "Clear bytes of " + image(seen.sha256()) + " can be read, which only " + seen.ecu()
                            + " should.",
                    seen.channel() + ", from byte " + seen.offset() + " of the image on");
            case Event.Published published -> publish(published);
            case Event.KeysStolen keys when keys.repository().equals("time") -> add(Lane.ATTACKER, null, Tone.ATTACK,
                    "The attacker holds a stolen key: it can sign as the time source.", "");
            case Event.KeysStolen keys -> add(Lane.ATTACKER, repository(keys.repository()), Tone.ATTACK,
                    "The attacker holds stolen keys: it can sign as " + keys.role() + " of the "
                            + repository(keys.repository()).name() + ".",
                    "");
            case Event.Forged forged -> add(Lane.ATTACKER, null, Tone.ATTACK,
                    "The attacker makes Targets of its own for the " + repository(forged.repository()).name() + ".",
                    "sha256 " + digest(forged.sha256()));
            case Event.Erased erased -> add(ecu(erased.ecu()), null, Tone.PLAIN,
                    erased.ecu() + " erases its memory to make room for the new image.", "");
            case Event.PositionTaken taken -> add(Lane.ATTACKER, null, Tone.ATTACK, position(taken.position()), "");
            case Event.Manipulated change -> manipulate(change);
            case Event.Received file -> receive(file);
            case Event.BusTransfer transfer -> gather("bus " + transfer.bus(), bus(transfer.bus()), null, Tone.ROUTINE,
                    transfer.length(),
                    "0x" + Integer.toHexString(transfer.id()) + ", "
                            + Words.plural(transfer.frames(), "frame", "frames"),
                    all -> "The bus " + transfer.bus() + " carries " + Words.plural(all.count, "message", "messages")
                            + ", " + Words.bytes(all.bytes) + ".");
            case Event.FrameTouched touched -> gather("touch " + touched.bus() + touched.how(), Lane.ATTACKER,
                    bus(touched.bus()), Tone.ATTACK, 0, touched.frame(),
                    all -> Words.plural(all.count, "frame", "frames") + " on the bus " + touched.bus()
                            + (all.count == 1 ? " is " : " are ") + touched.how() + ".");
            case Event.EthernetMessage message -> gather("bus " + message.bus(), bus(message.bus()), null,
                    Tone.ROUTINE, message.length(), EthernetWords.message(message),
                    all -> "The network " + message.bus() + " carries "
                            + Words.plural(all.count, "diagnostic message", "diagnostic messages") + ", "
                            + Words.bytes(all.bytes) + ".");
            case Event.MessageTouched touched -> gather("touch " + touched.bus() + touched.how(), Lane.ATTACKER,
                    bus(touched.bus()), Tone.ATTACK, 0, touched.message(),
                    all -> Words.plural(all.count, "message", "messages") + " on the network " + touched.bus()
                            + (all.count == 1 ? " is " : " are ") + touched.how() + ".");
            case Event.RoutingActivation activation -> gather("activation " + activation.ecu() + activation.code(),
                    bus(activation.bus()), ecu(activation.ecu()), Tone.ROUTINE, 0,
                    EthernetWords.tester(activation.tester()), _ -> EthernetWords.activation(activation));
            case Event.BusError error -> gather("error " + error.bus(), bus(error.bus()), null, Tone.PLAIN, 0,
                    BusWords.error(error), all -> BusWords.errors(error.bus(), all.count));
            case Event.ControllerChanged node -> gather("state " + node.bus() + node.node(), bus(node.bus()), null,
                    Tone.PLAIN, 0, BusWords.state(node), _ -> node.node() + " is " + node.state() + " on the bus "
                            + node.bus() + ".");
            case Event.FrameLost lost ->
                gather("lost " + lost.node() + lost.bus(), bus(lost.bus()), null, Tone.PLAIN, 0,
                        lost.frame(), _ -> lost.node() + " could not pass on "
                                + Words.plural(lost.number(), "frame", "frames")
                                + " to the bus " + lost.bus() + ".");
            case Event.FramesMissed missed -> gather("missed " + missed.bus(), bus(missed.bus()), null, Tone.PLAIN, 0,
                    String.valueOf(missed.frames()), _ -> "This machine was too slow to fetch "
                            + Words.plural(missed.all(), "frame", "frames") + " of the bus " + missed.bus() + ".");
            case Event.BusLoad load -> gather("load " + load.bus(), bus(load.bus()), null, Tone.ROUTINE, 0,
                    BusWords.seconds(load), _ -> BusWords.load(load));
            case Event.ClockLateness late -> gather("lateness", bus(""), null, Tone.ROUTINE, 0, "",
                    _ -> ("Events came late by %d µs at the median, %d µs at most in 99 of 100, %d µs at worst; the clock "
                            + "was held for %d ms because this machine was too busy.").formatted(
                                    late.medianNanos() / 1000, late.mostlyNanos() / 1000, late.maxNanos() / 1000,
                                    late.heldNanos() / 1_000_000));
            case Event.CycleStarted cycle -> add(ecu(cycle.ecu()), null, Tone.PLAIN,
                    cycle.ecu() + " looks for updates.", "");
            case Event.CycleEnded cycle -> add(ecu(cycle.ecu()), null,
                    cycle.outcome().equals("refused") ? Tone.DEFENCE : Tone.PLAIN, ended(cycle), cycle.detail());
            case Event.Refused refusal -> refuse(refusal);
            case Event.TimeAccepted time -> gather("time " + time.ecu(), ecu(time.ecu()), null, Tone.ROUTINE, 0,
                    time.time().toString(), all -> time.ecu() + " sets its clock to " + time.time() + ".");
            case Event.TimeReset time -> add(ecu(time.ecu()), null, Tone.PLAIN,
                    time.ecu() + " no longer believes its clock: the time source has another key.",
                    time.time().toString());
            case Event.Trusted trusted -> gather("trust " + trusted.ecu() + trusted.repository(), ecu(trusted.ecu()),
                    null, Tone.ROUTINE, 0, trusted.role() + " " + trusted.version(),
                    all -> trusted.ecu() + " now trusts newer metadata of the "
                            + repository(trusted.repository()).name() + ".");
            case Event.TrustDropped dropped -> add(ecu(dropped.ecu()), null, Tone.PLAIN,
                    dropped.ecu() + " forgets what it trusted of the " + repository(dropped.repository()).name() + ".",
                    dropped.role() + ": " + dropped.why());
            case Event.Installed installed -> install(installed);
            case Event.Interrupted fault -> add(ecu(fault.ecu()), null, Tone.ATTACK,
                    fault.ecu() + Words.interruption(fault.how()) + ".", fault.where());
            case Event.Booted booted -> boot(booted);
            case Event.ManifestJudged judged -> judge(judged);
            case Event.WorldClosed _ -> {
            }
        }
    }

    private void open(Event.WorldOpened opened) {
        begins = opened.start();
        opened.ecus().forEach(ecu -> ecus.put(ecu.serial(), ecu));
    }

    private void release(Event.Released image) {
        released.put(image.sha256(), image);
        image.serials().forEach(serial -> newest.put(serial, image.sha256()));
        if (beat.isEmpty()) {
            gather("factory", Lane.IMAGES, null, Tone.ROUTINE, image.length(),
                    image.filename() + " for " + String.join(", ", image.serials()),
                    all -> "The vehicle leaves the factory with " + Words.plural(all.count, "image", "images") + ".");
            return;
        }
        add(Lane.IMAGES, null, Tone.PLAIN,
                "New software is released: " + image.filename() + " for " + String.join(", ", image.serials()) + ".",
                Words.bytes(image.length()) + ", release counter " + image.releaseCounter() + ", sha256 "
                        + digest(image.sha256()));
    }

    private void publish(Event.Published published) {
        Lane lane = repository(published.repository());
        String roles = published.roles().stream()
                .map(role -> role.role() + " " + role.version() + " until " + role.expires())
                .collect(Collectors.joining("\n"));
        String orders = published.orders().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(order -> image(order.getValue()) + " for " + order.getKey()).collect(Collectors.joining(", "));
        gather("publish " + published.repository(), lane, null, orders.isEmpty() ? Tone.ROUTINE : Tone.PLAIN, 0, roles,
                all -> orders.isEmpty()
                        ? "The " + lane.name() + " publishes fresh, signed metadata."
                        : "The " + lane.name() + " publishes its orders: " + orders + ".");
    }

    private void manipulate(Event.Manipulated change) {
        String what = change.effect().name() + change.receiver() + change.primitive();
        gather("change " + what, Lane.ATTACKER, ecu(change.receiver()), Tone.ATTACK, 0, change.artefact(), all -> {
            String file = all.count == 1 ? change.artefact() : all.count + " files";
            return "On its way to " + change.receiver() + ", the attacker " + verb(change.effect(), file) + ".";
        });
    }

    private static String verb(Event.Effect effect, String file) {
        return switch (effect) {
            case REPLACED -> "replaces " + file;
            case EXTENDED -> "swells " + file;
            case DELAYED -> "holds back " + file;
            case DROPPED -> "makes " + file + " disappear";
            case REQUESTED -> "asks for " + file;
            case READ -> "reads " + file;
            case MISLED -> "tells a wrong time in " + file;
            case INTERRUPTED -> "prepares to interrupt its " + file;
        };
    }

    private void receive(Event.Received file) {
        if (file.channel().equals("memory")) {
            add(ecu(file.receiver()), null, Tone.PLAIN,
                    file.receiver() + " finds another " + file.artefact() + " in its memory than before.",
                    Words.bytes(file.length()) + ", sha256 " + digest(file.sha256()));
            return;
        }
        boolean http = file.channel().equals("http");
        Lane from = http ? server(file.artefact()) : bus(file.channel());
        String kept = file.artefact() + (file.complete() ? ", " : ", broken off after ") + Words.bytes(file.length());
        if (!file.complete()) {
            add(from, ecu(file.receiver()), Tone.PLAIN,
                    "The transfer of " + file.artefact() + " to " + file.receiver() + " breaks off.", kept);
            return;
        }
        gather("receive " + file.receiver() + from, from, ecu(file.receiver()), Tone.ROUTINE, file.length(), kept,
                all -> file.receiver() + " receives " + (all.count == 1 ? file.artefact() : all.count + " files") + " ("
                        + Words.bytes(all.bytes) + ") from the " + (http ? from.name() : "bus " + from.name()) + ".");
    }

    private static String ended(Event.CycleEnded cycle) {
        return cycle.ecu() + switch (cycle.outcome()) {
            case "installed" -> " has finished: the update is installed.";
            case "no-update" -> " has finished: there is nothing to install.";
            case "refused" -> " has finished: it refused what it was offered.";
            case "failed" -> " gives up: the update could not be finished.";
            default -> " ends its update: " + cycle.outcome() + ".";
        };
    }

    private void refuse(Event.Refused refusal) {
        boolean director = refusal.by().equals("director");
        add(director ? Lane.DIRECTOR : ecu(refusal.by()), null, Tone.DEFENCE,
                (director ? "The Director" : refusal.by()) + " refuses " + refusal.subject() + ": this looks like "
                        + refusal.attack() + ".",
                "expected: " + refusal.expected() + "\nfound: " + refusal.found() + "\nrequirement "
                        + refusal.requirement());
    }

    private void install(Event.Installed installed) {
        Event.Released image = released.get(installed.sha256());
        boolean meant = image != null && image.serials().contains(installed.ecu());
        boolean superseded = meant && !installed.sha256().equals(newest.get(installed.ecu()));
        if (beat.isEmpty() && meant && !superseded) {
            return; // told as what the vehicle leaves the factory with
        }
        String sentence = !meant
                ? installed.ecu() + " now holds " + image(installed.sha256()) + ", which was never released for it."
                : superseded
                        ? installed.ecu() + " now holds " + image(installed.sha256())
                                + ", although newer software has been released."
                        : installed.ecu() + " now holds " + image(installed.sha256()) + ".";
        add(ecu(installed.ecu()), null, meant && !superseded ? Tone.PLAIN : Tone.HARM, sentence,
                Words.bytes(installed.length()) + ", sha256 " + digest(installed.sha256()));
    }

    private void boot(Event.Booted booted) {
        if (beat.isEmpty() && booted.sha256() != null && released.containsKey(booted.sha256())) {
            gather("first starts", primary(), null, Tone.ROUTINE, 0, booted.ecu(),
                    all -> "Each ECU starts with what it left the factory with.");
            return;
        }
        String sha256 = booted.sha256();
        if (sha256 == null) {
            add(ecu(booted.ecu()), null, Tone.HARM, booted.ecu() + " starts and finds nothing it could run.", "");
        } else {
            boolean known = released.containsKey(sha256);
            add(ecu(booted.ecu()), null, known ? Tone.PLAIN : Tone.HARM,
                    booted.ecu() + " starts and runs " + image(sha256) + ".", "sha256 " + digest(sha256));
        }
    }

    private void judge(Event.ManifestJudged judged) {
        String detected = judged.reports().stream().flatMap(report -> report.attacksDetected().stream()).distinct()
                .sorted().collect(Collectors.joining(", "));
        String detail = judged.reports().stream().map(report -> report.ecu() + ": " + report.filename())
                .collect(Collectors.joining("\n"));
        if (!judged.accepted()) {
            add(Lane.DIRECTOR, null, Tone.DEFENCE,
                    "The Director refuses the vehicle's report: " + String.join("; ", judged.problems()) + ".", detail);
        } else if (detected.isEmpty()) {
            gather("manifest", primary(), Lane.DIRECTOR, Tone.ROUTINE, 0, detail,
                    all -> "The vehicle reports what it has installed; the Director accepts it.");
        } else {
            add(primary(), Lane.DIRECTOR, Tone.DEFENCE,
                    "The vehicle reports an attack to the Director: " + detected + ".",
                    detail);
        }
    }

    private static String position(String position) {
        return switch (position) {
            case "outside" -> "The attacker stands between the vehicle and its servers.";
            case "bus" -> "The attacker has got onto the vehicle's bus.";
            case "primary" -> "The attacker controls the Primary.";
            default -> "The attacker has got to: " + position + ".";
        };
    }

    /** An image by its name if it was ever released. */
    private String image(String sha256) {
        Event.Released image = released.get(sha256);
        return image != null
                ? image.filename()
                : "an unknown image (" + sha256.substring(0, Math.min(8, sha256.length())) + "…)";
    }

    /** Enough of a digest to find it in the history. */
    private static String digest(String sha256) {
        return sha256.substring(0, Math.min(16, sha256.length())) + "…";
    }

    private Lane ecu(String serial) {
        Event.Ecu ecu = ecus.get(serial);
        return serial.equals("director")
                ? Lane.DIRECTOR
                : new Lane(ecu != null && ecu.kind().equals("primary") ? Place.PRIMARY : Place.ECU, serial);
    }

    private Lane primary() {
        return ecus.values().stream().filter(ecu -> ecu.kind().equals("primary")).map(ecu -> ecu(ecu.serial()))
                .findFirst().orElse(Lane.DIRECTOR);
    }

    private static Lane bus(String name) {
        return new Lane(Place.BUS, name);
    }

    private static Lane repository(String name) {
        return switch (name) {
            case "director" -> Lane.DIRECTOR;
            case "image" -> Lane.IMAGES;
            default -> new Lane(Place.REPOSITORY, name + " repository");
        };
    }

    /** Who a file comes from over HTTP: its path begins with the repository. */
    private static Lane server(String artefact) {
        int slash = artefact.indexOf('/');
        return slash < 0 ? Lane.TIME : repository(artefact.substring(0, slash));
    }

    private void add(Lane from, @Nullable Lane to, Tone tone, String sentence, String detail) {
        tellGathered();
        moments.add(new Moment(at, from, to, tone, sentence, detail));
    }

    private void gather(String key, Lane from, @Nullable Lane to, Tone tone, long bytes, String detail,
            Gathered.Sentence sentence) {
        gathered.computeIfAbsent(key, _ -> new Gathered(at, from, to, tone)).add(bytes, detail, sentence);
    }

    private void tellGathered() {
        gathered.values().forEach(all -> moments.add(all.moment()));
        gathered.clear();
    }

    private void endChapter(String next) {
        tellGathered();
        if (!moments.isEmpty()) {
            chapters.add(new Story.Chapter(beat, moments));
        }
        moments = new ArrayList<>();
        beat = next;
    }
}
