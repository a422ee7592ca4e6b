package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What lies on disk of what vehicles can fetch.
 *
 * @param publications what is signed once for all vehicles
 * @param images those that it lists
 * @param deliveries what was made of images for some ECUs
 */
record OemFolders(StandingFolder publications, ImageFolder images, DeliveryFolder deliveries) {

    /** @param state folder of everything that is kept */
    static OemFolders in(Path state, Dialect dialect) throws IOException {
        return new OemFolders(new StandingFolder(PrivateFiles.folder(state.resolve("publications")), dialect),
                new ImageFolder(PrivateFiles.folder(state.resolve("images"))),
                new DeliveryFolder(PrivateFiles.folder(state.resolve("deliveries"))));
    }
}
