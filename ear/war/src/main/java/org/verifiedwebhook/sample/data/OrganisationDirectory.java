package org.verifiedwebhook.sample.data;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.verifiedwebhook.jpa.DemoMode;

/**
 * Who answers which number. Numbers and names that come in may be anything: what no number can be is not looked up.
 * Organisations of the demo exist only while {@link DemoMode} is on.
 */
@ApplicationScoped
public class OrganisationDirectory {

    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z+*#._-]{1,32}");
    private static final Pattern DOMAIN = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._-]{1,100}");

    @PersistenceContext(unitName = "webhook")
    private EntityManager entities;

    private final BooleanSupplier demo;

    /** For CDI. */
    public OrganisationDirectory() {
        this(null, DemoMode::on);
    }

    OrganisationDirectory(EntityManager entities, BooleanSupplier demo) {
        this.entities = entities;
        this.demo = demo;
    }

    /** The organisation with that direct dial-in number. */
    public Optional<Organisation> findByDid(String number) {
        return find(
                        NUMBER,
                        "select o from DidRow d join d.organisation o"
                                + " where d.number = :value and d.active = true and o.active = true",
                        number)
                .stream()
                .findFirst();
    }

    /** All organisations with that extension, by id. */
    public List<Organisation> findByExtension(String number) {
        return find(
                NUMBER,
                "select o from ExtensionRow e join e.organisation o"
                        + " where e.number = :value and e.active = true and o.active = true order by o.id",
                number);
    }

    /** The organisation of that Cloudonix domain, spelled exactly so. */
    public Optional<Organisation> findByDomainUuid(String uuid) {
        return find(DOMAIN, "select o from OrganisationRow o where o.domainUuid = :value and o.active = true", uuid)
                .stream()
                .findFirst();
    }

    /** What to dial for a number of that organisation, in order. */
    public List<String> dialTargets(long organisationId, String to) {
        if (!NUMBER.matcher(to).matches()) {
            return List.of();
        }
        return entities.createQuery(
                        "select r.target from RouteRow r where r.organisationId = :organisation and r.number = :number"
                                + " order by r.position",
                        String.class)
                .setParameter("organisation", organisationId)
                .setParameter("number", to)
                .getResultList();
    }

    /** The first of {@link #dialTargets}. */
    public Optional<String> dialTarget(long organisationId, String to) {
        return dialTargets(organisationId, to).stream().findFirst();
    }

    /** The organisation's menu. */
    public Optional<IvrMenu> ivrMenu(long organisationId) {
        return Optional.ofNullable(entities.find(IvrMenuRow.class, organisationId))
                .map(IvrMenuRow::view);
    }

    /** What to dial for the digits pressed in the organisation's menu. */
    public Optional<String> ivrOption(long organisationId, String digits) {
        return ivrMenu(organisationId).flatMap(menu -> menu.target(digits));
    }

    /** The organisation's ring group of that name. */
    public Optional<RingGroup> ringGroup(long organisationId, String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return entities
                .createQuery(
                        "select g from RingGroupRow g where g.organisationId = :organisation and g.name = :name",
                        RingGroupRow.class)
                .setParameter("organisation", organisationId)
                .setParameter("name", name)
                .getResultList()
                .stream()
                .findFirst()
                .map(RingGroupRow::view);
    }

    private List<Organisation> find(Pattern form, String query, String value) {
        if (!form.matcher(value).matches()) {
            return List.of();
        }
        return entities.createQuery(query, OrganisationRow.class).setParameter("value", value).getResultList().stream()
                .filter(row -> demo.getAsBoolean() || !row.demo())
                .map(OrganisationRow::view)
                .toList();
    }
}
