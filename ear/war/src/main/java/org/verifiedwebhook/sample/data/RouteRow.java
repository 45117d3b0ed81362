package org.verifiedwebhook.sample.data;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What to dial for a number, one row for each target in order. */
@Entity
@Table(name = "sample_route")
class RouteRow {

    @Id
    private long id;

    @Column(name = "organisation_id", nullable = false)
    private long organisationId;

    @Column(nullable = false)
    private String number;

    @Column(nullable = false)
    private int position;

    @Column(nullable = false)
    private String target;

    /** For JPA. */
    protected RouteRow() {}

    RouteRow(long id, long organisationId, String number, int position, String target) {
        this.id = id;
        this.organisationId = organisationId;
        this.number = number;
        this.position = position;
        this.target = target;
    }
}
