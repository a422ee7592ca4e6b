package dev.uptanebench.ecu.primary;

import java.util.stream.Collectors;
import java.util.Set;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.ecu.flash.FlashFault;
import dev.uptanebench.ecu.secondary.InVehicle.MetadataPath;
import dev.uptanebench.ecu.unit.AttestedTime;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.ecu.unit.ExternalTime;
import dev.uptanebench.ecu.verify.ImageVerification;
import dev.uptanebench.ecu.verify.Installed;
import dev.uptanebench.ecu.verify.Ordered;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.Rejection;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.http.Reply;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.repository.ImageName;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Shortcut;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One update cycle of a Primary (5.4.2). Runs in an activity: each step waits in world time for what it needs. */
public final class UpdateCycle {
    private final Primary.Parts parts;
    private final Map<String, Installed> installed;
    private final Map<String, Bytes> rootChain;
    private final HttpMetadata http;
    private @Nullable Rejection doubtedTime;

    /** How a cycle ended: installed, no-update, refused or failed, and one sentence. */
    public record Outcome(String result, String detail) {}

    UpdateCycle(Primary.Parts parts, Map<String, Installed> installed, Map<String, Bytes> rootChain) {
        this.parts = parts;
        this.installed = installed;
        this.rootChain = rootChain;
        this.http = new HttpMetadata(parts.world(), parts.client(), parts.hosts(), parts.repositories(),
                parts.dialect(), parts.patience());
    }

    Outcome run() {
        sendManifest(); // U-5.4.2-s1
        parts.reports().forgetAttacks();
        Outcome outcome;
        try {
            loadTime(); // U-5.4.2-s2, and again where the time source has another key by now
            List<Ordered> orders = verifyMetadata(); // U-5.4.2-s3
            if (orders.isEmpty()) {
                keepInformed(Set.of());
                tellDoubt();
                return new Outcome("no-update", "nothing new is ordered");
            }
            outcome = carryOut(orders);
        } catch (Rejected e) {
            parts.reports().refused(e.rejection());
            outcome = new Outcome("refused", e.rejection().toString());
        } catch (Unavailable e) {
            outcome = new Outcome("failed", String.valueOf(e.getMessage()));
        }
        tellDoubt();
        sendManifest(); // 5.4.3.6, and 5.4.3.2 after a failure
        return outcome;
    }

    /** Whatever becomes of the images, what was verified is there for the other Secondaries. */
    private Outcome carryOut(List<Ordered> orders) throws Rejected, Unavailable {
        try {
            Map<Ordered, Bytes> images = downloadImages(orders); // U-5.4.2-s4, U-5.4-1
            return distribute(images); // 5.4.2.5 to 5.4.2.7
        } finally {
            keepInformed(orders.stream().map(Ordered::serial).collect(Collectors.toSet()));
        }
    }

    /** Collects every ECU's report and sends the vehicle manifest; a Director that is out of reach stops nothing. */
    @Carries({"U-5.4.2.1-1", "U-5.4.2.1.1-2"})
    void sendManifest() {
        TreeMap<String, Bytes> reports = new TreeMap<>();
        String own = parts.identity().serial();
        reports.put(own, parts.reports().next(runs(own))); // U-5.4.2.1.1-3
        for (Primary.Secondary secondary : parts.secondaries()) {
            try {
                Bytes report = secondary.link().report();
                reports.put(secondary.serial(), report);
                learn(secondary.serial(), report);
            } catch (LinkFailed e) {
                // its report is missing, which is what the Director must see
            }
        }
        Bytes manifest = parts.dialect().encode(parts.identity().vin(), own, reports, parts.key());
        try {
            http.put(RepositoryName.DIRECTOR, "manifest", manifest, parts.limits().timeBytes(), waiting());
        } catch (Unavailable e) {
            // told again in the next cycle
        }
    }

    /** What a Secondary says it runs decides whether an order is new to it. */
    private void learn(String serial, Bytes report) {
        try {
            var said = parts.dialect().report(report).payload();
            installed.merge(serial, new Installed(said.filename(), said.sha256(), said.length(), 0),
                    (before, now) -> new Installed(now.filename(), now.sha256(), now.length(),
                            before.releaseCounter()));
        } catch (MalformedMetadata e) {
            // the Director will refuse it; nothing is learnt
        }
    }

    /** A time that cannot be verified is thrown away; the latest attested one goes on counting. */
    @Carries("U-5.4.2.2-1")
    private void loadTime() {
        switch (parts.time()) {
            case ExternalTime own -> own.look();
            case AttestedTime attested -> loadTime(attested);
        }
    }

