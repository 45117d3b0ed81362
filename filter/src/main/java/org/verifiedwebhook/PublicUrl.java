package org.verifiedwebhook;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.verifiedwebhook.secret.SettingKey;
import org.verifiedwebhook.secret.Settings;

/**
 * Works out the URL that the sender called, which some senders sign, and the address it called from.
 *
 * <p>From configuration first: {@code endpoint-url} is the whole URL but for the query, {@code public-url} what stands
 * before the path. Otherwise from {@code X-Forwarded-Proto} and {@code X-Forwarded-Host}, but only if the peer is one of
 * {@code trusted-proxies}; anybody else could write there what he likes. Otherwise from the request as it came. Path and
 * query are spliced in as text, never decoded.
 */
public final class PublicUrl {

    private static final String AUTHORITY = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?";
    private static final Pattern HOST = Pattern.compile(AUTHORITY);
    private static final Pattern ABSOLUTE = Pattern.compile("https?://" + AUTHORITY + "(?:[/?][^#]*)?");
    /** Stands for a host that cannot be one; nobody signs for it (RFC 2606 section 2). */
    private static final String NO_HOST = "host.invalid";

    private final Optional<String> base;
    private final Optional<String> endpoint;
    private final List<AddressRange> trusted;

    private PublicUrl(Optional<String> base, Optional<String> endpoint, List<AddressRange> trusted) {
        this.base = base;
        this.endpoint = endpoint;
        this.trusted = trusted;
    }

    /**
     * As the settings of {@code sender} say.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message names it and the cure
     */
    public static PublicUrl of(Settings settings, String sender) {
        List<AddressRange> trusted = settings.findInherited(sender, SettingKey.TRUSTED_PROXIES).stream()
                .flatMap(list -> List.of(list.trim().split("[,\\s]+")).stream())
                .map(AddressRange::parse)
                .toList();
        return new PublicUrl(
                settings.findInherited(sender, SettingKey.PUBLIC_URL).map(u -> base(sender, u)),
                settings.find(sender, SettingKey.ENDPOINT_URL).map(u -> checked(sender, SettingKey.ENDPOINT_URL, u)),
                trusted);
    }

    private static String base(String sender, String url) {
        String text = checked(sender, SettingKey.PUBLIC_URL, url);
        if (text.indexOf('?') >= 0) {
            throw new IllegalArgumentException(name(sender, SettingKey.PUBLIC_URL) + " must not have a query");
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String name(String sender, SettingKey key) {
        return "setting webhook/" + sender + "/" + key + (key == SettingKey.PUBLIC_URL ? " or webhook/public-url" : "");
    }

    /** Whether the operator said it, as against what requests say of themselves. */
    boolean configured() {
        return base.isPresent() || endpoint.isPresent() || !trusted.isEmpty();
    }

    private static String checked(String sender, SettingKey key, String url) {
        String text = url.trim();
        if (!ABSOLUTE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    name(sender, key) + " must be an absolute http or https URL without user-info or fragment,"
                            + " https://hooks.example.com for instance");
        }
        return text;
    }

    /**
     * A request as the container has it.
     *
     * @param scheme {@code http} or {@code https}, of the connection
     * @param host the {@code Host} field's text
     * @param path the raw path
     * @param query the raw query; absent if there is no question mark
     * @param peer the address of the connection's other end
     * @param forwardedProto the lines of {@code X-Forwarded-Proto}
     * @param forwardedHost the lines of {@code X-Forwarded-Host}
     * @param forwardedFor the lines of {@code X-Forwarded-For}
     */
    public record Seen(
            String scheme,
            String host,
            String path,
            Optional<String> query,
            String peer,
            List<String> forwardedProto,
            List<String> forwardedHost,
            List<String> forwardedFor) {}

    /**
     * What the sender called.
     *
     * @param url the absolute URL, raw
     * @param address the address it called from
     * @param secure whether the connection that left the sender was encrypted, as far as we can know
     */
    public record Called(String url, String address, boolean secure) {}

    /** Works out what the sender called. */
    public Called of(Seen seen) {
        boolean proxied = trusts(seen.peer());
        Optional<String> proto = proxied
                ? last(seen.forwardedProto())
                        .map(p -> p.toLowerCase(Locale.ROOT))
                        .filter(p -> p.equals("https") || p.equals("http"))
                : Optional.empty();
        String scheme = proto.orElse(seen.scheme());
        String host = (proxied ? last(seen.forwardedHost()) : Optional.<String>empty())
                .filter(h -> HOST.matcher(h).matches())
                // Read back from the URL, a host with a slash or a question mark in it would be path and query.
                .orElse(HOST.matcher(seen.host()).matches() ? seen.host() : NO_HOST);
        String query = seen.query().map(q -> "?" + q).orElse("");
        String url = endpoint.map(e -> withQuery(e, query))
                .orElseGet(() -> base.orElse(scheme + "://" + host) + seen.path() + query);
        return new Called(url, proxied ? client(seen) : seen.peer(), scheme.equals("https"));
    }

    /** A configured query says what the sender calls; what was called is what the application will read. */
    private static String withQuery(String endpoint, String query) {
        int mark = endpoint.indexOf('?');
        return mark < 0 ? endpoint + query : query.isEmpty() ? endpoint : endpoint.substring(0, mark) + query;
    }

    private boolean trusts(String address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** The entry that the nearest proxy wrote; those before it came from outside. */
    private static Optional<String> last(List<String> lines) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String[] entries = lines.get(lines.size() - 1).split(",", -1);
        return Optional.of(entries[entries.length - 1].trim());
    }

    /** The last address that is not one of our proxies. */
    private String client(Seen seen) {
        List<String> addresses = seen.forwardedFor().stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::trim)
                .toList();
        for (int i = addresses.size() - 1; i >= 0; i--) {
            if (!AddressRange.isAddress(addresses.get(i))) {
                break;
            }
            if (!trusts(addresses.get(i))) {
                return addresses.get(i);
            }
        }
        return seen.peer();
    }
}
