package dev.uptanebench.vehicle.can.dbc;

import dev.uptanebench.vehicle.can.CanId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a DBC file says.
 *
 * @param nodes in the file's order
 * @param messages by identifier, in the file's order
 */
public record Dbc(List<String> nodes, Map<CanId, DbcMessage> messages) {

    public Dbc {
        nodes = List.copyOf(nodes);
        messages = Collections.unmodifiableMap(new LinkedHashMap<>(messages));
    }
}
