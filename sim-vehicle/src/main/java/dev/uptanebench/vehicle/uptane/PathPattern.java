package dev.uptanebench.vehicle.uptane;

/**
 * Shell patterns of delegations (5.2.3.2; TUF 1.0.34, PATHPATTERN; glob(7)): {@code *} is any run of characters,
 * {@code ?} any one, {@code [a-c]} one of these and {@code [!a-c]} one of all others. A bracket that is not closed stands
 * for itself. Takes time in proportion to the product of both lengths at most, whatever the pattern.
 */
final class PathPattern {
    private final String pattern;
    private final String name;
    private final Wildcards wildcards;

    private PathPattern(String pattern, String name, Wildcards wildcards) {
        this.pattern = pattern;
        this.name = name;
        this.wildcards = wildcards;
    }

    static boolean matches(String pattern, String name, Wildcards wildcards) {
        return new PathPattern(pattern, name, wildcards).matches();
    }

    /** Only the last star ever needs another try: what an earlier one could take, a later one can take as well. */
    private boolean matches() {
        int p = 0;
        int n = 0;
        int star = -1;
        int taken = 0;
        while (n < name.length()) {
            int next = p < pattern.length() && pattern.charAt(p) != '*' ? afterOne(p, name.charAt(n)) : -1;
            if (next >= 0) {
                p = next;
                n++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                taken = n;
            } else if (star >= 0 && reaches(name.charAt(taken))) {
                p = star + 1;
                n = ++taken;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private boolean reaches(char c) {
        return wildcards == Wildcards.ACROSS_FOLDERS || c != '/';
    }

    /** Where the pattern goes on after one character of the name; -1 if it does not match. */
    private int afterOne(int p, char c) {
        char sign = pattern.charAt(p);
        if (sign == '?') {
            return reaches(c) ? p + 1 : -1;
        }
        int end = sign == '[' ? closing(p) : -1;
        if (end < 0) {
            return sign == c ? p + 1 : -1;
        }
        return reaches(c) && inBrackets(p + 1, end, c) ? end + 1 : -1;
    }

    /** The bracket that ends the set; one that stands first is a member of it. */
    private int closing(int open) {
        int first = open + 1;
        if (first < pattern.length() && pattern.charAt(first) == '!') {
            first++;
        }
        return pattern.indexOf(']', first + 1);
    }

    private boolean inBrackets(int from, int end, char c) {
        boolean others = pattern.charAt(from) == '!';
        boolean found = false;
        for (int i = others ? from + 1 : from; i < end; i++) {
            boolean range = i + 2 < end && pattern.charAt(i + 1) == '-';
            char low = pattern.charAt(i);
            char high = range ? pattern.charAt(i + 2) : low;
            found |= low <= c && c <= high;
            i += range ? 2 : 0;
        }
        return found != others;
    }
}