    private void loadTime(AttestedTime attested) {
        String nonce = HexFormat.of().formatHex(parts.nonces().nextBytes(8));
        try {
            attested.learn(requestTime(nonce), nonce);
            doubtedTime = null;
        } catch (Rejected e) {
            doubtedTime = e.rejection();
        } catch (Unavailable e) {
            // no newer time is to be had
        }
    }

    /** Told at the end, since until Root is known it is not known either which key the time source has. */
    private void tellDoubt() {
        if (doubtedTime != null) {
            parts.reports().refused(doubtedTime);
            doubtedTime = null;
        }
    }

    private Bytes requestTime(String nonce) throws Unavailable {
        try {
            Reply reply = parts.world().await(parts.client().send(parts.server(),
                    new Request("POST", "time", Bytes.utf8(nonce)), parts.limits().timeBytes(), waiting()));
            if (reply.isOk()) {
                return reply.body();
            }
        } catch (ExecutionException e) {
            // said below like every other silence
        }
        throw new Unavailable("the time source did not answer");
    }

    /** Small answers may come as slowly as they like, within the time for any file. */
    private Patience waiting() {
        return new Patience(parts.limits().retrievalWindow(), 0, parts.limits().retrievalTime());
    }

    private List<Ordered> verifyMetadata() throws Rejected, Unavailable {
        try {
            return verifiedOrders();
        } catch (Unavailable e) {
            if (!parts.time().isLost()) {
                throw e;
            }
            loadTime();
            return verifiedOrders();
        }
    }

    private List<Ordered> verifiedOrders() throws Rejected, Unavailable {
        try {
            return parts.verification().verify(http, parts.clock().now(), installed).stream()
                    .map(order -> ImageVerification.taken(parts.checks(), order)).toList();
        } finally {
            keepTrustedRoots();
        }
    }

    /** Secondaries will need each Root on the way; one that was refused must never be passed on. */
    private void keepTrustedRoots() {
        for (RepositoryName repository : parts.store().repositories()) {
            Bytes trusted = parts.store().load(repository, RoleType.ROOT);
            for (long version = 1; trusted != null && version <= rootVersion(trusted); version++) {
                String path = rootPath(repository, version);
                Bytes file = http.fetched().get(path);
                if (file != null && rootVersion(file) == version) {
                    rootChain.put(path, file);
                }
            }
        }
    }

    private String rootPath(RepositoryName repository, long version) {
        return repository.id() + '/' + parts.dialect().fileName(RoleType.ROOT, version);
    }

    private long rootVersion(Bytes file) {
        try {
            return parts.dialect().root(file).payload().version();
        } catch (MalformedMetadata e) {
            return Long.MAX_VALUE; // never one that is trusted
        }
    }

    @Carries("U-5.4.2.4-1")
    private Map<Ordered, Bytes> downloadImages(List<Ordered> orders) throws Rejected, Unavailable {
        Map<Ordered, Bytes> images = new LinkedHashMap<>();
        requireRoom(orders);
        for (Ordered order : orders) {
            if (parts.confidential().contains(order.serial())) {
                ImageVerification.requireConfidential(parts.checks(), order); // or it would be on the wire already
            }
            Bytes image = download(order);
            ImageVerification.requireSent(parts.checks(), order, image); // U-5.4.2.4-2, U-5.4.2.4-3
            images.put(order, image);
        }
        return images;
    }

    /** All images of an order are here before the first goes on, so they have to fit beside each other. */
    private void requireRoom(List<Ordered> orders) throws Unavailable {
        long quota = parts.memory().power().type().quota();
        long left = quota;
        for (Ordered order : orders) {
            left -= order.sentLength();
            if (left < 0) {
                throw new Unavailable(
                        "the images of this order have more than the " + quota + " bytes there is room for");
            }
        }
    }

    @Carries("U-5.4.3.3-s3")
    private Bytes download(Ordered order) throws Rejected, Unavailable {
        Map.Entry<String, String> hash = order.sentHashes().firstEntry();
        String file = "targets/" + ImageName.of(parts.dialect(), hash.getValue(), order.sentFilename());
        long limit = parts.checks().on(Check.IMAGE_SIZE) ? order.sentLength() : Integer.MAX_VALUE;
        Unavailable problem = new Unavailable(file + " is nowhere");
        for (RepositoryName repository : sources(order)) {
            Reply reply = http.get(repository, file, limit);
            switch (reply.ending()) {
                case TOO_LARGE -> throw ImageVerification.tooLarge(order);
                case TOO_SLOW -> throw ImageVerification.tooSlow(order, reply.body().length());
                case BROKEN -> problem = new Unavailable(repository.id() + '/' + file + " broke off");
                case COMPLETE -> {
                    if (reply.isOk()) {
                        return reply.body();
                    }
                    problem = new Unavailable(repository.id() + '/' + file + " is not there");
                }
            }
        }
        throw problem;
    }

