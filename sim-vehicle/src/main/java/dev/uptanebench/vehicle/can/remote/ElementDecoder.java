package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.kernel.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Cuts a stream into what stands between {@code <} and {@code >}; between two of those there may be blanks and lines. */
final class ElementDecoder extends ByteToMessageDecoder {

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        while (in.isReadable() && blank(in.getByte(in.readerIndex()))) {
            in.skipBytes(1);
        }
        if (!in.isReadable()) {
            return;
        }
        if (in.getByte(in.readerIndex()) != '<') {
            throw refused(in, "a command begins with a less-than sign");
        }
        int length = in.bytesBefore((byte) '>') + 1;
        if (length > Limits.SOCKETCAND_COMMAND || (length == 0 && in.readableBytes() > Limits.SOCKETCAND_COMMAND)) {
            throw refused(in, "a command has at most " + Limits.SOCKETCAND_COMMAND + " characters");
        }
        if (length > 0) {
            out.add(in.toString(in.readerIndex() + 1, length - 2, StandardCharsets.US_ASCII));
            in.skipBytes(length);
        }
    }

    private static boolean blank(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    /** What follows such a thing cannot be told from it. */
    private static CorruptedFrameException refused(ByteBuf in, String reason) {
        in.skipBytes(in.readableBytes());
        return new CorruptedFrameException(reason);
    }
}
