package org.verifiedwebhook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.Source;

/** The path of a request as it may be told: without tokens and signatures that some senders put there. */
final class PathText {

    private static final String HIDDEN = "***";

    private PathText() {}

    /** {@code path} without the segments where {@code sender}'s token or signature stands. */
    static String told(Sender sender, String path) {
        int[] numbers = sender.schemes().stream()
                .flatMap(s -> s.signature().stream())
                .flatMap(e -> e.from().stream())
                .filter(s -> s.kind() == Source.Kind.PATH)
                .mapToInt(s -> Integer.parseInt(s.name()))
                .toArray();
        if (numbers.length == 0) {
            return path;
        }
        // The first piece is what stands before the first slash: nothing.
        String[] pieces = path.split("/", -1);
        List<Integer> raw = IntStream.range(1, pieces.length).boxed().toList();
        List<Integer> meant = meant(pieces);
        for (int number : numbers) {
            hide(pieces, place(raw, number), place(meant, number));
        }
        return String.join("/", pieces);
    }

    /** A slash too many moves the segment that is read; what stood there before is the token still. */
    private static List<Integer> meant(String[] pieces) {
        List<Integer> meant = new ArrayList<>();
        for (int i = 1; i < pieces.length; i++) {
            if (pieces[i].equals("..")) {
                meant = new ArrayList<>(meant.subList(0, Math.max(0, meant.size() - 1)));
            } else if (!pieces[i].isEmpty() && !pieces[i].equals(".")) {
                meant.add(i);
            }
        }
        return meant;
    }

    private static int place(List<Integer> segments, int number) {
        int index = number > 0 ? number - 1 : segments.size() + number;
        return index < 0 || index >= segments.size() ? -1 : segments.get(index);
    }

    private static void hide(String[] pieces, int one, int other) {
        int from = one < 0 || other < 0 ? Math.max(one, other) : Math.min(one, other);
        if (from >= 0) {
            Arrays.fill(pieces, from, Math.max(one, other) + 1, HIDDEN);
        }
    }
}
