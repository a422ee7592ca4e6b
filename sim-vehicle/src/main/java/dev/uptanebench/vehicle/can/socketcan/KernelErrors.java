package dev.uptanebench.vehicle.can.socketcan;

import java.io.IOException;
import tel.schich.javacan.platform.linux.LinuxNativeOperationException;

/** What the kernel means by its error numbers when it is about CAN. */
final class KernelErrors {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOBUFS = 105;
    private static final int EPERM = 1;
    private static final int ENODEV = 19;
    private static final int EINVAL = 22;
    private static final int EAFNOSUPPORT = 97;
    private static final int ENETDOWN = 100;
    private static final int ENXIO = 6;

    private KernelErrors() {}

    static int number(IOException failure) {
        return failure instanceof LinuxNativeOperationException kernel ? kernel.getErrorNumber() : 0;
    }

    /** Nothing is wrong: there is nothing to read yet, no room to write yet, or a signal came first, as of a profiler. */
    static boolean later(IOException failure) {
        int number = number(failure);
        return number == EAGAIN || number == ENOBUFS || number == EINTR;
    }

    static String down(String device) {
        return "the interface " + device + " is down or was removed; `ip link set " + device + " up` brings it up";
    }

    static String told(String device, IOException failure) {
        return switch (number(failure)) {
            case ENODEV, ENXIO -> "there is no interface " + device + "; `ip link` lists those there are";
            case ENETDOWN -> down(device);
            case EAFNOSUPPORT -> "the kernel has no CAN; `modprobe can_raw` may load it";
            case EPERM -> "the interface " + device + " may not be used by this user";
            case EINVAL -> device + " is no CAN interface, or cannot do what is asked of it";
            default -> "the interface " + device + " failed: " + failure.getMessage();
        };
    }
}
