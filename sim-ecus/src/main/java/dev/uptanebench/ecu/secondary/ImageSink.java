package dev.uptanebench.ecu.secondary;

import dev.uptanebench.ecu.verify.Rejection;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.TransferSink;
import dev.uptanebench.vehicle.uds.UdsRefusal;

/** Writes an image into memory as it comes, no more of it than was announced (5.4.3.3 step 4.b). */
final class ImageSink implements TransferSink {
    private final Secondary.Parts parts;
    private final long announced;
    private final Memory memory;
    private final Pace pace;
    private long offset;

    @FunctionalInterface
    interface Memory {
        void write(long offset, byte[] block);
    }

    ImageSink(Secondary.Parts parts, long announced, Memory memory) {
        this.parts = parts;
        this.announced = announced;
        this.memory = memory;
        this.pace = new Pace(parts, "image");
    }

    @Override
    public void write(byte[] block) throws UdsRefusal {
        pace.require(offset);
        if (offset + block.length > announced && parts.checks().on(Check.IMAGE_SIZE)) {
            parts.reports().refused(new Rejection(Check.IMAGE_SIZE.requirement(), Check.IMAGE_SIZE.attack(), "image",
                    announced + " bytes", "more"));
            throw new UdsRefusal(NegativeResponse.TRANSFER_SUSPENDED);
        }
        if (offset + block.length > parts.memory().size()) {
            throw new UdsRefusal(NegativeResponse.PROGRAMMING_FAILURE); // the memory ends here
        }
        memory.write(offset, block);
        offset += block.length;
    }

    @Override
    public void finish() throws UdsRefusal {
        if (offset < announced) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
    }

    @Override
    public void abort() {
        // what was written is not activated; the next update erases it
    }
}
