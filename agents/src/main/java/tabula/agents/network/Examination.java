package tabula.agents.network;

/**
 * What a network makes of examples while it learns nothing.
 *
 * @param losses on average for an example
 * @param deadShare the share of the units with a rectifier that no example made active
 */
public record Examination(Losses losses, double deadShare) {}
