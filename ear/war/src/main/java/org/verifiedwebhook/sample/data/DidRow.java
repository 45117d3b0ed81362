package org.verifiedwebhook.sample.data;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** A direct dial-in number. */
@Entity
@Table(name = "sample_did")
class DidRow {

    @Id
    private String number;

    @ManyToOne(optional = false)
    @JoinColumn(name = "organisation_id")
    @SuppressWarnings("UnusedVariable") // Read by queries.
    private OrganisationRow organisation;

    @Column(nullable = false)
    private boolean active;

    /** For JPA. */
    protected DidRow() {}

    DidRow(String number, OrganisationRow organisation) {
        this.number = number;
        this.organisation = organisation;
        this.active = true;
    }
}
