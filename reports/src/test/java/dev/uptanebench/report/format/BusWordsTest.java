package dev.uptanebench.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusWordsTest {

    @Test
    void aBusTellsItsLoadSecondBySecond() {
        Event.BusLoad load = new Event.BusLoad("body", 4321, 1, 1_250_000_000, 875,
                List.of(new Event.LoadRun(3, List.of(0, 500, 1000)), new Event.LoadRun(3600, List.of(250))));

        assertThat(BusWords.load(load))
                .isEqualTo(
                        "The bus body carries 4321 frames and 1 error frame; in its busiest second it is 87.5 % busy.");
        assertThat(BusWords.seconds(load)).isEqualTo("""
                body: busy for 1.250 s in all
                from second 3: ▁▄█
                from second 3600: ▂""");
    }

    @Test
    void theStoryOfATrialShowsLoadErrorsAndStates() {
        Story story = new StoryTeller().tell(Histories.of(
                new Event.BusError("body", "123#00", List.of("door", "attacker"), "bit error", 28, 1),
                new Event.BusError("body", null, List.of(), "stuff error", 5, 2),
                new Event.ControllerChanged("body", "door", "error passive", 128, 0, 1),
                new Event.FrameLost("body", "gateway", "7E0#00", 4),
                new Event.BusLoad("body", 1, 0, 1000, 3, List.of())));

        assertThat(story.chapters()).singleElement().satisfies(chapter -> assertThat(chapter.moments())
                .extracting(Moment::sentence).containsExactly("Frames are destroyed on the bus body.",
                        "door is error passive on the bus body.",
                        "gateway could not pass on 4 frames to the bus body.",
                        "The bus body carries 1 frame; in its busiest second it is 0.3 % busy."));
        assertThat(story.chapters().getFirst().moments().getFirst().detail()).isEqualTo("""
                1. bit error at bit 28 of 123#00, sent by door and attacker
                2. stuff error at bit 5""");
    }
}
