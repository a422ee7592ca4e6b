package dev.uptanebench.vehicle.repository.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.InventoryContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A PostgreSQL server of its own, an empty schema for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresInventoryTest extends InventoryContract {
    private EmbeddedPostgres server;
    private SqlInventory inventory;

    @BeforeAll
    void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void open() throws SQLException {
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        inventory = new SqlInventory(url());
    }

    @AfterEach
    void close() {
        inventory.close();
    }

    private String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    protected Inventory inventory() {
        return inventory;
    }

    @Test
    void aLostConnectionIsMadeAgain() throws SQLException {
        inventory.add("V", "P");
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND backend_type = 'client backend'");

        assertThat(inventory.vehicle("V")).isPresent();
    }
}
