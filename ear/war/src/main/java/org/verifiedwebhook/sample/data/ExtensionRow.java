package org.verifiedwebhook.sample.data;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** An internal number; organisations may use the same one. */
@Entity
@Table(name = "sample_extension")
class ExtensionRow {

    @Id
    private long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "organisation_id")
    @SuppressWarnings("UnusedVariable") // Read by queries.
    private OrganisationRow organisation;

    @Column(nullable = false)
    private String number;

    @Column(nullable = false)
    private boolean active;

    /** For JPA. */
    protected ExtensionRow() {}

    ExtensionRow(long id, OrganisationRow organisation, String number) {
        this.id = id;
        this.organisation = organisation;
        this.number = number;
        this.active = true;
    }
}
