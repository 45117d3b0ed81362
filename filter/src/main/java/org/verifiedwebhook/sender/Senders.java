package org.verifiedwebhook.sender;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds senders by name: the built-in ones, and the application's own files
 * {@code META-INF/webhook-senders/<name>.json}, which are written in the same format and may not take a built-in name.
 */
public final class Senders {

    private static final String BUILT_IN = "/org/verifiedwebhook/senders/";
    private static final String APPLICATION = "META-INF/webhook-senders/";

    private final ClassLoader application;
    private final Optional<Map<String, String>> texts;

    private Senders(ClassLoader application, Optional<Map<String, String>> texts) {
        this.application = application;
        this.texts = texts;
    }

    /** Built-in senders and those of the application, which the thread's context class loader sees. */
    public static Senders standard() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new Senders(context == null ? Senders.class.getClassLoader() : context, Optional.empty());
    }

    /** Only these senders: the texts of sender files by name. */
    public static Senders of(Map<String, String> files) {
        return new Senders(Senders.class.getClassLoader(), Optional.of(Map.copyOf(files)));
    }

    /**
     * The sender of that name.
     *
     * @return empty if there is no such file
     * @throws SenderFileException if its file cannot be read, or two files claim the name
     */
    public Optional<Sender> find(String name) {
        Sender.checkName(name);
        if (texts.isPresent()) {
            return Optional.ofNullable(texts.get().get(name)).map(json -> parse(name, json));
        }
        URL own = application.getResource(APPLICATION + name + ".json");
        URL builtIn = Senders.class.getResource(BUILT_IN + name + ".json");
        if (own != null && builtIn != null) {
            throw new SenderFileException(
                    APPLICATION + name + ".json", "a built-in sender has this name: choose another", null);
        }
        URL file = own != null ? own : builtIn;
        return file == null ? Optional.empty() : Optional.of(read(name, file));
    }

    private static Sender read(String name, URL file) {
        try (InputStream in = file.openStream()) {
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new SenderFileException(name + ".json", "cannot be opened", e);
        }
    }

    /**
     * Reads the text of a sender file.
     *
     * @param name the name the file goes by
     * @throws SenderFileException if it cannot be read; the message names the place and the cure
     */
    public static Sender parse(String name, String json) {
        return SenderFile.read(name, json);
    }

    /** The names of all senders, as far as the application's class loader can list its files; sorted. */
    public List<String> names() {
        if (texts.isPresent()) {
            return texts.get().keySet().stream().sorted().toList();
        }
        return Stream.concat(builtIn().stream(), ApplicationFiles.names(application, APPLICATION).stream())
                .sorted()
                .toList();
    }

    /** The names of the built-in senders, sorted. */
    public static List<String> builtIn() {
        try (InputStream in = Senders.class.getResourceAsStream(BUILT_IN + "index.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new SenderFileException("index.txt", "cannot be opened", e);
        }
    }
}
