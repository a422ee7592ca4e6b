package dev.uptanebench.ecu.secondary;

import dev.uptanebench.ecu.secondary.InVehicle.MetadataPath;
import dev.uptanebench.ecu.verify.Rejection;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.TransferSink;
import dev.uptanebench.vehicle.uds.UdsRefusal;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Takes in one metadata file, no more than its role may have (5.4.4.3 to 5.4.4.6, first steps). */
final class MetadataSink implements TransferSink {
    private final Secondary.Parts parts;
    private final MetadataPath path;
    private final long announced;
    private final Consumer<Bytes> whole;
    private final Pace pace;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    MetadataSink(Secondary.Parts parts, MetadataPath path, long announced, Consumer<Bytes> whole) throws UdsRefusal {
        this.parts = parts;
        this.path = path;
        this.announced = announced;
        this.whole = whole;
        this.pace = new Pace(parts, path.text(parts.dialect().extension()));
        requireWithin(announced);
    }

    @Override
    public void write(byte[] block) throws UdsRefusal {
        pace.require(bytes.size());
        requireWithin(bytes.size() + (long) block.length);
        if (parts.checks().on(check()) && bytes.size() + (long) block.length > announced) {
            throw new UdsRefusal(NegativeResponse.TRANSFER_SUSPENDED);
        }
        bytes.writeBytes(block);
    }

    @Override
    public void finish() throws UdsRefusal {
        if (bytes.size() < announced) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
        whole.accept(Bytes.of(bytes.toByteArray()));
    }

    @Override
    public void abort() {
        bytes.reset();
    }

    private void requireWithin(long length) throws UdsRefusal {
        if (length > limit() && parts.checks().on(check())) {
            parts.reports().refused(new Rejection(check().requirement(), check().attack(),
                    path.text(parts.dialect().extension()), "at most " + limit() + " bytes", length + " bytes"));
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
    }

    private Check check() {
        return switch (path.role()) {
            case ROOT -> Check.ROOT_SIZE;
            case TIMESTAMP -> Check.TIMESTAMP_SIZE;
            case SNAPSHOT -> Check.SNAPSHOT_SIZE;
            case TARGETS -> Check.TARGETS_SIZE;
        };
    }

    private int limit() {
        Limits limits = parts.limits();
        return switch (path.role()) {
            case ROOT -> limits.rootBytes();
            case TIMESTAMP -> limits.timestampBytes();
            case SNAPSHOT -> limits.snapshotBytes();
            case TARGETS -> limits.targetsBytes();
        };
    }
}
