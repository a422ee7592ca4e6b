package dev.uptanebench.ecu.secondary;

import dev.uptanebench.ecu.flash.FlashFault;
import dev.uptanebench.ecu.verify.Rejection;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.TransferSink;
import dev.uptanebench.vehicle.uds.UdsRefusal;

/** Writes an image into memory as it comes, no more of it than was announced (5.4.3.3 step 4.b). */
final class ImageSink implements TransferSink {
    private final Secondary.Parts parts;
    private final long address;
    private final long announced;
    private final Pace pace;
    private long offset;

    ImageSink(Secondary.Parts parts, long address, long announced) {
        this.parts = parts;
        this.address = address;
        this.announced = announced;
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
        try {
            parts.memory().write(address + offset, block);
        } catch (FlashFault e) { // the memory ends here, or was not erased
            throw new UdsRefusal(NegativeResponse.PROGRAMMING_FAILURE);
        }
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
