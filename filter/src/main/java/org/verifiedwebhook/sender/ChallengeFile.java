package org.verifiedwebhook.sender;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the handshakes of a sender file. */
final class ChallengeFile {

    private static final String HEX = "hmac-hex:";
    private static final String BASE64 = "hmac-base64:";

    private ChallengeFile() {}

    static Challenge challenge(FileObject file) {
        return new Challenge(
                file.text("method").orElse("POST"),
                SchemeFile.conditions(file, "when"),
                file.choice("verify", Challenge.Verify.values(), v -> v.name().toLowerCase(Locale.ROOT))
                        .orElse(Challenge.Verify.SIGNATURE),
                file.number("status").orElse(200),
                file.text("type").orElse("text/plain;charset=UTF-8"),
                file.object("headers").map(FileObject::textMap).orElse(Map.of()),
                pieces(file.text("body").orElse("")));
    }

    private static List<Challenge.Piece> pieces(String template) {
        List<Challenge.Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf("${", at);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            if (open < 0 || close < 0) {
                break;
            }
            if (open > at) {
                pieces.add(new Challenge.Text(template.substring(at, open)));
            }
            pieces.add(placeholder(template.substring(open + 2, close)));
            at = close + 1;
        }
        if (at < template.length()) {
            pieces.add(new Challenge.Text(template.substring(at)));
        }
        return pieces;
    }

    private static Challenge.Piece placeholder(String name) {
        if (name.startsWith(HEX)) {
            return new Challenge.Keyed(Source.parse(name.substring(HEX.length())), Encoding.HEX);
        }
        if (name.startsWith(BASE64)) {
            return new Challenge.Keyed(Source.parse(name.substring(BASE64.length())), Encoding.BASE64);
        }
        return new Challenge.Echo(Source.parse(name));
    }

    /** The sources of all pieces and conditions. */
    static List<Source> sources(Challenge challenge) {
        Map<Source, Boolean> sources = new LinkedHashMap<>();
        challenge.when().keySet().forEach(s -> sources.put(s, true));
        for (Challenge.Piece piece : challenge.body()) {
            if (piece instanceof Challenge.Echo echo) {
                sources.put(echo.source(), true);
            } else if (piece instanceof Challenge.Keyed keyed) {
                sources.put(keyed.source(), true);
            }
        }
        return List.copyOf(sources.keySet());
    }
}
