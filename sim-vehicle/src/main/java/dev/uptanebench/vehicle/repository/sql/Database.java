package dev.uptanebench.vehicle.repository.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database by its JDBC URL, through one connection that is made again when it is lost. Work is done one transaction
 * after the other.
 */
final class Database implements AutoCloseable {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final int SECONDS_TO_ANSWER = 5;

    private final String url;
    private @Nullable Connection connection;

    Database(String url) {
        this.url = url;
    }

    /** Something done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    boolean isSqlite() {
        return isSqlite(url);
    }

    static boolean isSqlite(String url) {
        return url.startsWith(SQLITE);
    }

    /** Where SQLite keeps it; what comes after a question mark is for its driver. */
    static Optional<Path> file(String url) {
        String name = isSqlite(url) ? url.substring(SQLITE.length()).replaceFirst("\\?.*", "") : "";
        return name.isBlank() || name.startsWith(":") ? Optional.empty() : Optional.of(Path.of(name));
    }

    /** @throws UncheckedIOException if it cannot be done; then nothing has changed */
    synchronized <T> T transaction(Work<T> work) {
        try {
            Connection open = connection();
            try {
                T result = work.in(open);
                open.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                undo(open, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException("the inventory cannot be used: " + e.getMessage(), e));
        }
    }

    private static void undo(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || !open.isValid(SECONDS_TO_ANSWER)) {
            close();
            open = DriverManager.getConnection(url);
            if (isSqlite()) {
                pragmas(open);
            }
            open.setAutoCommit(false);
            connection = open;
        }
        return open;
    }

    /** What is committed has to outlive a loss of power; a reader beside us must not be in the way. */
    private static void pragmas(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA busy_timeout = 5000");
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
