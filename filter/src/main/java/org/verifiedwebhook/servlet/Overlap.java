package org.verifiedwebhook.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out whether requests to one webhook filter may be requests to another one, too. In doubt they may be: what it is
 * asked for is not to pass by the other one.
 */
final class Overlap {

    private Overlap() {}

    /** Whether another webhook filter is mapped to some of the paths of this one, for another sender. */
    static boolean exists(FilterConfig filter, String sender) {
        Map<String, ? extends FilterRegistration> all =
                filter.getServletContext().getFilterRegistrations();
        FilterRegistration mine = all.get(filter.getFilterName());
        return all.entrySet().stream()
                .filter(e -> !e.getKey().equals(filter.getFilterName()))
                .map(Map.Entry::getValue)
                .filter(other -> WebhookFilter.class.getName().equals(other.getClassName()))
                // The second filter for one sender lets through what the first one admitted.
                .filter(other -> !sender.equals(other.getInitParameter(InitParams.SENDER)))
                .anyMatch(other -> mine == null || meet(mine, other));
    }

    /**
     * The name of another webhook filter for the same sender at other paths, over the same gate: one that comes before
     * this filter's, so that of two only one finds the other.
     */
    static Optional<String> elsewhereToo(FilterConfig filter, String sender) {
        Map<String, ? extends FilterRegistration> all =
                filter.getServletContext().getFilterRegistrations();
        FilterRegistration mine = all.get(filter.getFilterName());
        return all.entrySet().stream()
                .filter(e -> e.getKey().compareTo(filter.getFilterName()) < 0)
                .filter(e -> WebhookFilter.class.getName().equals(e.getValue().getClassName()))
                .filter(e -> sender.equals(e.getValue().getInitParameter(InitParams.SENDER)))
                .filter(e -> e.getValue().getInitParameters().keySet().stream().noneMatch(InitParams::holdsSecret))
                .filter(e -> mine != null && !meet(mine, e.getValue()))
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder());
    }

    private static boolean meet(FilterRegistration one, FilterRegistration other) {
        if (one.getServletNameMappings().isEmpty()
                && other.getServletNameMappings().isEmpty()) {
            return meet(one.getUrlPatternMappings(), other.getUrlPatternMappings());
        }
        return true;
    }

    private static boolean meet(Collection<String> patterns, Collection<String> others) {
        return patterns.stream()
                .map(Overlap::prefix)
                .anyMatch(p -> others.stream().map(Overlap::prefix).anyMatch(q -> p.startsWith(q) || q.startsWith(p)));
    }

    /** What every path begins with that a pattern matches. Containers let a slash and parameters follow an exact one. */
    private static String prefix(String pattern) {
        if (pattern.startsWith("*")) {
            return "/";
        }
        String path = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return path.endsWith("/") ? path : path + "/";
    }
}
