package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.ErrorFrame;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which frames of a capture are wanted.
 *
 * @param buses none for all
 * @param ids none for all; error frames have no identifier and pass only then
 * @param from null for no bound; included
 * @param to null for no bound; included
 */
public record FrameSelection(Set<String> buses, List<IdSelection> ids, @Nullable Moment from, @Nullable Moment to) {
    public FrameSelection {
        buses = Set.copyOf(buses);
        ids = List.copyOf(ids);
    }

    /** @param first time of the capture's first frame */
    public boolean wants(CapturedFrame frame, long first) {
        return (buses.isEmpty() || buses.contains(frame.bus()))
                && (from == null || frame.at() >= from.after(first))
                && (to == null || frame.at() <= to.after(first))
                && (ids.isEmpty() || identified(frame.content()));
    }

    private boolean identified(CapturedFrame.Content content) {
        return switch (content) {
            case CapturedFrame.Carried(CanFrame frame) -> {
                CanId id = frame.id();
                yield ids.stream().anyMatch(selection -> selection.matches(id));
            }
            case CapturedFrame.Noticed(ErrorFrame _) -> false;
        };
    }
}