    /** Those that list it; an image that the Director alone knows can only be there. */
    private static List<RepositoryName> sources(Ordered order) {
        return order.listedBy().isEmpty() ? List.of(RepositoryName.DIRECTOR) : order.listedBy();
    }

    /** Each ECU on its own: one that fails does not keep the others from their update. */
    private Outcome distribute(Map<Ordered, Bytes> images) throws Rejected {
        List<String> failures = new ArrayList<>();
        Rejected refused = null;
        for (Map.Entry<Ordered, Bytes> entry : images.entrySet()) {
            Ordered order = entry.getKey();
            if (order.serial().equals(parts.identity().serial())) {
                try {
                    installHere(order, entry.getValue());
                    remember(order);
                } catch (Unavailable e) {
                    failures.add(order.serial() + ": " + e.getMessage());
                } catch (Rejected e) {
                    refused = e;
                }
                continue;
            }
            for (Primary.Secondary secondary : parts.secondaries()) {
                if (secondary.serial().equals(order.serial())) {
                    try {
                        update(secondary, order, entry.getValue());
                        remember(order);
                    } catch (LinkFailed | Unavailable e) {
                        failures.add(secondary.serial() + ": " + e.getMessage());
                    }
                }
            }
        }
        if (refused != null) {
            throw refused;
        }
        return failures.isEmpty()
                ? new Outcome("installed", images.size() + " image" + (images.size() == 1 ? "" : "s"))
                : new Outcome("failed", String.join("; ", failures));
    }

    private void installHere(Ordered order, Bytes sent) throws Rejected, Unavailable {
        ImageVerification images = new ImageVerification(parts.checks(), parts.identity().serial(),
                parts.identity().hardwareId(), parts.decryption());
        images.requireOrder(order, runs(order.serial()));
        if (!parts.checks().on(Check.UPDATES_AGAIN) && !runs(order.serial()).filename().isEmpty()) {
            throw new Unavailable("this Primary installs nothing any more");
        }
        Bytes image = images.requireImage(order, sent, new ImageVerification.Memory(
                () -> Bytes.of(parts.memory().readInstalled()), parts.memory().stagingBank().size()));
        Installed next = runsNext(order);
        try {
            parts.memory().requireRoom(next.filename());
            parts.memory().erase();
            untilDone();
            parts.memory().write(parts.memory().stagingBank().base(), image.toArray());
            untilDone();
            parts.memory().activate(next.filename(), next.releaseCounter());
            untilDone();
        } catch (FlashFault e) { // it does not fit; what ran before goes on running
            throw new Unavailable("the image could not be programmed: " + e.getMessage());
        }
        parts.memory().boot();
    }

    private void untilDone() {
        long busy = parts.memory().power().busyNanos();
        if (busy > 0) {
            parts.world().sleep(Duration.ofNanos(busy));
        }
    }

    /** Secondaries without an order ask for new metadata when they need it; one that cannot be reached goes without. */
    @Carries("U-5.4.2.6-1")
    private void keepInformed(Set<String> updated) {
        if (!parts.memory().power().on()) {
            return;
        }
        for (Primary.Secondary secondary : parts.secondaries()) {
            try {
                if (!updated.contains(secondary.serial()) && isToBeInformed(secondary)) {
                    inform(secondary, parts.store().repositories());
                    secondary.link().close();
                }
            } catch (LinkFailed e) {
                // it asks again in the next cycle
            }
        }
    }

    private boolean isToBeInformed(Primary.Secondary secondary) throws LinkFailed {
        return (!parts.checks().takes(Shortcut.METADATA_ON_REQUEST) || secondary.link().wantsMetadata())
                && hasNewerFor(secondary, secondary.link().versions());
    }

    private boolean hasNewerFor(Primary.Secondary secondary, Map<String, Long> known) {
        boolean partial = secondary.kind() == EcuKind.PARTIAL_SECONDARY;
        Collection<RepositoryName> repositories = partial
                ? List.of(RepositoryName.DIRECTOR)
                : parts.store().repositories();
        List<RoleType> roles = partial
                ? List.of(RoleType.TARGETS)
                : List.of(RoleType.TIMESTAMP, RoleType.SNAPSHOT, RoleType.TARGETS);
        return repositories.stream().anyMatch(repository -> roles.stream().anyMatch(role -> trusted(repository,
                role) > known.getOrDefault(repository.id() + '/' + role.id(), 0L)));
    }

