package org.verifiedwebhook.sample.data;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.util.HashMap;
import java.util.Map;

@Entity
@Table(name = "sample_ivr_menu")
class IvrMenuRow {

    @Id
    @Column(name = "organisation_id")
    private long organisationId;

    @Column(nullable = false)
    private String prompt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "sample_ivr_option", joinColumns = @JoinColumn(name = "organisation_id"))
    @MapKeyColumn(name = "digits")
    @Column(name = "target", nullable = false)
    private Map<String, String> targets = new HashMap<>();

    /** For JPA. */
    protected IvrMenuRow() {}

    IvrMenuRow(long organisationId, IvrMenu menu) {
        this.organisationId = organisationId;
        this.prompt = menu.prompt();
        this.targets.putAll(menu.targets());
    }

    IvrMenu view() {
        return new IvrMenu(prompt, targets);
    }
}
