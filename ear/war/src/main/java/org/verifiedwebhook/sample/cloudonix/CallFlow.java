package org.verifiedwebhook.sample.cloudonix;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.verifiedwebhook.sample.cxml.Cxml;
import org.verifiedwebhook.sample.cxml.Verb;
import org.verifiedwebhook.sample.data.IvrMenu;
import org.verifiedwebhook.sample.data.Organisation;
import org.verifiedwebhook.sample.data.OrganisationDirectory;
import org.verifiedwebhook.sample.data.RingGroup;

/** Decides what a call does next. Knows one organisation: the one whose token came with the request. */
final class CallFlow {

    /** The group that rings if the callback names none. */
    static final String DEFAULT_GROUP = "support";

    /** As in the guide's example. */
    private static final int RING_SECONDS = 30;

    private static final int MENU_SECONDS = 5;

    private final OrganisationDirectory directory;
    private final long organisation;
    private final String voicePath;

    /** @param voicePath the path of the voice endpoints, to which Cloudonix comes back */
    CallFlow(OrganisationDirectory directory, long organisation, String voicePath) {
        this.directory = directory;
        this.organisation = organisation;
        this.voicePath = voicePath;
    }

    /** A call comes in. A number of the organisation that dials nobody has its menu, or rings its group. */
    Cxml route(String number) {
        Optional<Cxml> dialled = directory.dialTarget(organisation, number).map(CallFlow::dial);
        if (dialled.isPresent()) {
            return dialled.get();
        }
        boolean ours = directory
                .findByDid(number)
                .map(Organisation::id)
                .filter(id -> id == organisation)
                .isPresent();
        return (ours ? menuOrGroup() : Optional.<Cxml>empty())
                .orElseGet(() -> Cxml.sorry("Sorry, this number is not in service. Goodbye."));
    }

    /** A caller chose from the menu. */
    Cxml chosen(String keys) {
        Optional<IvrMenu> menu = directory.ivrMenu(organisation);
        if (menu.isEmpty()) {
            return Cxml.sorry("Sorry, there is no menu here. Goodbye.");
        }
        return menu.get()
                .target(keys)
                .map(CallFlow::dial)
                .orElseGet(() -> offer(menu.get(), keys.isEmpty() ? "" : "Sorry, that is not a choice. "));
    }

    /**
     * A member of a ring group did not answer, or the call with one ended.
     *
     * @param member the index of the member to try now
     */
    Cxml nextMember(String group, int member, boolean answered) {
        return answered
                ? Cxml.of(Verb.hangup())
                : ring(group, member).orElseGet(() -> Cxml.sorry("Sorry, nobody is available. Goodbye."));
    }

    private Optional<Cxml> menuOrGroup() {
        Optional<Cxml> menu = directory.ivrMenu(organisation).map(found -> offer(found, ""));
        return menu.isPresent() ? menu : ring(DEFAULT_GROUP, 0);
    }

    private Cxml offer(IvrMenu menu, String before) {
        return Cxml.of(
                Verb.gather(voicePath + "ivr-input", MENU_SECONDS, Verb.say(before + menu.prompt())),
                Verb.say("Goodbye."),
                Verb.hangup());
    }

    private Optional<Cxml> ring(String group, int member) {
        List<String> members =
                directory.ringGroup(organisation, group).map(RingGroup::members).orElse(List.of());
        if (member < 0 || member >= members.size()) {
            return Optional.empty();
        }
        String next = voicePath + "ring-group-callback?group=" + URLEncoder.encode(group, StandardCharsets.UTF_8)
                + "&member=" + (member + 1);
        return Optional.of(Cxml.of(Verb.dial(members.get(member), RING_SECONDS).with("action", next)));
    }

    private static Cxml dial(String target) {
        return Cxml.of(Verb.dial(target, RING_SECONDS));
    }
}
