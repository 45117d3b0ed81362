package org.verifiedwebhook.sample.data;

/**
 * An organisation that makes and takes calls.
 *
 * @param id its id
 * @param name its name for people
 * @param domainUuid its Cloudonix domain
 */
public record Organisation(long id, String name, String domainUuid) {

    /** Its tenant's name: the id as text. */
    public String tenant() {
        return Long.toString(id);
    }
}
