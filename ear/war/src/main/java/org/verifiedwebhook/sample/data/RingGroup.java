package org.verifiedwebhook.sample.data;

import java.util.List;

/**
 * People who are rung one after the other.
 *
 * @param name its name within the organisation
 * @param members what to dial, in order
 */
public record RingGroup(String name, List<String> members) {
    public RingGroup {
        members = List.copyOf(members);
    }
}
