package dev.uptanebench.vehicle.can.dbc;

/** Words, numbers, texts and signs of a DBC file, one after the other. */
final class DbcLexer {
    private static final int LONGEST_WORD = 256;

    private final String file;
    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;
    private Token next;

    /** What a token is. */
    enum Kind {
        WORD,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    /** @param column from 1, as is the line */
    record Token(Kind kind, String text, int line, int column) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }
    }

    DbcLexer(String file, String text) throws BrokenDbc {
        this.file = file;
        this.text = text;
        this.next = read();
    }

    Token peek() {
        return next;
    }

    Token take() throws BrokenDbc {
        Token taken = next;
        next = read();
        return taken;
    }

    BrokenDbc wrong(Token where, String what) {
        return new BrokenDbc(file + ":" + where.line() + ":" + where.column(), what);
    }

    private Token read() throws BrokenDbc {
        skipSpace();
        if (at == text.length()) {
            return token(Kind.END, "", at);
        }
        int start = at;
        char c = text.charAt(at);
        if (c == '"') {
            return text();
        }
        if (isWordStart(c)) {
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            return bounded(token(Kind.WORD, text.substring(start, at), start));
        }
        if (isDigit(c) || c == '.' || ((c == '-' || c == '+') && at + 1 < text.length() && isNumberStart(at + 1))) {
            at++;
            while (at < text.length() && isNumber(at)) {
                at++;
            }
            return bounded(token(Kind.NUMBER, text.substring(start, at), start));
        }
        at++;
        return token(Kind.SIGN, text.substring(start, at), start);
    }

    private Token bounded(Token token) throws BrokenDbc {
        if (token.text().length() > LONGEST_WORD) {
            throw wrong(token, "a word of more than " + LONGEST_WORD + " characters");
        }
        return token;
    }

    private Token token(Kind kind, String what, int start) {
        return new Token(kind, what, line, start - lineStart + 1);
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            newLine(text.charAt(at));
            at++;
        }
    }

    private void newLine(char c) {
        if (c == '\n') {
            line++;
            lineStart = at + 1;
        }
    }

    /** May go over several lines; a backslash goes with what follows it. */
    private Token text() throws BrokenDbc {
        Token start = token(Kind.TEXT, "", at);
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            newLine(c);
            if (c == '"') {
                at++;
                return new Token(Kind.TEXT, content.toString(), start.line(), start.column());
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                newLine(text.charAt(at));
            }
            content.append(text.charAt(at));
        }
        throw wrong(start, "a text without its closing quotation mark");
    }

    private boolean isNumberStart(int index) {
        return isDigit(text.charAt(index)) || text.charAt(index) == '.';
    }

    /** The sign of an exponent belongs to the number; the one behind {@code @1} does not. */
    private boolean isNumber(int index) {
        char c = text.charAt(index);
        char before = text.charAt(index - 1);
        boolean exponent = (c == '-' || c == '+') && (before == 'e' || before == 'E');
        return isDigit(c) || c == '.' || c == 'e' || c == 'E' || exponent;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isWord(char c) {
        return isWordStart(c) || isDigit(c);
    }
}
