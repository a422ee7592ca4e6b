package dev.uptanebench.vehicle.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryInventoryTest extends InventoryContract {
    private final MemoryInventory inventory = new MemoryInventory();

    @Override
    protected Inventory inventory() {
        return inventory;
    }

    @Test
    void aFloodOfRefusalsForgetsTheOldestRefusalsOnly() {
        inventory.decided(new Decision(Instant.EPOCH, "V", Decision.Kind.ORDERED, "s", "kept"));
        for (int i = 0; i < Inventory.MOST_REFUSALS + 2; i++) {
            inventory.decided(new Decision(Instant.EPOCH, "V", Decision.Kind.MANIFEST_REFUSED, "m" + i, ""));
        }

        List<Decision> left = inventory.decisions("V", Integer.MAX_VALUE);
        assertThat(left).hasSize(Inventory.MOST_REFUSALS + 1);
        assertThat(left.getFirst().why()).isEqualTo("kept");
        assertThat(left.get(1).subject()).isEqualTo("m2");
    }
}
