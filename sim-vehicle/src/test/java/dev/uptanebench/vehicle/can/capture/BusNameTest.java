package dev.uptanebench.vehicle.can.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusNameTest {

    @Test
    void aNameHasNothingThatNobodySeesOrThatATerminalObeys() {
        assertThat(BusName.of(" \u001b[31mcan0\u0007\u202e\u2028 ", "x")).isEqualTo("[31mcan0");
        assertThat(BusName.of("Fahrwerk, hinten", "x")).isEqualTo("Fahrwerk, hinten");
        assertThat(BusName.of("\u0085\u200b \u2003", "can7")).isEqualTo("can7");
    }

    @Test
    void aNameIsShortAndNoCharacterIsCutInTwo() {
        assertThat(BusName.of("\ud83d\ude97".repeat(100), "x")).isEqualTo("\ud83d\ude97".repeat(64));
        assertThat(BusName.of("a".repeat(63) + " " + "b".repeat(63), "x")).isEqualTo("a".repeat(63));
    }
}
