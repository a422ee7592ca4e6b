package dev.uptanebench.ecu.image;

/** What is wrong with an image file; prints as {@code file:line:column: message}. Binary files have line 1, column 1. */
public record ImageProblem(String file, int line, int column, String message) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
