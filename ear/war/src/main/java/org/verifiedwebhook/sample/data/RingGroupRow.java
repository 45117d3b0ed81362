package org.verifiedwebhook.sample.data;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

@Entity
@Table(name = "sample_ring_group")
class RingGroupRow {

    @Id
    private long id;

    @Column(name = "organisation_id", nullable = false)
    private long organisationId;

    @Column(nullable = false)
    private String name;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "sample_ring_group_member", joinColumns = @JoinColumn(name = "ring_group_id"))
    @OrderColumn(name = "position")
    @Column(name = "target", nullable = false)
    private List<String> members = new ArrayList<>();

    /** For JPA. */
    protected RingGroupRow() {}

    RingGroupRow(long id, long organisationId, RingGroup group) {
        this.id = id;
        this.organisationId = organisationId;
        this.name = group.name();
        this.members.addAll(group.members());
    }

    RingGroup view() {
        return new RingGroup(name, members);
    }
}
