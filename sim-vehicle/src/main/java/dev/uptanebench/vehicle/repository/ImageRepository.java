package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Responder;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Image repository (5.3.1): every installable image, and the metadata that its suppliers signed. */
public final class ImageRepository implements Responder {
    private final MetadataRepository metadata;
    private final Map<String, Bytes> images = new HashMap<>();

    public ImageRepository(MetadataRepository metadata) {
        this.metadata = metadata;
    }

    public MetadataRepository metadata() {
        return metadata;
    }

    /** Adds an image to what the next publication lists. */
    public void add(String filename, Bytes image, List<String> hardwareIds, long releaseCounter) {
        metadata.editor().targets().put(ImageName.normal(filename), target(image, hardwareIds, releaseCounter));
        store(filename, image);
    }

    /** Adds an image to what a delegated role lists in its next file. */
    public void add(String role, String filename, Bytes image, List<String> hardwareIds, long releaseCounter) {
        metadata.editor().delegatedRole(role).targets().put(ImageName.normal(filename),
                target(image, hardwareIds, releaseCounter));
        store(filename, image);
    }

    /** Stores the bytes of an image without listing it. */
    public void store(String filename, Bytes image) {
        Dialect dialect = metadata.editor().dialect();
        String name = ImageName.normal(filename);
        images.put("targets/" + ImageName.of(dialect, image.sha256(), name), image);
        images.put("targets/" + ImageName.of(dialect, image.sha512(), name), image);
    }

    /** How this repository describes an image. */
    @Carries({"U-5.2.3.1.1-3", "U-5.2.3.1.1-4", "U-5.2.3.1.1-5"})
    public static Target target(Bytes image, List<String> hardwareIds, long releaseCounter) {
        return new Target(image.length(), new TreeMap<>(Map.of("sha256", image.sha256(), "sha512", image.sha512())),
                new TreeMap<>(), hardwareIds, releaseCounter);
    }

    /** The same in a dialect without release counters. */
    public static Target target(Bytes image, List<String> hardwareIds) {
        Target counted = target(image, hardwareIds, 0);
        return new Target(counted.length(), counted.hashes(), counted.ecus(), hardwareIds, null);
    }

    @Override
    @Carries({"U-5.3.1-1", "U-5.3.1-2", "U-5.3.1-6"})
    public Response respond(Request request) {
        Bytes image = request.method().equals("GET") ? images.get(request.path()) : null;
        return image == null ? metadata.respond(request) : Response.ok(image);
    }
}
