package dev.uptanebench.attack.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a mistyped name was meant to be. */
public final class Nearest {
    private Nearest() {}

    /** The name with the fewest typing errors from {@code typed}, if that is near enough to be a typing error. */
    public static Optional<String> to(String typed, Collection<String> names) {
        int allowed = Math.max(1, typed.length() / 3);
        return names.stream().filter(name -> distance(typed, name) <= allowed)
                .min(Comparator.<String>comparingInt(name -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code ", did you mean 'x'?"}, or nothing where no name is near. */
    public static String hint(String typed, Collection<String> names) {
        return to(typed, names).map(name -> ", did you mean '" + name + "'?").orElse("");
    }

    /** Insertions, deletions, replacements and swaps of neighbours; case does not count. */
    private static int distance(String left, String right) {
        String a = shortened(left);
        String b = shortened(right);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }

    /** Names are short; a hostile file's are not. */
    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), 64)).toLowerCase(Locale.ROOT);
    }
}
