package org.verifiedwebhook.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many connections that send their bodies slowly, all on the calling thread. */
final class SlowSenders implements AutoCloseable {

    private final List<Sender> senders = new ArrayList<>();
    private final ByteBuffer input = ByteBuffer.allocate(4096);

    /** One connection. */
    private static final class Sender {
        private final SocketChannel channel;
        private long begun = System.nanoTime();
        private final ByteBuffer[] output;
        private final boolean dripping;
        private String answer = "";
        private long answeredAfter;
        private long dripped = begun;

        Sender(SocketChannel channel, ByteBuffer[] output, boolean dripping) {
            this.channel = channel;
            this.output = output;
            this.dripping = dripping;
        }

        private boolean answered() {
            return answeredAfter > 0;
        }
    }

    /**
     * Opens one more.
     *
     * @param length the declared length of the body
     * @param sent what of it is sent at once
     * @param dripping whether a byte follows each half second
     */
    void open(URI uri, int length, byte[] sent, boolean dripping) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
        channel.configureBlocking(false);
        byte[] head = ("POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                        + "\r\nContent-Type: text/plain\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer[] output = {ByteBuffer.wrap(head), ByteBuffer.wrap(sent)};
        senders.add(new Sender(channel, output, dripping));
    }

    /** Sends what can be sent, and takes the answers that are there. */
    void turn() {
        for (Sender sender : senders) {
            if (!sender.answered()) {
                turn(sender);
            }
        }
    }

    private void turn(Sender sender) {
        try {
            if (sender.output[0].hasRemaining() || sender.output[1].hasRemaining()) {
                if (sender.output[0].position() == 0) {
                    sender.begun = System.nanoTime();
                }
                sender.channel.write(sender.output);
            } else if (sender.dripping && System.nanoTime() - sender.dripped > 500_000_000L) {
                sender.dripped = System.nanoTime();
                sender.channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            }
        } catch (IOException refused) {
            // The answer may be there all the same.
        }
        try {
            input.clear();
            int read = sender.channel.read(input);
            if (read != 0) {
                sender.answer = new String(input.array(), 0, Math.max(read, 0), StandardCharsets.ISO_8859_1);
                sender.answeredAfter = System.nanoTime() - sender.begun;
            }
        } catch (IOException reset) {
            sender.answer = "reset";
            sender.answeredAfter = System.nanoTime() - sender.begun;
        }
    }

    /** The number of answers with this status. */
    long count(int status) {
        return senders.stream()
                .filter(s -> s.answer.startsWith("HTTP/1.1 " + status))
                .count();
    }

    /** The number of answers that have this. */
    long count(String part) {
        return senders.stream().filter(s -> s.answer.contains(part)).count();
    }

    long answered() {
        return senders.stream().filter(Sender::answered).count();
    }

    /** After how many milliseconds the last answer came. */
    long slowest() {
        return senders.stream().mapToLong(s -> s.answeredAfter).max().orElse(0) / 1_000_000;
    }

    @Override
    public void close() throws IOException {
        for (Sender sender : senders) {
            sender.channel.close();
        }
    }
}
