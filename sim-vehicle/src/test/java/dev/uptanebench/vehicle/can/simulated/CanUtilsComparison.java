package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.kernel.RandomStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Compares frame lengths with another program, that of can-utils: {@code .ci/can-utils} compiles and names it. It reads
 * frames line by line and prints their lengths with three bits of intermission.
 */
final class CanUtilsComparison {
    private static final int RANDOM_FRAMES = 20_000;

    private CanUtilsComparison() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<CanFrame> frames = frames();
        List<String> lengths = ask(arguments[0], frames);
        if (lengths.size() != frames.size()) {
            throw new IllegalStateException(lengths.size() + " answers to " + frames.size() + " frames");
        }
        for (int i = 0; i < frames.size(); i++) {
            int ours = FrameBits.length(frames.get(i)) + FrameBits.INTERMISSION;
            int theirs = Integer.parseInt(lengths.get(i));
            if (ours != theirs) {
                throw new IllegalStateException(frames.get(i) + ": we say " + ours + " bits, can-utils " + theirs);
            }
        }
        System.out.println(frames.size() + " frames have the length that can-utils computes");
    }

    private static List<CanFrame> frames() {
        List<CanFrame> frames = new ArrayList<>();
        int[] bytes = {0x00, 0xFF, 0x55, 0xAA, 0x0F, 0xF0, 0x1F, 0xF8, 0x07, 0xE0, 0x83, 0x7C};
        for (boolean extended : new boolean[]{false, true}) {
            for (int id : new int[]{0, 0x7FF, 0x1FFF_FFFF, 0x555, 0x0AAA_AAAA, 0x1F, 0x07C0_1F00, 0x600}) {
                for (int length = 0; length <= CanFrame.MAX_LENGTH; length++) {
                    for (int value : bytes) {
                        frames.add(frame(id, extended, value * 0x0101_0101_0101_0101L, length));
                    }
                }
            }
        }
        RandomStream random = RandomStream.of(19, "can-utils");
        for (int i = 0; i < RANDOM_FRAMES; i++) {
            boolean runs = i % 2 == 0;
            long payload = runs ? FrameBitsTest.sparse(random) : random.nextLong();
            frames.add(frame((int) random.nextLong(), random.nextInt(2) == 0, i % 4 == 0 ? ~payload : payload,
                    random.nextInt(CanFrame.MAX_LENGTH + 1)));
        }
        return frames;
    }

    private static CanFrame frame(int id, boolean extended, long payload, int length) {
        return CanFrame.packed(new CanId(id & (extended ? 0x1FFF_FFFF : 0x7FF), extended), payload, length);
    }

    private static List<String> ask(String program, List<CanFrame> frames) throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (CanFrame frame : frames) {
            String data = frame.length() == 0 ? "-" : HexFormat.of().formatHex(frame.data());
            lines.append(String.format(Locale.ROOT, "%X %d %s%n", frame.id().value(), frame.id().extended() ? 1 : 0,
                    data));
        }
        Path questions = Files.createTempFile("frames", ".txt");
        try {
            Files.writeString(questions, lines, StandardCharsets.US_ASCII);
            Process process = new ProcessBuilder(program).redirectInput(questions.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program + " failed");
            }
            return answers.lines().toList();
        } finally {
            Files.delete(questions);
        }
    }
}
