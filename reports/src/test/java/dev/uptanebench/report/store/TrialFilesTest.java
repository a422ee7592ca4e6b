package dev.uptanebench.report.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialFilesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "UPT-FRZ-001/brake-ecu/repo=director,role=x#2|UPT-FRZ-001/brake-ecu/repo=director,role=x#2",
            "a b/ü:*|a%20b/%C3%BC%3A%2A", "100%|100%25", "../../etc/..|%2E%2E/%2E%2E/etc/%2E%2E", "a//b|a/%/b",
            ".hidden...|.hidden..."})
    void everyIdIsAPathBelowTheFolder(String id, String path) {
        assertThat(TrialFiles.history(id)).isEqualTo("history/" + path + ".jsonl");
    }
}
