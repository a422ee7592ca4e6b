package dev.uptanebench.ecu.flash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What an ECU boots, as it stands in its memory.
 *
 * @param sequence higher than that of every record before it
 * @param bank 0 or 1
 * @param sha256 of the image's bytes, lower-case hex
 * @param filename under which the image was ordered; empty for what the ECU left the factory with
 * @param releaseCounter of the newest image it has accepted
 */
public record BootRecord(long sequence, int bank, Image image, String sha256, String filename, long releaseCounter) {
    /** Stands for the digest of an image that is not whole yet. */
    static final String UNKNOWN = "f".repeat(64);

    private static final int MAGIC = 0x424F4F54;
    private static final int DIGEST = 32;
    private static final int HEAD = 4 + 8 + 1 + 4 + 4 + 8 + DIGEST + 8 + 2;
    private static final int CHECK = 4;
    private static final long UNWRITTEN = -1;

    /** How many bytes of a name fit into a record of that size. */
    static int nameBytes(int size) {
        return size - HEAD - CHECK;
    }

    /** Big-endian, in the order of the components; between magic number and CRC-32. */
    byte[] encoded() {
        byte[] name = filename.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + name.length + CHECK).putInt(MAGIC).putLong(sequence)
                .put((byte) bank).putInt((int) image.base()).putInt(image.length()).putLong(image.programmed())
                .put(HexFormat.of().parseHex(sha256)).putLong(releaseCounter).putShort((short) name.length).put(name);
        return buffer.putInt(check(buffer.array(), HEAD + name.length)).array();
    }

    /** The record at the beginning of these bytes, if it is whole. */
    static Optional<BootRecord> whole(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int name = buffer.getShort(HEAD - 2) & 0xFFFF;
        boolean whole = buffer.getInt(0) == MAGIC && name <= nameBytes(bytes.length)
                && buffer.getInt(HEAD + name) == check(bytes, HEAD + name);
        return whole ? any(bytes) : Optional.empty();
    }

    /** Whatever stands at the beginning of these bytes, as far as somebody began to write it. */
    static Optional<BootRecord> any(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt() != MAGIC || buffer.getLong(4) == UNWRITTEN) {
            return Optional.empty();
        }
        long sequence = buffer.getLong();
        int bank = buffer.get() & 1;
        Image image = new Image(buffer.getInt() & 0xFFFF_FFFFL, buffer.getInt() & Integer.MAX_VALUE, buffer.getLong());
        byte[] digest = new byte[DIGEST];
        buffer.get(digest);
        long counter = buffer.getLong();
        int name = Math.min(buffer.getShort() & 0xFFFF, nameBytes(bytes.length));
        return Optional.of(new BootRecord(sequence, bank, image, HexFormat.of().formatHex(digest),
                new String(Arrays.copyOfRange(bytes, HEAD, HEAD + name), StandardCharsets.UTF_8), counter));
    }

    private static int check(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
