package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.kernel.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a reader is in its file: makes errors and remarks that say so. */
final class Place {
    private static final int REMARKS = 20;

    private final String file;
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, Long> passedOver = new TreeMap<>();

    Place(String file) {
        this.file = file;
    }

    BrokenCapture broken(long line, String what) {
        return new BrokenCapture(file + ":" + line, what);
    }

    BrokenCapture brokenAt(long offset, String what) {
        return new BrokenCapture(file + ": byte " + offset, what);
    }

    void remark(long line, String what) {
        add(file + ":" + line + ": " + what);
    }

    void remarkAt(long offset, String what) {
        add(file + ": byte " + offset + ": " + what);
    }

    /** Counts what the file holds and nobody here can use. */
    void passOver(String what) {
        if (passedOver.size() < Limits.CAPTURE_BUSES || passedOver.containsKey(what)) {
            passedOver.merge(what, 1L, Long::sum);
        }
    }

    List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        passedOver.forEach((what, count) -> all.add(file + ": " + count + " × passed over: " + what));
        return all;
    }

    private void add(String remark) {
        if (remarks.size() < REMARKS) {
            remarks.add(remark);
        }
    }
}
