package dev.uptanebench.vehicle.can.socketcan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A CAN interface of this machine, as the kernel shows it below {@code /sys/class/net}.
 *
 * @param up whether it is switched on
 * @param fd whether it takes CAN FD frames
 */
public record CanInterface(String name, boolean up, boolean fd) {
    /** ARPHRD_CAN. */
    private static final String TYPE = "280";
    private static final int IFF_UP = 1;
    /** CANFD_MTU: bytes of the kernel's structure for a CAN FD frame. */
    private static final int FD_MTU = 72;
    private static final Path NETWORK = Path.of("/sys/class/net");

    /** All there are, by name; none on a system that has no such folder. */
    public static List<CanInterface> all() {
        List<CanInterface> all = new ArrayList<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(NETWORK)) {
            for (Path device : devices) {
                read(device).ifPresent(all::add);
            }
        } catch (IOException e) {
            return List.of();
        }
        all.sort(Comparator.comparing(CanInterface::name));
        return all;
    }

    /** The one of that name; empty if it is missing or no CAN interface. */
    public static Optional<CanInterface> named(String name) {
        return all().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private static Optional<CanInterface> read(Path device) {
        try {
            if (!text(device, "type").equals(TYPE)) {
                return Optional.empty();
            }
            boolean up = (Integer.decode(text(device, "flags")) & IFF_UP) != 0;
            return Optional.of(new CanInterface(String.valueOf(device.getFileName()), up,
                    Integer.parseInt(text(device, "mtu")) >= FD_MTU));
        } catch (IOException | NumberFormatException e) { // it has just gone
            return Optional.empty();
        }
    }

    private static String text(Path device, String name) throws IOException {
        return Files.readString(device.resolve(name), StandardCharsets.US_ASCII).strip();
    }
}
