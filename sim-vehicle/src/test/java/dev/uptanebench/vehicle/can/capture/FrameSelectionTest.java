package dev.uptanebench.vehicle.can.capture;

import static dev.uptanebench.vehicle.can.capture.Captures.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSelectionTest {

    @ParameterizedTest
    @CsvSource({"123, 123, true", "123, 124, false", "123, 00000123, false", "100-1FF, 1FF, true",
            "100-1FF, 200, false", "120:7F0, 12F, true", "12F:7F0, 120, true", "120:7F0, 130, false",
            "18DA00F1, 18DA00F1, true", "18DA00F1:1FFF00FF, 18DA55F1, true", "18DA00F1:1FFF00FF, 18DB55F1, false"})
    void identifiersAreSelectedAsWritten(String selection, String id, boolean wanted) {
        assertThat(IdSelection.parse(selection).matches(CanId.parse(id))).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "1234", "12G", "800", "FFFFFFFF", "123:", "123:GG", "200-100", "123-00000124",
            "+12", "123-"})
    void whatIsNoIdentifierIsRefused(String selection) {
        assertThatThrownBy(() -> IdSelection.parse(selection)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e3", "yesterday", "2026-01-05", "2026-13-05T00:00:00Z", "T"})
    void whatIsNoTimeIsRefused(String moment) {
        assertThatThrownBy(() -> Moment.parse(moment)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timesCountFromTheFirstFrameOrFrom1970AndBoundsBelongToIt() {
        CapturedFrame third = frame(3_000_000_000L, "can0", Direction.RECEIVED, "123#");
        FrameSelection relative = new FrameSelection(Set.of(), List.of(), Moment.parse("2"), Moment.parse("2.0"));
        FrameSelection dated = new FrameSelection(Set.of(), List.of(), Moment.parse("1970-01-01T00:00:03.000000001Z"),
                null);

        assertThat(relative.wants(third, 1_000_000_000L)).isTrue();
        assertThat(relative.wants(third, 0)).isFalse();
        assertThat(dated.wants(third, 0)).isFalse();
    }

    @Test
    void errorFramesHaveNoIdentifier() {
        CapturedFrame error = Captures.error(0, "can0", ErrorFrame.UNSPECIFIED);

        assertThat(new FrameSelection(Set.of("can0"), List.of(), null, null).wants(error, 0)).isTrue();
        assertThat(new FrameSelection(Set.of(), List.of(IdSelection.parse("080")), null, null).wants(error, 0))
                .isFalse();
    }
}
