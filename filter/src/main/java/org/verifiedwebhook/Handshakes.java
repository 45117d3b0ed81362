package org.verifiedwebhook;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.verifiedwebhook.delivery.Answer;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretProvider;
import org.verifiedwebhook.secret.SecretRequest;
import org.verifiedwebhook.sender.Algorithm;
import org.verifiedwebhook.sender.Challenge;
import org.verifiedwebhook.sender.Encoding;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.Source;

/** Answers a sender's handshakes. What is echoed is bounded, visible ASCII, and never to be sniffed for HTML. */
final class Handshakes {

    private static final int MAX_ECHO = 1024;
    /** Whoever may ask for the MAC of any text may have bodies signed; of such a token nobody can make a body. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/_-]{1,256}={0,2}");

    private final Sender sender;
    private final SecretProvider secrets;

    Handshakes(Sender sender, SecretProvider secrets) {
        this.sender = sender;
        this.secrets = secrets;
    }

    /** The answer if the request is a handshake that asks for this much verification; empty if it is not. */
    Optional<Answer> answer(RequestValues values, Challenge.Verify verify, UnaryOperator<String> fill) {
        return sender.challenges().stream()
                .filter(c -> c.verify() == verify && matches(c, values, fill))
                .findFirst()
                .flatMap(c -> answer(c, values));
    }

    private static boolean matches(Challenge challenge, RequestValues values, UnaryOperator<String> fill) {
        boolean all = challenge.method().equals(values.request().method());
        for (Map.Entry<Source, String> condition : challenge.when().entrySet()) {
            List<String> got = values.lookup(condition.getKey()).values();
            all &= got.size() == 1
                    && (condition.getValue().equals("*")
                            || ConstantTime.same(SignedContent.utf8(fill.apply(condition.getValue())), got.get(0)));
        }
        return all;
    }

    private Optional<Answer> answer(Challenge challenge, RequestValues values) {
        StringBuilder body = new StringBuilder();
        boolean json = challenge.contentType().contains("json");
        for (Challenge.Piece piece : challenge.body()) {
            Optional<String> text =
                    text(piece, values).map(t -> json && !(piece instanceof Challenge.Text) ? escape(t) : t);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            body.append(text.get());
        }
        Answer answer = Answer.text(challenge.status(), challenge.contentType(), body.toString())
                .with("X-Content-Type-Options", "nosniff");
        for (Map.Entry<String, String> header : challenge.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return Optional.of(answer);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private Optional<String> text(Challenge.Piece piece, RequestValues values) {
        if (piece instanceof Challenge.Text literal) {
            return Optional.of(literal.text());
        }
        if (piece instanceof Challenge.Echo echo) {
            return value(echo.source(), values);
        }
        Challenge.Keyed keyed = (Challenge.Keyed) piece;
        return value(keyed.source(), values)
                .filter(v -> TOKEN.matcher(v).matches())
                .flatMap(v -> mac(v, keyed.encoding()));
    }

    private static Optional<String> value(Source source, RequestValues values) {
        List<String> all = values.lookup(source).values();
        boolean fit = all.size() == 1
                && all.get(0).length() <= MAX_ECHO
                && all.get(0).chars().allMatch(c -> c >= ' ' && c < 0x7F);
        return fit ? Optional.of(all.get(0)) : Optional.empty();
    }

    private Optional<String> mac(String value, Encoding encoding) {
        return secrets.secretsFor(new SecretRequest(sender.name(), Optional.empty())).secrets().stream()
                .findFirst()
                .map(Secret::bytes)
                .map(key -> Signatures.tag(
                        Algorithm.HMAC_SHA256, key, new SignedContent(List.of(SignedContent.utf8(value)))))
                .map(tag -> encoding == Encoding.HEX
                        ? HexFormat.of().formatHex(tag)
                        : Base64.getEncoder().encodeToString(tag));
    }
}
