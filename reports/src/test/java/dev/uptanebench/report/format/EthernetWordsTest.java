package dev.uptanebench.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import org.junit.jupiter.api.Test;

class EthernetWordsTest {

    @Test
    void theStoryOfATrialShowsWhoIsLetInAndWhatIsCarriedAndTouched() {
        Story story = new StoryTeller().tell(Histories.of(
                new Event.RoutingActivation("adas", "CAM-1", 0x0E80, 0x10),
                new Event.RoutingActivation("adas", "CAM-1", 0x0E80, 0x03),
                new Event.EthernetMessage("adas", 0x0E80, 0x1001, 3, "00"),
                new Event.EthernetMessage("adas", 0x1001, 0x0E80, 4, "00"),
                new Event.MessageTouched("adas", "diagnostic message from 0x0e80 to 0x1001, 3 bytes", "replaced")));

        assertThat(story.chapters()).singleElement().satisfies(chapter -> assertThat(chapter.moments())
                .extracting(Moment::sentence).containsExactly("CAM-1 lets a tester in over Ethernet.",
                        "CAM-1 turns a tester away: source active elsewhere.",
                        "The network adas carries 2 diagnostic messages, 7 bytes.",
                        "1 message on the network adas is replaced."));
    }
}
