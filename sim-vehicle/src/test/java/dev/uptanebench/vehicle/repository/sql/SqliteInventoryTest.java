package dev.uptanebench.vehicle.repository.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.InventoryContract;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.PublicKey;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteInventoryTest extends InventoryContract {
    @TempDir
    private Path folder;
    private SqlInventory inventory = new SqlInventory("jdbc:sqlite::memory:");

    @BeforeEach
    void open() {
        inventory.close();
        inventory = new SqlInventory(url());
    }

    @AfterEach
    void close() {
        inventory.close();
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("inventory.sqlite");
    }

    @Override
    protected Inventory inventory() {
        return inventory;
    }

    @Test
    void itIsStillThereWhenItIsOpenedAgain() {
        inventory.add("V", "P");
        inventory.close();

        try (SqlInventory again = new SqlInventory(url())) {
            assertThat(again.vehicle("V")).isPresent();
        }
    }

    @Test
    void aDatabaseFromBeforeImagesHadFormsIsTakenOver() throws SQLException {
        inventory.add("V", "P");
        inventory.close();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            for (String column : List.of("encryption", "encryption_key", "deltas")) {
                statement.executeUpdate("ALTER TABLE ecu DROP COLUMN " + column);
            }
            statement.executeUpdate("ALTER TABLE vehicle DROP COLUMN confirmed");
            statement.executeUpdate("UPDATE inventory_version SET version = 2");
        }

        for (int i = 0; i < 2; i++) {
            try (SqlInventory again = new SqlInventory(url())) {
                again.register("V", new RegisteredEcu("P", "hw", new PublicKey("k", "ed25519", "ed25519", "ab"), true));
                assertThat(again.vehicle("V").orElseThrow().ecus().values())
                        .extracting(ecu -> ecu.registered().images()).containsExactly(ImageForm.PLAIN);
            }
        }
    }

    @Test
    void aDatabaseOfAnotherVersionIsLeftAlone() throws SQLException {
        inventory.close();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE inventory_version SET version = 99");
        }

        assertThatThrownBy(() -> new SqlInventory(url())).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("99");
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no database ".repeat(1000));

        assertThatThrownBy(() -> new SqlInventory("jdbc:sqlite:" + text)).isInstanceOf(UncheckedIOException.class);
    }
}
