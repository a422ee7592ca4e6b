package dev.uptanebench.report.format;

import dev.uptanebench.vehicle.doip.ActivationCode;
import dev.uptanebench.vehicle.doip.LogicalAddress;
import dev.uptanebench.vehicle.history.Event;

/** What happens on Ethernet, in sentences. */
final class EthernetWords {

    private EthernetWords() {}

    static String message(Event.EthernetMessage message) {
        return LogicalAddress.written(message.source()) + " to " + LogicalAddress.written(message.target()) + ", "
                + Words.bytes(message.length());
    }

    static String tester(int address) {
        return "tester " + LogicalAddress.written(address);
    }

    static String activation(Event.RoutingActivation activation) {
        boolean activated = activation.code() == ActivationCode.ACTIVATED.code();
        return activation.ecu() + (activated
                ? " lets a tester in over Ethernet."
                : " turns a tester away: " + ActivationCode.told(activation.code()) + ".");
    }
}
