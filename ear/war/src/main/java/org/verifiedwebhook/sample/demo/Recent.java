package org.verifiedwebhook.sample.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest so many of something. Thread-safe. */
final class Recent<T> {

    private final int most;
    private final Deque<T> newestFirst = new ArrayDeque<>();

    Recent(int most) {
        this.most = most;
    }

    synchronized void add(T item) {
        newestFirst.addFirst(item);
        if (newestFirst.size() > most) {
            newestFirst.removeLast();
        }
    }

    /** A copy, the newest first. */
    synchronized List<T> list() {
        return List.copyOf(newestFirst);
    }
}
