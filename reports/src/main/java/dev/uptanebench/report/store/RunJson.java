package dev.uptanebench.report.store;

import dev.uptanebench.attack.run.TrialResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code run.json} and its parts: fields in a fixed order, UTF-8, a line feed at the end. */
public final class RunJson {
    private static final JsonMapper LINE = JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final JsonMapper INDENTED = LINE.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RunJson() {}

    public static byte[] write(RunReport report) {
        return (INDENTED.writeValueAsString(report) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a {@code run.json}; fields of later versions are passed over.
     *
     * @throws IOException if it is none
     */
    public static RunReport read(byte[] file) throws IOException {
        RunReport report = value(file, RunReport.class);
        if (!RunReport.SCHEMA.equals(report.schema())) {
            throw new IOException("schema " + RunReport.SCHEMA + " was expected, not " + report.schema());
        }
        return report;
    }

    static byte[] line(Object value) {
        return (LINE.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static RunHeader header(String line) throws IOException {
        return value(line.getBytes(StandardCharsets.UTF_8), RunHeader.class);
    }

    static TrialResult trial(String line) throws IOException {
        return value(line.getBytes(StandardCharsets.UTF_8), TrialResult.class);
    }

    private static <T> T value(byte[] json, Class<T> type) throws IOException {
        try {
            return LINE.readValue(json, type);
        } catch (JacksonException e) {
            throw new IOException("line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr()
                    + ": this is not what run.json holds" + field(e), e);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IOException("it lacks something that run.json holds", e);
        }
    }

    private static String field(JacksonException failure) {
        String path = failure.getPath().stream()
                .map(step -> step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "" : " at " + path.replaceFirst("^\\.", "");
    }
}
