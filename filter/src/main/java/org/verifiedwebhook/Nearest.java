package org.verifiedwebhook;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who wrote something that does not exist. */
final class Nearest {

    private static final int MOST_SLIPS = 2;

    private Nearest() {}

    /** {@code : did you mean 'x'?}, or nothing if no known word is near. */
    static String hint(String written, Collection<String> known) {
        return of(written, known).map(n -> ": did you mean '" + n + "'?").orElse("");
    }

    /** The known word that takes the fewest slips to become {@code written}; empty if it takes more than two. */
    static Optional<String> of(String written, Collection<String> known) {
        return known.stream()
                .filter(word -> slips(written, word) <= Math.min(MOST_SLIPS, word.length() - 1))
                .min(Comparator.<String>comparingInt(word -> slips(written, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The edit distance (Levenshtein): characters inserted, left out or replaced. */
    static int slips(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
