package motette.people;

/**
 * Announced inside the transaction in which somebody is erased, before their data goes: whoever has to end something in their
 * name, as ideas that wait, does so now.
 *
 * @param withdraws also withdraw what is published and not decided yet
 * @param draft     the ticket of the draft on the device they leave from; empty where there is none
 */
public record Leaving(long personId, boolean withdraws, String draft) {}
