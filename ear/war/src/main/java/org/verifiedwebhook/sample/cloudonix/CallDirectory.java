package org.verifiedwebhook.sample.cloudonix;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the database knows of an organisation's numbers. An organisation sees its own rows only. */
interface CallDirectory {

    /** Whom a number or an extension dials. */
    Optional<String> dialTarget(String organisation, String number);

    /** The menu behind a number: by digit, what it is called and whom it dials, in the order to be spoken. */
    Map<String, MenuEntry> menu(String organisation, String number);

    /** The members of the ring group behind a number, in the order to be tried. */
    List<String> ringGroup(String organisation, String number);

    /**
     * One entry of a menu.
     *
     * @param name as it is spoken
     * @param target whom it dials
     */
    record MenuEntry(String name, String target) {}
}
