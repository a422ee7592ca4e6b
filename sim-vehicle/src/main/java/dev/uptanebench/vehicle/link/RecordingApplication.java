package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.uds.TransferSink;
import dev.uptanebench.vehicle.uds.UdsApplication;
import dev.uptanebench.vehicle.uds.UdsRefusal;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Stands in front of an application and writes down what arrives, before the application has a say in it. */
final class RecordingApplication implements UdsApplication {
    private final UdsApplication application;
    private final Recorder recorder;
    private final String serial;
    private final String bus;
    private final LongSupplier requestStarted;
    private final Runnable startedAgain;

    /**
     * @param requestStarted when the request now being carried out began to arrive
     * @param startedAgain called when the ECU has been reset
     */
    RecordingApplication(UdsApplication application, Recorder recorder, String serial, String bus,
            LongSupplier requestStarted, Runnable startedAgain) {
        this.application = application;
        this.recorder = recorder;
        this.serial = serial;
        this.bus = bus;
        this.requestStarted = requestStarted;
        this.startedAgain = startedAgain;
    }

    private Arrival arrival(String artefact) {
        return new Arrival(recorder, serial, bus, artefact, requestStarted.getAsLong());
    }

    @Override
    public byte[] readData(int identifier) throws UdsRefusal {
        return application.readData(identifier);
    }

    @Override
    public void writeData(int identifier, byte[] value) throws UdsRefusal {
        Arrival arrival = arrival(String.format(Locale.ROOT, "did/%04X", identifier));
        arrival.add(value);
        arrival.over(true);
        application.writeData(identifier, value);
    }

    @Override
    public TransferSink openFile(String path, long length, boolean replace) throws UdsRefusal {
        Arrival arrival = arrival(path);
        try {
            return new RecordingSink(application.openFile(path, length, replace), arrival);
        } catch (UdsRefusal e) {
            arrival.over(false);
            throw e;
        }
    }

    @Override
    public TransferSink openDownload(long address, long length) throws UdsRefusal {
        Arrival arrival = arrival("image");
        try {
            return new RecordingSink(application.openDownload(address, length), arrival);
        } catch (UdsRefusal e) {
            arrival.over(false);
            throw e;
        }
    }

    @Override
    public byte[] startRoutine(int identifier, byte[] option) throws UdsRefusal {
        Arrival arrival = arrival(String.format(Locale.ROOT, "routine/%04X", identifier));
        arrival.add(option);
        arrival.over(true);
        return application.startRoutine(identifier, option);
    }

    @Override
    public byte[] stopRoutine(int identifier) throws UdsRefusal {
        return application.stopRoutine(identifier);
    }

    @Override
    public void deleteFile(String path) throws UdsRefusal {
        application.deleteFile(path);
    }

    @Override
    public byte[] readFile(String path) throws UdsRefusal {
        return application.readFile(path);
    }

    @Override
    public byte[] readDirectory(String path) throws UdsRefusal {
        return application.readDirectory(path);
    }

    @Override
    public void communication(boolean sends, boolean receives, int type) throws UdsRefusal {
        application.communication(sends, receives, type);
    }

    @Override
    public void troubleCodes(boolean on) throws UdsRefusal {
        application.troubleCodes(on);
    }

    @Override
    public byte[] routineResult(int identifier) throws UdsRefusal {
        return application.routineResult(identifier);
    }

    @Override
    public void reset(int kind) {
        application.reset(kind);
        startedAgain.run();
    }

    @Override
    public void sessionEnded() {
        application.sessionEnded();
    }

    @Override
    public long busyNanos() {
        return application.busyNanos();
    }
}
