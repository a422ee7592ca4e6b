package dev.uptanebench.vehicle.doip;

/**
 * A tester that speaks to one entity.
 *
 * @param address its own logical address
 * @param entity logical address of the ECU
 * @param activation type that it asks for
 * @param longest most bytes of a payload it takes
 */
public record TesterConfig(int address, int entity, int activation, int longest, DoipTimes times) {
    private static final int LONGEST = 8192;

    /** @throws IllegalArgumentException if {@code address} is none of a tester */
    public TesterConfig {
        if (!LogicalAddress.isTester(address)) {
            throw new IllegalArgumentException("testers have addresses from 0x0e00 to 0x0fff");
        }
    }

    /** With the default activation, payloads of 8 KiB and the standard's times. */
    public static TesterConfig of(int address, int entity) {
        return new TesterConfig(address, entity, EntityConfig.DEFAULT_ACTIVATION, LONGEST, DoipTimes.standard());
    }
}
