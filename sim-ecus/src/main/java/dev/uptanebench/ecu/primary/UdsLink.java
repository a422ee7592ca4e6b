package dev.uptanebench.ecu.primary;

import dev.uptanebench.ecu.secondary.BootKey;
import dev.uptanebench.ecu.secondary.InVehicle;
import dev.uptanebench.vehicle.link.DiagnosticClient;
import dev.uptanebench.vehicle.link.DiagnosticFailure;
import dev.uptanebench.vehicle.link.Sending;
import dev.uptanebench.vehicle.uds.UdsSession;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A Secondary reached by UDS over ISO-TP. */
public final class UdsLink implements SecondaryLink {
    private static final int BOOT_LEVEL = 1;
    private static final byte[] NO_OPTION = {};

    private final String serial;
    private final long base;
    private final DiagnosticClient client;

    /** @param base address at which its images begin */
    public UdsLink(String serial, long base, DiagnosticClient client) {
        this.serial = serial;
        this.base = base;
        this.client = client;
    }

    @Override
    public String serial() {
        return serial;
    }

    @Override
    public Optional<String> silence() {
        try {
            client.read(InVehicle.DID_REPORT);
            return Optional.empty();
        } catch (DiagnosticFailure e) {
            return e.silence();
        }
    }

    @Override
    public Bytes report() throws LinkFailed {
        return Bytes.of(ask(() -> client.read(InVehicle.DID_REPORT)));
    }

    @Override
    public void open() throws LinkFailed {
        client.hushOthers();
        tell(() -> {
            client.startSession(UdsSession.PROGRAMMING);
            client.unlock(BOOT_LEVEL, BootKey::of);
        });
    }

    @Override
    public void close() throws LinkFailed {
        try {
            tell(() -> client.startSession(UdsSession.DEFAULT));
        } finally {
            client.releaseOthers();
        }
    }

    /** Leaves the session and begins another, as a tester does that was interrupted. */
    public void reopen() throws LinkFailed {
        close();
        open();
    }

    @Override
    public String nonce() throws LinkFailed {
        return HexFormat.of().formatHex(ask(() -> client.read(InVehicle.DID_NONCE)));
    }

    @Override
    public void sendTime(Bytes message) throws LinkFailed {
        tell(() -> client.write(InVehicle.DID_TIME, message.toArray()));
    }

    @Override
    public Map<String, Long> versions() throws LinkFailed {
        Map<String, Long> versions = new TreeMap<>();
        String lines = new String(ask(() -> client.read(InVehicle.DID_VERSIONS)), StandardCharsets.UTF_8);
        for (String line : lines.lines().toList()) {
            int equals = line.indexOf('=');
            try {
                versions.put(line.substring(0, Math.max(equals, 0)), Long.parseLong(line.substring(equals + 1)));
            } catch (NumberFormatException e) {
                throw new LinkFailed("its list of versions makes no sense");
            }
        }
        return versions;
    }

    @Override
    public boolean wantsMetadata() throws LinkFailed {
        byte[] answer = ask(() -> client.read(InVehicle.DID_METADATA_WANTED));
        return answer.length == 1 && answer[0] != 0;
    }

    @Override
    public void sendFile(String path, Bytes file) throws LinkFailed {
        sendFile(path, file, Sending.plain());
    }

    /** The same in a way of the sender's choosing. */
    public void sendFile(String path, Bytes file, Sending sending) throws LinkFailed {
        tell(() -> client.sendFile(path, file.toArray(), sending));
    }

    @Override
    public Answer verifyMetadata() throws LinkFailed {
        return answer(ask(() -> client.routine(InVehicle.ROUTINE_VERIFY_METADATA, NO_OPTION)));
    }

    @Override
    public void program(Bytes image) throws LinkFailed {
        program(image, Sending.plain());
    }

    /** The same in a way of the sender's choosing. */
    public void program(Bytes image, Sending sending) throws LinkFailed {
        tell(() -> {
            client.routine(InVehicle.ROUTINE_ERASE, NO_OPTION);
            client.download(base, image.toArray(), sending);
        });
    }

    @Override
    public Answer checkImage() throws LinkFailed {
        return answer(ask(() -> client.routine(InVehicle.ROUTINE_CHECK_IMAGE, NO_OPTION)));
    }

    @Override
    public void restart() throws LinkFailed {
        tell(client::reset);
        client.releaseOthers();
    }

    private static Answer answer(byte[] record) {
        boolean accepted = record.length > 0 && record[0] == InVehicle.STATUS_ACCEPTED;
        String text = record.length > 1 ? new String(record, 1, record.length - 1, StandardCharsets.UTF_8) : "";
        return new Answer(accepted, record.length > 0 && record[0] == InVehicle.STATUS_INCOMPLETE, text);
    }

    @FunctionalInterface
    private interface Asking {
        byte[] ask() throws DiagnosticFailure;
    }

    @FunctionalInterface
    private interface Telling {
        void tell() throws DiagnosticFailure;
    }

    private static byte[] ask(Asking asking) throws LinkFailed {
        try {
            return asking.ask();
        } catch (DiagnosticFailure e) {
            throw new LinkFailed(String.valueOf(e.getMessage()));
        }
    }

    private static void tell(Telling telling) throws LinkFailed {
        try {
            telling.tell();
        } catch (DiagnosticFailure e) {
            throw new LinkFailed(String.valueOf(e.getMessage()));
        }
    }
}
