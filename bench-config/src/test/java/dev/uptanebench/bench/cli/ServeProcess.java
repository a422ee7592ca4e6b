package dev.uptanebench.bench.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code bench serve} in a process of its own. */
final class ServeProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final String first;

    private ServeProcess(Process process, BufferedReader out, String first) {
        this.process = process;
        this.out = out;
        this.first = first;
    }

    /** Starts it and waits until it says that it is ready. */
    static ServeProcess start(Path state, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-Dbench.home=" + System.getProperty("bench.home", ".."), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "serve", "--state", state.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("serve ended instead of being ready");
        }
        return new ServeProcess(process, out, line);
    }

    JsonNode ready() {
        return JsonMapper.builder().build().readTree(first);
    }

    String url(String name) {
        return ready().path(name).stringValue();
    }

    /** SIGTERM; its exit code. */
    int end() throws IOException, InterruptedException {
        process.toHandle().destroy(); // the process would close its streams
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("serve does not end");
        }
        if (out.readLine() != null) {
            throw new IOException("serve said more than one line");
        }
        return process.exitValue();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
