package org.verifiedwebhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.verifiedwebhook.secret.Secret;
import org.verifiedwebhook.secret.SecretSet;
import org.verifiedwebhook.secret.SettingKey;
import org.verifiedwebhook.secret.Settings;
import org.verifiedwebhook.sender.Algorithm;
import org.verifiedwebhook.sender.AnswerTemplate;
import org.verifiedwebhook.sender.Dedupe;
import org.verifiedwebhook.sender.Encoding;
import org.verifiedwebhook.sender.KeyRule;
import org.verifiedwebhook.sender.Reason;
import org.verifiedwebhook.sender.Sender;
import org.verifiedwebhook.sender.Senders;
import org.verifiedwebhook.sender.TimestampRule;
import org.verifiedwebhook.sender.UrlVariant;

/**
 * Holds the documents to what the code does.
 *
 * <p>A page of {@code docs/senders} has {@code ```http} blocks with example requests, each followed by a line
 * {@code Verified as:}; before the first a line {@code Secret:} if there is one, {@code Tenant:} where a resolver has to
 * find the tenant, and {@code Sent at:} where the time counts; {@code ```sh} blocks that print the signatures; an
 * {@code ```answer} block with the body of rejections and a table of reasons.
 */
class DocsTest {

    private static final Path ROOT = root();
    private static final Pattern REASON_ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ([0-9]{3}) \\| ([^|]+?) \\|");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern TEST_NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT|Contract))\\.(\\w+)`");

    /** Surefire runs in the module's directory. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("RATIONALE.md")) ? here : here.getParent();
    }

    private static String read(String path) {
        return read(ROOT.resolve(path));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(String sender) {
        return read("docs/senders/" + sender + ".md");
    }

    private static List<String> blocks(String language, String text) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    /** The value of the last line {@code name: `value`}. */
    private static Optional<String> last(String name, String text) {
        return Pattern.compile("(?m)^" + name + ": `(.+)`$")
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .reduce((first, second) -> second);
    }

    @Test
    void everySender_hasAPage() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/senders"))) {
            List<String> pages = files.map(f -> f.getFileName().toString().replace(".md", ""))
                    .sorted()
                    .toList();
            assertEquals(Senders.builtIn(), pages);
        }
    }

    private Stream<DynamicNode> perSender(Function<String, Stream<DynamicNode>> tests) {
        return Senders.builtIn().stream().map(sender -> dynamicContainer(sender, tests.apply(sender)));
    }

    @TestFactory
    Stream<DynamicNode> exampleRequests_areVerifiedAsThePageSays() {
        return perSender(sender -> {
            String page = page(sender);
            List<DynamicNode> tests = new ArrayList<>();
            Matcher block = Pattern.compile("(?ms)^```http\\n(.*?)^```\\n\\n(Verified as: [^\\n]+)$")
                    .matcher(page);
            while (block.find()) {
                Example example =
                        Example.read(sender, page.substring(0, block.start()), block.group(1), block.group(2));
                tests.add(dynamicTest(example.verifiedAs(), example::check));
            }
            assertEquals(blocks("http", page).size(), tests.size(), "an example without 'Verified as:'");
            assertFalse(tests.isEmpty(), "no example");
            return tests.stream();
        });
    }

    /** A request as a page shows it. */
    private record Example(
            String sender,
            Optional<String> secret,
            Optional<String> tenant,
            Optional<Instant> sentAt,
            String method,
            String url,
            Map<String, String> headers,
            String body,
            String verifiedAs) {

        static Example read(String sender, String before, String http, String verifiedAs) {
            String[] parts = http.split("\n\n", 2);
            List<String> lines = parts[0].lines().toList();
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] field = line.split(": ", 2);
                headers.put(field[0], field[1]);
            }
            String[] requestLine = lines.get(0).split(" ");
            return new Example(
                    sender,
                    last("Secret", before),
                    last("Tenant", before),
                    last("Sent at", before).map(Instant::parse),
                    requestLine[0],
                    "https://" + headers.get("Host") + requestLine[1],
                    headers,
                    parts.length == 1 ? "" : parts[1].strip(),
                    verifiedAs);
        }

        private WebhookGate gate() {
            WebhookGate.Builder gate = WebhookGate.builder()
                    .settings(Settings.of(Map.of()))
                    .secrets(request -> secret.filter(
                                    s -> tenant.isEmpty() || request.tenant().equals(tenant))
                            .map(s -> SecretSet.of(Secret.ofText("secret", s)))
                            .orElse(SecretSet.none()))
                    .clock(Clock.fixed(sentAt.orElse(Instant.EPOCH), ZoneOffset.UTC));
            tenant.ifPresent(t -> gate.tenants(claims -> List.of(t)));
            return gate.build();
        }

        private Verdict verify(byte[] sent) {
            WebhookRequest.Builder request = WebhookRequest.of(method, url).body(sent);
            headers.forEach(request::header);
            return gate().verify(sender, request.build());
        }

        void check() {
            byte[] bytes = body.getBytes(UTF_8);
            Verdict verdict = verify(bytes);
            assertEquals(
                    verifiedAs,
                    describe(assertInstanceOf(Verdict.Verified.class, verdict).delivery()));
            if (bytes.length > 0 && verifiedAs.contains("`SIGNED`")) {
                byte[] altered = bytes.clone();
                altered[altered.length - 2] ^= 1;
                assertInstanceOf(Verdict.Rejected.class, verify(altered));
            }
        }

        private static String describe(WebhookDelivery delivery) {
            return "Verified as: `" + delivery.assurance() + "`, "
                    + delivery.tenant().map(t -> "tenant `" + t + "`").orElse("no tenant") + ", "
                    + delivery.id()
                            .map(id -> "delivery id `" + id + "` (" + (delivery.idSigned() ? "" : "not ") + "signed)")
                            .orElse("no delivery id")
                    + ", "
                    + delivery.eventType().map(e -> "event type `" + e + "`").orElse("no event type");
        }
    }

    @TestFactory
    Stream<DynamicNode> shellLines_printTheSignatures() {
        return perSender(sender -> {
            String page = page(sender);
            return blocks("sh", page).stream()
                    .map(script ->
                            dynamicTest(script.lines().reduce((a, b) -> b).orElse(""), () -> {
                                String signature = run(script);
                                assertTrue(signature.length() > 20, signature);
                                assertTrue(
                                        blocks("http", page).stream().anyMatch(http -> http.contains(signature + "\n")),
                                        signature + " is in no example");
                            }));
        });
    }

    private static String run(String script) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/bin/sh")) && Files.exists(Path.of("/usr/bin/openssl")));
        Process shell = new ProcessBuilder("/bin/sh", "-c", script)
                .redirectErrorStream(true)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), UTF_8).strip();
        assertEquals(0, shell.waitFor(), printed);
        return printed;
    }

    @TestFactory
    Stream<DynamicNode> answers_areThoseOfTheSendersFile() {
        return perSender(name -> {
            String page = page(name);
            String body = blocks("answer", page).get(0).stripTrailing();
            Sender sender = Senders.standard().find(name).orElseThrow();
            Set<Reason> told = new TreeSet<>();
            List<DynamicNode> tests = new ArrayList<>();
            for (MatchResult row : REASON_ROW.matcher(page).results().toList()) {
                for (Reason reason : reasons(row.group(1))) {
                    told.add(reason);
                    AnswerTemplate answer = sender.answers().forReason(reason);
                    tests.add(dynamicTest(reason.key(), () -> {
                        assertEquals(Integer.parseInt(row.group(2)), answer.status());
                        assertEquals(
                                body.replace("{message}", row.group(3)),
                                answer.body().stripTrailing());
                        assertTrue(page.contains("content type `" + answer.contentType() + "`"));
                    }));
                }
            }
            tests.add(dynamicTest("all reasons", () -> assertEquals(Set.of(Reason.values()), told)));
            tests.add(dynamicTest(
                    "retry after",
                    () -> assertTrue(page.contains(
                            "`Retry-After: " + sender.answers().retryAfter().toSeconds() + "`"))));
            sender.answers()
                    .duplicate()
                    .ifPresent(d -> tests.add(dynamicTest(
                            "copy",
                            () -> assertTrue(page.contains(
                                    "Copy of a delivery: `" + d.status() + "` with `" + d.body() + "`.")))));
            return tests.stream();
        });
    }

    private static List<Reason> reasons(String cell) {
        return CODE.matcher(cell)
                .results()
                .map(code -> Arrays.stream(Reason.values())
                        .filter(r -> r.key().equals(code.group(1)))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no reason " + code.group(1))))
                .toList();
    }

    @Test
    void tableOfReasons_isTheCodes() {
        Map<String, String> told = new LinkedHashMap<>();
        REASON_ROW
                .matcher(read("docs/sender-files.md"))
                .results()
                .forEach(row -> told.put(row.group(1), row.group(2) + " " + row.group(3)));
        Map<String, String> real = new LinkedHashMap<>();
        for (Reason reason : Reason.values()) {
            real.put("`" + reason.key() + "`", reason.status() + " " + reason.message());
        }
        assertEquals(real, told);
    }

    @Test
    void senderFileExamples_areSenderFiles() {
        List<String> examples = blocks("json", read("docs/sender-files.md"));
        assertFalse(examples.isEmpty());
        examples.forEach(
                json -> assertEquals("acme", Senders.parse("acme", json).name()));
    }

    @Test
    void everyMemberOfASenderFile_isDescribed() {
        Set<String> members = new TreeSet<>();
        Pattern call = Pattern.compile("\\b(?:text|requiredText|texts|object|objects|number|duration|flag|choice)"
                + "\\(\\s*\"([A-Za-z]+)\"|conditions\\(file, \"([A-Za-z]+)\"\\)");
        for (String reader : List.of("SenderFile", "SchemeFile", "AnswersFile", "ChallengeFile")) {
            call.matcher(read("filter/src/main/java/org/verifiedwebhook/sender/" + reader + ".java"))
                    .results()
                    .forEach(m -> members.add(m.group(1) == null ? m.group(2) : m.group(1)));
        }
        assertTrue(
                members.containsAll(Set.of("alg", "content", "require", "when", "maxBody", "challenges")),
                "found " + members);
        assertAllInCode(members, read("docs/sender-files.md"));
    }

    @Test
    void everyValueOfASenderFile_isDescribed() {
        Set<String> values = new TreeSet<>();
        Arrays.stream(Algorithm.values()).forEach(a -> values.add(a.key()));
        Arrays.stream(Encoding.values()).forEach(e -> values.add(e.key()));
        Arrays.stream(UrlVariant.values()).forEach(u -> values.add(u.key()));
        Arrays.stream(TimestampRule.Unit.values()).forEach(u -> values.add(u.key()));
        Stream.of(Dedupe.values(), KeyRule.Decode.values(), KeyRule.Format.values())
                .flatMap(Arrays::stream)
                .forEach(v -> values.add(((Enum<?>) v).name().toLowerCase(java.util.Locale.ROOT)));
        assertAllInCode(values, read("docs/sender-files.md"));
    }

    @Test
    void everySetting_isDescribed() throws IOException {
        Set<String> keys = new TreeSet<>(SettingKey.ofSenders());
        Pattern call = Pattern.compile("\\b(?:find|findInherited|changed|secret|name|readInherited)\\("
                + "(?:(?:[a-z][A-Za-z]*(?:\\.[a-zA-Z]+\\(\\))?|\"[a-z0-9]+\"), )?\"([a-z0-9]+(?:-[a-z0-9]+)*)/?\"");
        for (Path source : sources("src/main/java")) {
            String text = read(source);
            if (text.contains("SettingName") || text.contains("Settings")) {
                call.matcher(text).results().forEach(m -> keys.add(m.group(1)));
            }
        }
        assertTrue(keys.containsAll(Set.of("secret", "require-https", "datasource", "path")), "found " + keys);
        assertAllInCode(keys, read("docs/settings.md"));
    }

    /** The reference is written once, beside the keys. */
    @Test
    void settingsReference_isWhatStandsBesideTheKeys() {
        List<String> keys =
                Arrays.stream(SettingKey.values()).map(SettingKey::key).toList();
        Map<String, String> told = new LinkedHashMap<>();
        // Other owners have keys of their own, some of the same name.
        Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (.*) \\|$")
                .matcher(read("docs/settings.md").replaceAll("(?s)\n## Of the inbox\n.*?(?=\n## |$)", ""))
                .results()
                .filter(row -> keys.contains(row.group(1)))
                .forEach(row -> told.merge(row.group(1), row.group(2), (a, b) -> a + " and again " + b));
        Map<String, String> written = new LinkedHashMap<>();
        Pattern.compile("((?: +// .*\\n)+) +[A-Z_]+\\(\"([a-z-]+)\"\\)")
                .matcher(read("filter/src/main/java/org/verifiedwebhook/secret/SettingKey.java"))
                .results()
                .forEach(key -> written.put(
                        key.group(2),
                        key.group(1).replaceAll(" +// ", " ").replace("\n", "").strip()));
        assertEquals(keys, List.copyOf(written.keySet()));
        assertEquals(written, told);
    }

    @Test
    void everySettingKey_isRead() throws IOException {
        String readers = sources("filter/src/main/java").stream()
                .filter(f -> !f.endsWith("SettingKey.java"))
                .map(DocsTest::read)
                .collect(joining());
        for (SettingKey key : SettingKey.values()) {
            assertTrue(readers.contains("SettingKey." + key.name()), "nobody reads " + key);
        }
    }

    /** Each must stand in the text as code, alone or as a part of it. */
    private static void assertAllInCode(Set<String> words, String text) {
        Set<String> code = new TreeSet<>();
        CODE.matcher(text.replaceAll("(?ms)^```.*?^```$", "")).results().forEach(m -> code.add(m.group(1)));
        Set<String> missing = new TreeSet<>(words);
        missing.removeAll(code);
        assertEquals(Set.of(), missing);
    }

    private static List<Path> sources(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(f -> f.toString().endsWith(".java")
                            && ROOT.relativize(f).toString().contains(kind))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(f -> f.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicNode> links_lead() throws IOException {
        return documents().stream()
                .map(document -> dynamicTest(ROOT.relativize(document).toString(), () -> {
                    String text = read(document);
                    Matcher link = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)")
                            .matcher(text);
                    while (link.find()) {
                        Path target = link.group(1).isEmpty()
                                ? document
                                : document.resolveSibling(link.group(1)).normalize();
                        assertTrue(Files.exists(target), link.group());
                        if (link.group(2) != null) {
                            assertTrue(anchors(read(target)).contains(link.group(2)), link.group());
                        }
                    }
                }));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(String text) {
        return Pattern.compile("(?m)^#+ (.+)$")
                .matcher(text)
                .results()
                .map(m -> m.group(1)
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void operationsPage_isTheScripts() throws IOException {
        Map<String, String> told = new java.util.TreeMap<>();
        Pattern.compile("(?s)`(ear/operations/[^`]+)`:\n\n```sh\n(.*?)```\n")
                .matcher(read("docs/operations.md"))
                .results()
                .forEach(block -> told.put(block.group(1), block.group(2)));
        Map<String, String> real = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("ear/operations"))) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> real.put(ROOT.relativize(file).toString(), read(file)));
        }
        assertFalse(real.isEmpty());
        assertEquals(real, told);
    }

    @Test
    void everyTestThatTheDocumentsName_exists() throws IOException {
        Map<String, String> tests = new LinkedHashMap<>();
        for (Path source : sources("src/test/java")) {
            tests.put(source.getFileName().toString().replace(".java", ""), read(source));
        }
        Set<String> missing = new TreeSet<>();
        for (Path document : documents()) {
            TEST_NAME.matcher(read(document)).results().forEach(m -> {
                String source = tests.getOrDefault(m.group(1), "");
                if (!Pattern.compile("\\b" + m.group(2) + "\\(").matcher(source).find()) {
                    missing.add(m.group());
                }
            });
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void requestsOfTheReadme_areAcceptedAndRefusedAsItSays() {
        List<String> curls = Pattern.compile("(?s)curl -i http.*?\\n```")
                .matcher(read("README.md"))
                .results()
                .map(MatchResult::group)
                .toList();
        assertEquals(2, curls.size());
        assertInstanceOf(Verdict.Verified.class, verify(curls.get(0)));
        assertEquals(new Verdict.Rejected(Reason.SIGNATURE_MISMATCH), verify(curls.get(1)));
        assertNotEquals(curls.get(0), curls.get(1));
    }

    private static Verdict verify(String curl) {
        String secret = last("Secret", page("edgvoip")).orElseThrow();
        String url = curl.substring("curl -i ".length(), curl.indexOf(" ", "curl -i ".length()));
        WebhookRequest.Builder request = WebhookRequest.of("POST", url)
                .body(quoted("-d", curl).findFirst().orElseThrow().getBytes(UTF_8));
        quoted("-H", curl).map(h -> h.split(": ", 2)).forEach(h -> request.header(h[0], h[1]));
        return WebhookGate.builder()
                .settings(Settings.of(Map.of("webhook/edgvoip/tenants/w3suite-tenant-001/secret", secret)))
                .build()
                .verify("edgvoip", request.build());
    }

    private static Stream<String> quoted(String option, String curl) {
        return Pattern.compile(option + " '([^']*)'").matcher(curl).results().map(m -> m.group(1));
    }

    @Test
    void documents_areSilentAboutWhereTheyWereWritten() throws IOException {
        String found = documents().stream()
                .map(DocsTest::read)
                .flatMap(t -> Pattern.compile("(?i)/(?:tmp|home|root)/|repo1?[.]maven")
                        .matcher(t)
                        .results())
                .map(MatchResult::group)
                .collect(joining(", "));
        assertEquals("", found);
    }
}
