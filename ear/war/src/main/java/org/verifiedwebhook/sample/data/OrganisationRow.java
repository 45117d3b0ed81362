package org.verifiedwebhook.sample.data;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "sample_organisation")
class OrganisationRow {

    @Id
    private long id;

    @Column(nullable = false)
    private String name;

    @Column(name = "domain_uuid", nullable = false)
    private String domainUuid;

    @Column(nullable = false)
    private boolean active;

    @Column(nullable = false, updatable = false)
    private boolean demo;

    /** For JPA. */
    protected OrganisationRow() {}

    OrganisationRow(Organisation organisation, boolean demo) {
        this.id = organisation.id();
        this.name = organisation.name();
        this.domainUuid = organisation.domainUuid();
        this.active = true;
        this.demo = demo;
    }

    boolean demo() {
        return demo;
    }

    Organisation view() {
        return new Organisation(id, name, domainUuid);
    }
}
