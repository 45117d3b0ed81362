package org.verifiedwebhook.sample.cloudonix;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.verifiedwebhook.sample.cloudonix.CallDirectory.MenuEntry;
import org.verifiedwebhook.sample.cxml.Cxml;
import org.verifiedwebhook.sample.cxml.Verb;

/** Decides what a call does next. Knows one organisation: the one whose token came with the request. */
final class CallFlow {

    /** As in the guide's example. */
    private static final int RING_SECONDS = 30;

    private static final int MENU_SECONDS = 5;

    private final CallDirectory directory;
    private final String organisation;
    private final String voicePath;

    /** @param voicePath the path of the voice endpoints, to which Cloudonix comes back */
    CallFlow(CallDirectory directory, String organisation, String voicePath) {
        this.directory = directory;
        this.organisation = organisation;
        this.voicePath = voicePath;
    }

    /** A call comes in: it is dialled through, or hears a menu, or rings a group. */
    Cxml route(String number) {
        Optional<String> target = directory.dialTarget(organisation, number);
        if (target.isPresent()) {
            return Cxml.of(Verb.dial(target.get(), RING_SECONDS));
        }
        Map<String, MenuEntry> menu = directory.menu(organisation, number);
        if (!menu.isEmpty()) {
            return menu(menu, "");
        }
        return ring(directory.ringGroup(organisation, number), 0)
                .orElseGet(() -> Cxml.sorry("Sorry, this number is not in service. Goodbye."));
    }

    /** A caller chose from a menu. */
    Cxml chosen(String number, String keys) {
        Map<String, MenuEntry> menu = directory.menu(organisation, number);
        if (menu.isEmpty()) {
            return Cxml.sorry("Sorry, this number has no menu. Goodbye.");
        }
        MenuEntry entry = menu.get(keys);
        return entry == null
                ? menu(menu, "Sorry, that is not a choice. ")
                : Cxml.of(Verb.dial(entry.target(), RING_SECONDS));
    }

    /**
     * A member of a ring group did not answer, or the call with one ended.
     *
     * @param member the index of the member to try now
     */
    Cxml nextMember(String number, int member, boolean answered) {
        if (answered) {
            return Cxml.of(Verb.hangup());
        }
        return ring(directory.ringGroup(organisation, number), member)
                .orElseGet(() -> Cxml.sorry("Sorry, nobody is available. Goodbye."));
    }

    private Cxml menu(Map<String, MenuEntry> menu, String before) {
        String choices = menu.entrySet().stream()
                .map(entry -> "For " + entry.getValue().name() + ", press " + entry.getKey() + ".")
                .collect(Collectors.joining(" ", before, ""));
        return Cxml.of(
                Verb.gather(voicePath + "ivr-input", MENU_SECONDS, Verb.say(choices)),
                Verb.say("Goodbye."),
                Verb.hangup());
    }

    private Optional<Cxml> ring(List<String> members, int member) {
        if (member < 0 || member >= members.size()) {
            return Optional.empty();
        }
        String next = voicePath + "ring-group-callback?member=" + (member + 1);
        return Optional.of(Cxml.of(Verb.dial(members.get(member), RING_SECONDS).with("action", next)));
    }
}
