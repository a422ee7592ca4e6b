package dev.uptanebench.bench.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Why something could not be read or written, for a person. */
public final class Reasons {
    private Reasons() {}

    public static String of(UncheckedIOException failure) {
        return of(Objects.requireNonNull(failure.getCause()));
    }

    /** Of what was to be made, and so is of course not there. */
    public static String ofWriting(IOException failure) {
        return failure instanceof NoSuchFileException missing
                ? missing.getFile() + " cannot be made"
                : of(failure);
    }

    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " is not there";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written";
            case FileAlreadyExistsException there -> there.getFile() + " is there and is no folder";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
