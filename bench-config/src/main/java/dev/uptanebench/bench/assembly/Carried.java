package dev.uptanebench.bench.assembly;

import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.util.List;
import java.util.Set;

/**
 * What an ECU's own bus or network has carried from it and to it.
 *
 * @param pieces frames of CAN, messages of Ethernet
 * @param first world time of the first of them
 * @param last world time of the last of them
 */
record Carried(long pieces, long first, long last) {

    static Carried of(History history, EcuConfig ecu) {
        return switch (ecu.diagnostics()) {
            case EcuConfig.OnCan can ->
                frames(history, ecu.bus(), Set.of(can.request().value(), can.response().value()));
            case EcuConfig.OnEthernet ethernet -> messages(history, ecu.bus(), ethernet.address());
        };
    }

    private static Carried frames(History history, String bus, Set<Integer> ids) {
        List<Event.BusTransfer> transfers = history.events(Event.BusTransfer.class)
                .filter(transfer -> transfer.bus().equals(bus) && ids.contains(transfer.id())).toList();
        return new Carried(transfers.stream().mapToLong(Event.BusTransfer::frames).sum(),
                transfers.stream().mapToLong(Event.BusTransfer::first).min().orElse(0),
                transfers.stream().mapToLong(Event.BusTransfer::last).max().orElse(0));
    }

    private static Carried messages(History history, String network, int address) {
        List<Long> times = history.entries().stream()
                .filter(entry -> entry.event() instanceof Event.EthernetMessage message && message.bus().equals(network)
                        && (message.source() == address || message.target() == address))
                .map(Entry::at).toList();
        return new Carried(times.size(), times.isEmpty() ? 0 : times.getFirst(),
                times.isEmpty() ? 0 : times.getLast());
    }
}
