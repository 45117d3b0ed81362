package org.verifiedwebhook.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in sender files, and what is said of a file with a mistake. */
class SenderFilesTest {

    private static final String GOOD =
            "{'alg':'hmac-sha256','signature':[{'from':'header:X'}],'encoding':'hex','content':'{body}'}";

    static List<String> builtIn() {
        return Senders.builtIn();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void builtInFile_isRead(String name) {
        Sender sender = Senders.standard().find(name).orElseThrow();
        assertEquals(name, sender.name());
        boolean unsigned = name.equals("cloudonix-cdr");
        boolean token = name.equals("cloudonix-voice");
        assertEquals(unsigned ? Assurance.IDENTIFIED : token ? Assurance.TOKEN : Assurance.SIGNED, sender.assurance());
    }

    @Test
    void index_isTheFolder() throws IOException, URISyntaxException {
        Path folder = Path.of(Senders.class
                        .getResource("/org/verifiedwebhook/senders/index.txt")
                        .toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".json"))
                    .map(f -> f.substring(0, f.length() - ".json".length()))
                    .sorted()
                    .toList();
            assertEquals(names, Senders.builtIn());
        }
    }

    @Test
    void goodFile_isRead() {
        assertEquals("own", Senders.parse("own", json(GOOD)).name());
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    /** {@code from} is taken out of the good file and {@code to} put in its place; the message must say {@code place}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'alg':'hmac-sha256', |  | alg: is missing",
                "'hmac-sha256' | 'hmac-md5' | alg: must be one of",
                "'hmac-sha256' | 1 | alg: must be a text",
                "'encoding':'hex', |  | encoding: is missing",
                "'hex' | 'base32' | encoding: must be one of",
                "'{body}' | '{bodi}' | 'bodi' is not a source",
                "'{body}' | '{body' | a { without its }",
                "'{body}' | '' | empty content",
                "'{body}' | '{timestamp}.{body}' | say where the timestamp stands",
                "'{body}' | '{id}.{body}' | say where the id stands",
                "'header:X' | 'haeder:X' | signature[0]: 'haeder:X' is not a source",
                "'header:X' | 'header:' | signature[0]: '' is not a HEADER source",
                "{'from':'header:X'} | {} | signature[0]: from: is missing",
                "{'from':'header:X'} | 'header:X' | signature[0]: must be an object",
                "[{'from':'header:X'}] | 'header:X' | signature: must be an array",
                "[{'from':'header:X'}] | [] | say where the signature stands",
                "'encoding' | 'emptyBodi':true,'encoding' | emptyBodi: is unknown; known are",
                "'encoding' | 'emptyBody':'yes','encoding' | emptyBody: must be true or false",
                "'encoding' | 'limits':{'maxBody':1.5},'encoding' | limits.maxBody: must be a whole number",
                "'encoding' | 'limits':{'maxBody':99999999999},'encoding' | limits.maxBody: is too large",
                "'encoding' | 'limits':{'retention':'PT1H'},'encoding' | limits: retention must be at least 24 hours",
                "'encoding' | 'limits':{'answerWithin':'5s'},'encoding' | limits.answerWithin: must be an ISO 8601 duration",
                "'encoding' | 'timestamp':{'from':'header:T'},'encoding' | timestamp: unit: is missing",
                "'encoding' | 'timestamp':{'from':'header:T','unit':'s','tolerance':'5'},'encoding' | tolerance: must be an ISO 8601",
                "'encoding' | 'tenant':{'from':'json:t'},'encoding' | tenant: 't' is not a JSON source",
                "'encoding' | 'tenant':{'from':'path:0'},'encoding' | tenant: path:0",
                "'encoding' | 'dedupe':'always','encoding' | dedupe: must be one of",
                "'encoding' | 'name':'other','encoding' | name: is 'other'",
                "'encoding' | 'answers':{'type':'text/plain'},'encoding' | answers: type and body belong together",
                "'encoding' | 'answers':{'reasons':{'typo':{}}},'encoding' | reasons: unknown are [typo]",
                "'encoding' | 'answers':{'reasons':{'body-empty':{'status':99}}},'encoding' | status: must be 400 to 499",
                "'encoding' | 'contentTypes':['application/json; charset=utf-8'],'encoding' | contentTypes: must be media types",
                "'encoding' | 'contentTypes':['json'],'encoding' | contentTypes: must be media types",
                "'encoding' | 'answers':{'reasons':{'store-unavailable':{'status':200}}},'encoding' | answers.reasons.store-unavailable: status: must be 503",
                "'encoding' | 'answers':{'reasons':{'secret-unavailable':{'status':404}}},'encoding' | answers.reasons.secret-unavailable: status: must be 503",
                "'encoding' | 'answers':{'reasons':{'in-flight':{'status':409}}},'encoding' | answers.reasons.in-flight: status: must be 503",
                "'encoding' | 'answers':{'reasons':{'body-consumed':{'status':500}}},'encoding' | answers.reasons.body-consumed: status: must be 503",
                "'encoding' | 'answers':{'reasons':{'rate-limited':{'status':200}}},'encoding' | answers.reasons.rate-limited: status: must be 429 or 503",
                "'encoding' | 'answers':{'reasons':{'rate-limited':{'status':400}}},'encoding' | answers.reasons.rate-limited: status: must be 429 or 503",
                "'encoding' | 'answers':{'reasons':{'signature-mismatch':{'status':200}}},'encoding' | answers.reasons.signature-mismatch: status: must be 400 to 499",
                "'encoding' | 'answers':{'reasons':{'tenant-unknown':{'status':204}}},'encoding' | answers.reasons.tenant-unknown: status: must be 400 to 499",
                "'encoding' | 'answers':{'reasons':{'timestamp-stale':{'status':503}}},'encoding' | answers.reasons.timestamp-stale: status: must be 400 to 499",
                "'encoding' | 'answers':{'reasons':{'body-too-large':{'status':301}}},'encoding' | answers.reasons.body-too-large: status: must be 400 to 499",
                "'encoding' | 'urlVariants':['x'],'encoding' | urlVariants: known are",
                "'encoding' | 'bodyHash':{'from':'header:X'},'encoding' | bodyHash: only",
                "'encoding' | 'bodyHash':{'from':'query:h'},'encoding' | bodyHash: binds nothing unless {url}",
                "'encoding' | 'encoding':'base64','encoding' | is not JSON",
                "'encoding' | 'key':{'digest':'md5'},'encoding' | digest: only sha1",
                "'encoding' | 'key':{'normalise':'nfc'},'encoding' | normalise: only nfkd",
                "{'alg' | x{'alg' | is not JSON",
                "'{body}'} | '{body}' | is not JSON"
            })
    void mistake_isToldWithFilePlaceAndCure(String from, String to, String place) {
        String file = json(GOOD.replace(from, to == null ? "" : to));
        assertTrue(!file.equals(json(GOOD)), "nothing was changed");
        String message = assertThrows(SenderFileException.class, () -> Senders.parse("own", file))
                .getMessage();
        assertTrue(message.startsWith("sender file own.json: "), message);
        assertTrue(message.contains(place), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'alg':'identifier'} | names its tenant",
                "{'alg':'identifier','tenant':{'from':'json:/t','shared':true}} | names its tenant",
                "{'alg':'identifier','signature':[{'from':'header:X'}]} | unsigned",
                "{'alg':'token','signature':[{'from':'header:X'}],'dedupe':'signature'} | dedupe must be",
                "{'alg':'token'} | say where the token stands",
                "{'schemes':[]} | needs a scheme",
                "{'alg':'sha256','signature':[{'from':'header:X'}],'encoding':'hex','content':'{body}'} | proves nothing",
                "[] | is not JSON"
            })
    void fileThatProvesNothing_isRefused(String quoted, String place) {
        String message = assertThrows(SenderFileException.class, () -> Senders.parse("own", json(quoted)))
                .getMessage();
        assertTrue(message.startsWith("sender file own.json: ") && message.contains(place), message);
    }

    @Test
    void onlyTheseSenders_areThoseOnlyEvenIfNone() {
        assertEquals(Optional.empty(), Senders.of(Map.of()).find("zorio"));
        assertEquals(Optional.empty(), Senders.of(Map.of("own", json(GOOD))).find("zorio"));
        assertTrue(Senders.of(Map.of("own", json(GOOD))).find("own").isPresent());
    }

    @ParameterizedTest
    @CsvSource({"../zorio", "Zorio", "zorio.json", "''", "a/b"})
    void nameThatIsNone_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Senders.standard().find(name));
    }

    @Test
    void placesOfASender_areAllThatItReads() {
        Sender sender = Senders.parse(
                "own",
                json("{'title':'Own sender','alg':'hmac-sha256','signature':[{'from':'header:X'}],'encoding':'hex',"
                        + "'content':'{timestamp}.{id}.{query:q}.{body}','timestamp':{'from':'header:T','unit':'s',"
                        + "'tolerance':'none'},'id':{'from':'header:I'},'event':{'from':'json:/e'},"
                        + "'tenant':{'from':'json:/t'},'when':{'header:W':'1'},'urlVariants':['without-port'],"
                        + "'emptyBody':false}"));
        assertEquals("Own sender", sender.title());
        assertEquals("Sender[own]", sender.toString());
        assertEquals(
                List.of("header:I"),
                sender.id().orElseThrow().from().stream().map(Source::toString).toList());
        assertEquals(
                Set.of("header:X", "header:T", "header:I", "json:/e", "json:/t", "header:W", "query:q"),
                sender.sources().map(Source::toString).collect(Collectors.toSet()));
    }

    @Test
    void everyStatusThatIsAllowed_isRead() {
        String reasons = "{'signature-mismatch':{'status':400},'body-empty':{'status':499},"
                + "'rate-limited':{'status':429},'store-unavailable':{'status':503}}";
        Sender sender = Senders.parse(
                "own", json(GOOD.replace("'encoding'", "'answers':{'reasons':" + reasons + "},'encoding'")));
        assertEquals(400, sender.answers().forReason(Reason.SIGNATURE_MISMATCH).status());
        assertEquals(499, sender.answers().forReason(Reason.BODY_EMPTY).status());
        assertEquals(429, sender.answers().forReason(Reason.RATE_LIMITED).status());
        assertEquals(503, sender.answers().forReason(Reason.STORE_UNAVAILABLE).status());
    }
}
