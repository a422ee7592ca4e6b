package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The OEM's end: the repositories, and the fleet that they are for. Here changes of the repositories come one at a time:
 * every method that changes something is synchronized, and what it is made of has no lock of its own. {@link Fleet} does
 * the same for vehicles; whoever needs both comes through here first. Reading what stands needs no lock.
 */
final class Oem {
    private final Dialect dialect;
    private final OemFolders folders;
    private final Repositories repositories;
    private final Fleet fleet;
    private final Releases releases;
    private final Retirement retirement;
    private final KeyReplacement keyReplacement;

    /**
     * Goes on where the state stands, or begins with empty repositories.
     *
     * @param map which Image repositories there are, and which of them have to agree on an image
     * @throws IllegalArgumentException if it has to begin and a folder for keys is not there
     */
    Oem(ServeConfig config, RepositoryMap map, RoleKeyFolders keys, OemFolders folders, Inventory inventory,
            InstantSource clock) throws IOException {
        this.dialect = keys.dialect();
        this.folders = folders;
        Journal journal = new Journal(inventory, clock);
        Optional<Decision> last = inventory.lastDecision();
        repositories = new Repositories(config, map, keys, folders, journal);
        fleet = new Fleet(keys, journal, repositories::standing,
                new ImageDelivery(folders.images(), folders.deliveries()));
        releases = new Releases(repositories, folders.images());
        retirement = new Retirement(repositories, fleet);
        keyReplacement = new KeyReplacement(repositories, journal);
        fleet.resume(last);
    }

    /** What stands published. */
    Standing standing() {
        return repositories.standing();
    }

    /** Which Image repositories there are, and which of them have to agree on an image. */
    RepositoryMap map() {
        return repositories.map();
    }

    Dialect dialect() {
        return dialect;
    }

    ImageFolder images() {
        return folders.images();
    }

    DeliveryFolder deliveries() {
        return folders.deliveries();
    }

    Fleet fleet() {
        return fleet;
    }

    /** @see KeysAtHand#ofTime */
    SigningKey timeKey() {
        return repositories.keysAtHand().ofTime();
    }

    /** @see Repositories#begin */
    synchronized void begin() throws IOException {
        repositories.begin();
    }

    /** @see Repositories#delegate */
    synchronized void delegate() throws IOException {
        repositories.delegate();
    }

    /** @see Repositories#listTimeSource */
    synchronized void listTimeSource() throws IOException {
        repositories.listTimeSource();
    }

    /** @see Repositories#renew */
    synchronized boolean renew() throws IOException {
        return repositories.renew();
    }

    /**
     * What came of an image.
     *
     * @param releaseCounter null in a dialect that has none
     * @param publication of the Image repository
     * @param order what came of the order
     */
    record Released(String filename, String sha256, int length, @Nullable Long releaseCounter, long publication,
            String vin,
            Wishes.Wanted order) {}

    /**
     * Lists an image in the Image repositories and orders it for one ECU.
     *
     * @param counter the image's release counter; null for the next after the newest of that name's hardware
     * @param relations to other images
     * @throws IllegalArgumentException if the ECU is not there, the image cannot be listed, or the vehicle cannot have it
     *         together with what it has; in the last case the image stays listed
     */
    synchronized Released release(Bytes image, String serial, String filename, @Nullable Long counter,
            Relations relations, Releases.By by) throws IOException {
        Vehicle vehicle = fleet.vehicleOf(serial);
        String hardwareId = Objects.requireNonNull(vehicle.ecus().get(serial)).registered().hardwareId();
        Releases.Listed listed = releases
                .list(new Releases.Release(image, filename, serial, hardwareId, counter, relations), by);
        Wishes.Wanted order = listed.found()
                ? fleet.want(vehicle.vin(), serial, filename)
                : Wishes.Wanted.listed("another role or repository has to agree before it can be ordered");
        return new Released(filename, image.sha256(), image.length(), listed.counter(), standing().number(),
                vehicle.vin(), order);
    }

    /** @see Retirement#retire */
    synchronized Retirement.Retired retire(String filename) throws IOException {
        return retirement.retire(filename);
    }

    /** @see KeyReplacement#rotate */
    synchronized KeyReplacement.Rotated rotate(SortedSet<String> roles, Optional<String> keyId) throws IOException {
        return keyReplacement.rotate(roles, keyId);
    }
}