    /** The version that this Primary trusts, 0 if none. */
    private long trusted(RepositoryName repository, RoleType role) {
        Bytes file = parts.store().load(repository, role);
        try {
            return file == null ? 0 : parts.dialect().metadata(role, file).payload().version();
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("the store holds what was never verified", e);
        }
    }

    private SecondaryLink.Answer inform(Primary.Secondary secondary, Collection<RepositoryName> repositories)
            throws LinkFailed {
        SecondaryLink link = secondary.link();
        link.open();
        boolean heard = !secondary.told() || sendTime(link);
        for (Map.Entry<String, Bytes> file : neededBy(secondary, link.versions(), repositories).entrySet()) { // 5.4.2.6
            link.sendFile(file.getKey(), file.getValue()); // U-5.4.2-s6
        }
        SecondaryLink.Answer answer = link.verifyMetadata();
        if (!heard && answer.incomplete() && sendTime(link)) { // it may have learnt the time source's key meanwhile
            return link.verifyMetadata();
        }
        return answer;
    }

    /** Whether there was a time to send and the Secondary took it for true; it can go on by its own clock. */
    private boolean sendTime(SecondaryLink link) throws LinkFailed {
        String nonce = link.nonce();
        try {
            link.sendTime(requestTime(nonce)); // U-5.4.2-s5, U-5.4.2.5-1
            return true;
        } catch (LinkFailed e) {
            return false;
        } catch (Unavailable e) {
            link.open(); // no session lasts as long as the wait for an answer that never came
            return false;
        }
    }

    private void update(Primary.Secondary secondary, Ordered order, Bytes image) throws LinkFailed, Unavailable {
        SecondaryLink link = secondary.link();
        require(inform(secondary, asked(order)));
        link.program(image); // U-5.4.2-s7, U-5.4.2.7-1
        require(link.checkImage());
        link.restart();
    }

    /** The repositories whose word on an image counts: the others' metadata need not cross the bus. */
    private Collection<RepositoryName> asked(Ordered order) throws Unavailable {
        try {
            return parts.repositories().consult().asked(order.filename());
        } catch (Rejected e) {
            throw new Unavailable("the map has become useless meanwhile");
        }
    }

    private static void require(SecondaryLink.Answer answer) throws LinkFailed {
        if (!answer.accepted()) {
            throw new LinkFailed(answer.text());
        }
    }

    /** The smallest set of files that the Secondary needs (5.4.2.6), in the order in which it will use them. */
    @Carries("U-5.4.2.6-2")
    private Map<String, Bytes> neededBy(Primary.Secondary secondary, Map<String, Long> versions,
            Collection<RepositoryName> repositories) {
        Map<String, Bytes> files = new LinkedHashMap<>();
        if (secondary.kind() == EcuKind.PARTIAL_SECONDARY) {
            add(files, RepositoryName.DIRECTOR, RoleType.TARGETS);
            return files;
        }
        for (RepositoryName repository : repositories) {
            long root = versions.getOrDefault(repository.id() + "/root", 0L);
            for (long next = root + 1;; next++) {
                String path = rootPath(repository, next);
                Bytes file = rootChain.get(path);
                if (file == null) {
                    break;
                }
                files.put(path, file);
            }
            add(files, repository, RoleType.TIMESTAMP);
            add(files, repository, RoleType.SNAPSHOT);
            add(files, repository, RoleType.TARGETS);
            for (String role : parts.store().delegatedRoles(repository)) {
                Bytes file = parts.store().loadDelegated(repository, role);
                if (file != null) {
                    files.put(MetadataPath.delegated(repository, role).text(parts.dialect().extension()), file);
                }
            }
        }
        return files;
    }

    private void add(Map<String, Bytes> files, RepositoryName repository, RoleType role) {
        Bytes file = parts.store().load(repository, role);
        if (file != null) {
            files.put(repository.id() + '/' + parts.dialect().fileName(role, 0), file);
        }
    }

    private Installed runs(String serial) {
        Installed runs = installed.get(serial);
        if (runs == null) {
            throw new IllegalStateException("no such ECU in this vehicle: " + serial);
        }
        return runs;
    }

    private void remember(Ordered order) {
        installed.put(order.serial(), runsNext(order));
    }

    private Installed runsNext(Ordered order) {
        Long counter = order.target().releaseCounter();
        return new Installed(order.filename(), order.target().hashes().getOrDefault("sha256", ""),
                order.target().length(),
                counter == null
                        ? runs(order.serial()).releaseCounter()
                        : Math.max(counter, runs(order.serial()).releaseCounter()));
    }
}
