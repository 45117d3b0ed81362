package org.verifiedwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verifiedwebhook.secret.Settings;

/** The URL the sender called: from configuration, from listed proxies, never from whoever else says so. */
class PublicUrlTest {

    private static final String PROXY = "10.0.0.9";

    private static PublicUrl url(String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put("webhook/" + settings[i], settings[i + 1]);
        }
        return PublicUrl.of(Settings.of(map), "signalwire");
    }

    private static PublicUrl.Seen seen(String host, String path, String query, String peer) {
        return new PublicUrl.Seen(
                "http", host, path, Optional.ofNullable(query), peer, List.of(), List.of(), List.of());
    }

    private static PublicUrl.Seen forwarded(String peer, List<String> proto, List<String> host, List<String> client) {
        return new PublicUrl.Seen("http", "inner:8080", "/x", Optional.of("q=1"), peer, proto, host, client);
    }

    @Test
    void nothingConfigured_isTheRequestsOwnUrl() {
        assertEquals(
                "http://inner:8080/a%2fb?n=%3Fx",
                url().of(seen("inner:8080", "/a%2fb", "n=%3Fx", PROXY)).url());
        assertEquals(
                "http://inner:80/", url().of(seen("inner:80", "/", null, PROXY)).url());
        assertEquals("http://inner/x?", url().of(seen("inner", "/x", "", PROXY)).url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"public-url", "signalwire/public-url"})
    void publicUrl_replacesWhatStandsBeforeThePath(String setting) {
        PublicUrl url = url(setting, "https://hooks.example.com/");
        assertEquals(
                "https://hooks.example.com/a%2fb?n=%3Fx",
                url.of(seen("evil", "/a%2fb", "n=%3Fx", PROXY)).url());
    }

    @Test
    void endpointUrl_replacesAllButTheQuery() {
        PublicUrl url = url("signalwire/endpoint-url", "https://hooks.example.com/sw", "public-url", "https://other");
        assertEquals(
                "https://hooks.example.com/sw?q=%31",
                url.of(seen("evil", "/x", "q=%31", PROXY)).url());
        assertEquals(
                "https://hooks.example.com/sw",
                url.of(seen("evil", "/x", null, PROXY)).url());
        assertEquals(
                "https://hooks.example.com/sw?",
                url.of(seen("evil", "/x", "", PROXY)).url());
    }

    @Test
    void endpointUrlWithQuery_standsForThatQueryOnly() {
        PublicUrl url = url("signalwire/endpoint-url", "https://hooks.example.com/sw?tenant=1");
        assertEquals(
                "https://hooks.example.com/sw?tenant=1",
                url.of(seen("h", "/x", "tenant=1", PROXY)).url());
        assertEquals(
                "https://hooks.example.com/sw?tenant=2",
                url.of(seen("h", "/x", "tenant=2", PROXY)).url(),
                "the application sees the query that was sent, so that one must be signed");
    }

    @Test
    void forwardedHeadersOfAnyPeer_areIgnored() {
        PublicUrl.Called called = url("trusted-proxies", "10.0.0.9")
                .of(forwarded("10.0.0.8", List.of("https"), List.of("evil"), List.of("1.2.3.4")));
        assertEquals(new PublicUrl.Called("http://inner:8080/x?q=1", "10.0.0.8", false), called);
        assertFalse(url().of(forwarded(PROXY, List.of("https"), List.of("evil"), List.of()))
                .secure());
    }

    @Test
    void forwardedHeadersOfAListedProxy_count() {
        PublicUrl.Called called = url("trusted-proxies", "10.0.0.0/8, 2001:db8::/32")
                .of(forwarded(PROXY, List.of("https"), List.of("hooks.example.com"), List.of("1.2.3.4")));
        assertEquals(new PublicUrl.Called("https://hooks.example.com/x?q=1", "1.2.3.4", true), called);
        assertTrue(url("trusted-proxies", "2001:db8::/32")
                .of(forwarded("2001:db8::7", List.of("HTTPS"), List.of(), List.of()))
                .secure());
    }

    @Test
    void listOfForwardedValues_countsTheNearestProxysOnly() {
        PublicUrl.Called called = url("trusted-proxies", "10.0.0.9 10.0.0.7")
                .of(forwarded(
                        PROXY,
                        List.of("http", "http, https"),
                        List.of("evil", "evil, hooks.example.com"),
                        List.of("6.6.6.6", "1.2.3.4, 10.0.0.7")));
        assertEquals(new PublicUrl.Called("https://hooks.example.com/x?q=1", "1.2.3.4", true), called);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "evil/x",
                "evil?x",
                "evil#x",
                "user@evil",
                "evil\r\nX: y",
                "evil\\x",
                "evil:999999",
                "[::1",
                "\u00e8",
                "%65vil"
            })
    void hostileForwardedHost_isIgnored(String host) {
        PublicUrl url = url("trusted-proxies", PROXY);
        assertEquals(
                "http://inner:8080/x?q=1",
                url.of(forwarded(PROXY, List.of(), List.of(host), List.of())).url());
    }

    /** A host that holds a path or a query would move the seam that path and query are read at. */
    @ParameterizedTest
    @ValueSource(strings = {"", "evil/x", "evil/hooks?x=", "evil?x", "evil#", "user@evil", "a b", "evil\\x"})
    void hostileHostOfTheRequest_getsNoSayInPathAndQuery(String host) {
        String called = url().of(seen(host, "/hooks/signalwire", "q=1", PROXY)).url();
        WebhookRequest request = WebhookRequest.of("POST", called).build();
        assertEquals("/hooks/signalwire", request.path());
        assertEquals("q=1", request.query());
        assertFalse(!host.isEmpty() && called.contains(host), called);
    }

    @Test
    void ipv6Host_isTaken() {
        assertEquals(
                "http://[2001:db8::1]:8080/x",
                url().of(seen("[2001:db8::1]:8080", "/x", null, PROXY)).url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "1.2.3.4:99", "evil", "", "1.2.3", "999.1.1.1", "_hidden"})
    void hostileForwardedFor_isNotTheAddress(String text) {
        assertEquals(
                PROXY,
                url("trusted-proxies", PROXY)
                        .of(forwarded(PROXY, List.of(), List.of(), List.of(text)))
                        .address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"999.1.1.1", "1.2.3.256", "localhost", "::g", "1::2::3", "10.0.0.9/33"})
    void whatIsNoAddress_isNoneWithoutALookUp(String text) {
        long start = System.nanoTime();
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
        assertTrue(System.nanoTime() - start < 50_000_000L);
    }

    @Test
    void mappedIpv4Peer_isTheSameProxy() {
        assertTrue(AddressRange.parse("10.0.0.0/8").contains("::ffff:10.0.0.9"));
        assertFalse(AddressRange.parse("10.0.0.0/8").contains("::ffff:11.0.0.9"));
        assertFalse(AddressRange.parse("10.0.0.0/8").contains("2001:db8::1"));
        assertFalse(AddressRange.parse("10.0.0.9").contains("evil"));
        assertTrue(AddressRange.parse("10.0.0.128/25").contains("10.0.0.200"));
        assertFalse(AddressRange.parse("10.0.0.128/25").contains("10.0.0.100"));
    }

    @ParameterizedTest
    @CsvSource({
        "public-url, canary.example.org",
        "public-url, ftp://canary.example.org",
        "public-url, https://user:pw@canary.example.org",
        "public-url, https://user@canary.example.org/x",
        "public-url, https://canary.example.org#x",
        "public-url, https://canary.example.org?x=1",
        "public-url, https://?canary",
        "public-url, https:///canary",
        "signalwire/endpoint-url, https://user:pw@canary.example.org/x",
        "signalwire/endpoint-url, https://user:pw@canary.example.org?x",
        "signalwire/endpoint-url, //canary.example.org",
        "trusted-proxies, proxy.example.com",
        "trusted-proxies, 10.0.0.0/99"
    })
    void wrongSetting_isRefusedByNameWithACureAndWithoutItsValue(String setting, String value) {
        String message = assertThrows(IllegalArgumentException.class, () -> url(setting, value))
                .getMessage();
        assertTrue(message.contains("webhook/") && message.contains(setting.replace("signalwire/", "")), message);
        assertEquals(setting.equals("public-url"), message.contains(" or webhook/public-url"), message);
        assertFalse(message.contains(value), message);
    }

    @Test
    void urlIsConfigured_ifAnySettingSaysIt() {
        assertFalse(url().configured());
        assertTrue(url("public-url", "https://hooks.example.com").configured());
        assertTrue(url("signalwire/endpoint-url", "https://hooks.example.com/x").configured());
        assertTrue(url("trusted-proxies", "10.0.0.0/24").configured());
    }
}
