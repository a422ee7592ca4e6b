package dev.uptanebench.ecu.tuf;

import dev.uptanebench.ecu.store.ImageFolder;
import dev.uptanebench.ecu.verify.ImageVerification;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.http.socket.Answer;
import dev.uptanebench.vehicle.http.socket.SocketClient;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import dev.uptanebench.vehicle.uptane.Target;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The images of a repository below one URL. */
final class WebImages {
    /** Hash functions that are computed here; the name of an image carries the hash of one of these. */
    private static final List<String> FUNCTIONS = List.of("sha256", "sha512");

    private final SocketClient client;
    private final String base;
    private final Patience patience;

    WebImages(SocketClient client, URI base, Limits limits) {
        this.client = client;
        this.base = base.toString().replaceFirst("/+$", "");
        this.patience = WebRepository.patience(limits);
    }

    /** TUF 1.0.34, 5.7: takes in no more than metadata states, and keeps nothing but what it describes. */
    void download(String filename, Target target, boolean consistent, ImageFolder folder)
            throws Rejected, Unavailable, IOException {
        String prefix = consistent ? PercentEncoding.segment(hash(filename, target)) + '.' : "";
        String url = base + '/' + path(filename, prefix);
        try (ImageFolder.Draft draft = folder.draft(filename, target)) {
            requireWhole(filename, target, WebRepository.get(client, url, target.length(), patience, draft.out()));
            if (!draft.keep()) {
                throw ImageVerification.notDescribed(filename, target);
            }
        }
    }

    private static String hash(String filename, Target target) throws Unavailable {
        for (String function : FUNCTIONS) {
            String hash = target.hashes().get(function);
            if (hash != null) {
                return hash;
            }
        }
        throw new Unavailable("image " + filename + " has no hash of a known function");
    }

    private static void requireWhole(String filename, Target target, Answer answer) throws Rejected, Unavailable {
        switch (answer.ending()) {
            case TOO_LARGE -> throw ImageVerification.tooLarge(filename, target);
            case TOO_SLOW -> throw ImageVerification.tooSlow(filename, answer.received());
            case BROKEN -> throw new Unavailable("image " + filename + ": " + answer.problem());
            case COMPLETE -> {
                if (!answer.isOk()) {
                    throw new Unavailable("image " + filename + ": status " + answer.status());
                }
            }
        }
    }

    /** Slashes stay, so that folders remain folders; the prefix stands before the last part of the name. */
    private static String path(String filename, String prefix) {
        List<String> parts = Arrays.asList(filename.split("/", -1));
        String folders = parts.subList(0, parts.size() - 1).stream().map(part -> PercentEncoding.segment(part) + '/')
                .collect(Collectors.joining());
        return folders + prefix + PercentEncoding.segment(parts.getLast());
    }
}
