package org.verifiedwebhook;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.verifiedwebhook.sender.SignatureScheme;
import org.verifiedwebhook.sender.UrlVariant;

/** Spells a URL the ways a sender may have signed it, by splicing text: decoding and encoding again changes it. */
final class UrlText {

    private UrlText() {}

    static List<String> spellings(String url, SignatureScheme scheme) {
        String text = decodeSome(url, scheme.urlDecode());
        Set<String> spellings = new LinkedHashSet<>();
        for (UrlVariant variant : UrlVariant.values()) {
            if (scheme.urlVariants().contains(variant)) {
                spellings.add(
                        switch (variant) {
                            case AS_RECEIVED -> text;
                            case WITHOUT_PORT -> withoutPort(text);
                            case DEFAULT_PORT -> withPort(text);
                        });
            }
        }
        return List.copyOf(spellings);
    }

    private static int authorityEnd(String url) {
        int start = url.indexOf("://") + 3;
        for (int i = start; i < url.length(); i++) {
            if (url.charAt(i) == '/' || url.charAt(i) == '?') {
                return i;
            }
        }
        return url.length();
    }

    private static String defaultPort(String url) {
        return url.startsWith("https://") ? ":443" : url.startsWith("http://") ? ":80" : "";
    }

    private static String withoutPort(String url) {
        int end = authorityEnd(url);
        String port = defaultPort(url);
        boolean has = !port.isEmpty() && url.substring(0, end).endsWith(port);
        return has ? url.substring(0, end - port.length()) + url.substring(end) : url;
    }

    private static String withPort(String url) {
        int end = authorityEnd(url);
        // After the last ] of an IPv6 address, a colon begins a port.
        int colon = url.lastIndexOf(':', end - 1);
        boolean has = colon > url.lastIndexOf(']', end - 1) && colon > url.indexOf("://");
        return has ? url : url.substring(0, end) + defaultPort(url) + url.substring(end);
    }

    private static String decodeSome(String url, String characters) {
        String text = url;
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            text = text.replace(String.format("%%%02X", (int) c), String.valueOf(c))
                    .replace(String.format("%%%02x", (int) c), String.valueOf(c));
        }
        return text;
    }
}
