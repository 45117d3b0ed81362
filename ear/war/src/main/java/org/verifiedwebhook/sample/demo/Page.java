package org.verifiedwebhook.sample.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.verifiedwebhook.WebhookOutcome;
import org.verifiedwebhook.sample.event.ReceivedEvent;

/**
 * The page for people.
 *
 * @param path the application's path, with a slash at its end
 * @param examples requests to try
 * @param outcomes the last deliveries, the newest first
 * @param events the last typed events, the newest first
 */
record Page(String path, List<Example> examples, List<WebhookOutcome> outcomes, List<ReceivedEvent> events) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String[] OPEN = {"open", ""};
    private static final String[] CLOSED = {};

    /** The page as HTML. */
    String html() {
        Html html = new Html().open("html", "lang", "en");
        head(html);
        html.open("body");
        banner(html);
        html.open("main");
        tryOne(html);
        deliveries(html);
        events(html);
        endpoints(html);
        tenants(html);
        html.close();
        html.open("footer")
                .element("p", "Verified Webhook, sample application. This page is served under mvn -Prun only.")
                .close();
        return html.close().close().toString();
    }

    private void head(Html html) {
        html.open("head")
                .open("meta", "charset", "utf-8")
                .open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .open("meta", "name", "color-scheme", "content", "light dark")
                .open("link", "rel", "icon", "href", "data:,")
                .open("link", "rel", "stylesheet", "href", path + "page.css")
                .element("title", "Verified Webhook: sample")
                .close();
    }

    private void banner(Html html) {
        html.open("header")
                .element("h1", "Verified Webhook")
                .element(
                        "p",
                        "This server receives webhooks and believes only those it can verify."
                                + " Paste a command, then reload this page and see what became of it.",
                        "class",
                        "lead")
                .element(
                        "p",
                        "A demonstration: the tenants and secrets used here are public. In the WAR as you drop it into a"
                                + " server they do not exist, and neither does this page.",
                        "class",
                        "note")
                .open("nav", "aria-label", "On this page")
                .element("a", "Try it", "href", "#try")
                .element("a", "Last deliveries", "href", "#deliveries")
                .element("a", "Last events", "href", "#events")
                .element("a", "Endpoints", "href", "#endpoints")
                .element("a", "Demo tenants", "href", "#tenants")
                .close()
                .close();
    }

    private void tryOne(Html html) {
        section(html, "try", "Try it");
        html.element("p", "Every signature is real and was made as you loaded the page. One click selects a command.");
        for (Example example : examples) {
            html.open("details", example.equals(examples.get(0)) ? OPEN : CLOSED);
            html.open("summary")
                    .open("span")
                    .element("span", example.name(), "class", "name")
                    .text(" ")
                    .element("span", example.what(), "class", "quiet")
                    .close()
                    .element(
                            "span",
                            "answers " + example.status(),
                            "class",
                            "chip " + (example.status() < 400 ? "good" : "bad"))
                    .close();
            html.element("p", example.note());
            html.open("pre", "tabindex", "0", "aria-label", "Command: " + example.name())
                    .element("code", example.curl().toString())
                    .close()
                    .close();
        }
        html.close();
    }

    private void deliveries(Html html) {
        section(html, "deliveries", "Last deliveries");
        html.open("p")
                .text("Every request to an endpoint, accepted or not, the newest first; times are UTC. ")
                .element("a", "Reload", "href", path + "#deliveries")
                .close();
        if (outcomes.isEmpty()) {
            html.element("p", "Nothing came yet.", "class", "empty").close();
            return;
        }
        table(html, "Last deliveries", "Time", "Verdict", "Sender", "Delivery", "Request");
        for (WebhookOutcome outcome : outcomes) {
            html.open("tr");
            time(html, outcome.at());
            cell(html, "Verdict");
            verdict(html, outcome);
            html.close();
            cell(html, "Sender").outside(outcome.sender());
            outcome.tenant().ifPresent(tenant -> detail(html, "tenant", tenant));
            html.close();
            cell(html, "Delivery").outside(outcome.deliveryId().orElse("no id"));
            outcome.eventType().ifPresent(type -> detail(html, "event", type));
            html.close();
            cell(html, "Request").outside(outcome.method() + " " + outcome.path());
            detail(html, "from", outcome.address());
            detail(html, "took", outcome.took().toMillis() + " ms");
            html.close().close();
        }
        html.close().close().close();
    }

    private static void verdict(Html html, WebhookOutcome outcome) {
        String style =
                switch (outcome.kind()) {
                    case ACCEPTED -> "good";
                    case DUPLICATE, CHALLENGE -> "same";
                    case FAILED -> "fault";
                    case REJECTED -> "bad";
                };
        html.element("span", outcome.kind().name().toLowerCase(Locale.ROOT), "class", "chip " + style)
                .element("span", " " + outcome.status(), "class", "quiet");
        outcome.reason().ifPresent(reason -> detail(html, "reason", reason.key()));
        outcome.secretLabel().ifPresent(label -> detail(html, "secret", label));
    }

    private static void detail(Html html, String name, String value) {
        html.open("div", "class", "detail")
                .element("span", name + " ", "class", "quiet")
                .outside(value)
                .close();
    }

    private void events(Html html) {
        section(html, "events", "Last events");
        html.element("p", "What the resources got: typed, and only ever from a verified delivery.");
        if (events.isEmpty()) {
            html.element("p", "Nothing came yet.", "class", "empty").close();
            return;
        }
        table(html, "Last events", "Time", "Sender", "Event");
        for (ReceivedEvent event : events) {
            html.open("tr");
            time(html, event.at());
            cell(html, "Sender").outside(event.sender());
            event.tenant().ifPresent(tenant -> detail(html, "tenant", tenant));
            html.close();
            cell(html, "Event")
                    .open("code")
                    .outside(event.event().toString())
                    .close()
                    .close();
            html.close();
        }
        html.close().close().close();
    }

    private void endpoints(Html html) {
        section(html, "endpoints", "Endpoints");
        table(html, "Endpoints", "Endpoint", "Sender", "A request has to show");
        for (Endpoint endpoint : Endpoint.ALL) {
            html.open("tr");
            cell(html, "Endpoint")
                    .element("span", endpoint.methods() + " ", "class", "quiet")
                    .element("code", path + "hooks/" + endpoint.path())
                    .close();
            cell(html, "Sender").text(endpoint.sender()).close();
            cell(html, "A request has to show").text(endpoint.proof()).close();
            html.close();
        }
        html.close().close().close();
    }

    private void tenants(Html html) {
        section(html, "tenants", "Demo tenants");
        table(html, "Demo tenants", "Sender", "A request names", "What it is");
        for (DemoTenant tenant : DemoTenant.ALL) {
            html.open("tr");
            cell(html, "Sender").text(tenant.sender()).close();
            cell(html, "A request names").element("code", tenant.tenant()).close();
            cell(html, "What it is").text(tenant.note()).close();
            html.close();
        }
        html.close().close();
        html.element("p", "Chaindoc, Zorio, SignalWire and Cloudonix status have one secret and no tenants.")
                .close();
    }

    private static void section(Html html, String id, String title) {
        html.open("section", "id", id, "aria-labelledby", id + "-title").element("h2", title, "id", id + "-title");
    }

    /** Opens a table up to its body. */
    private static void table(Html html, String name, String... columns) {
        html.open("table", "aria-label", name).open("thead").open("tr");
        for (String column : columns) {
            html.element("th", column, "scope", "col");
        }
        html.close().close().open("tbody");
    }

    /** Opens a cell; narrow screens show its label instead of the table's head. */
    private static Html cell(Html html, String label) {
        return html.open("td", "data-label", label);
    }

    private static void time(Html html, Instant at) {
        cell(html, "Time")
                .element("time", TIME.format(at), "datetime", at.toString())
                .close();
    }
}
