package motette.allocation.rules;

import java.math.BigDecimal;

/**
 * Something that can be funded.
 *
 * @param id   as the file or the platform names it; always text, "007" is not "7"
 * @param cost zero or more, exact, in the currency of the election
 * @param name title for people; empty where none is known
 */
public record Project(String id, BigDecimal cost, String name) {

    public Project {
        if (cost.signum() < 0) {
            throw new IllegalArgumentException("The cost of project " + id + " is " + cost + ", below zero");
        }
    }
}
