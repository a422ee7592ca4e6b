package dev.uptanebench.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.report.format.Moment.Tone;
import dev.uptanebench.vehicle.history.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.report.store.Runs;
import dev.uptanebench.vehicle.history.Recorder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryTest {

    @Test
    void aTrialIsToldInItsBeats() {
        assertThat(Story.of(Histories.freeze(true)).chapters()).extracting(Story.Chapter::beat)
                .containsExactly("baseline", "attack", "recovery");
    }

    @Test
    void filesAreToldTogether() {
        assertThat(Story.of(Histories.freeze(true)).moments()).extracting(Moment::sentence)
                .contains("TCU-0001 receives 4 files (2.7 KiB) from the Director.",
                        "The bus powertrain carries 12 messages, 12.0 KiB.");
    }

    @Test
    void whoeverSendsAFileIsNamed() {
        Event[] received = Stream.of("director/a", "image/b", "supplier/targets/c", "time")
                .map(file -> new Event.Received("TCU-0001", "http", file, "e".repeat(64), 10, 0, true))
                .toArray(Event[]::new);

        assertThat(Story.of(Histories.of(received)).moments()).extracting(Moment::sentence).containsExactlyInAnyOrder(
                "TCU-0001 receives director/a (10 bytes) from the Director.",
                "TCU-0001 receives image/b (10 bytes) from the Image repository.",
                "TCU-0001 receives supplier/targets/c (10 bytes) from the supplier repository.",
                "TCU-0001 receives time (10 bytes) from the time source.");
        assertThat(Story.of(Histories.of(new Event.Received("TCU-0001", "memory", "map", "e".repeat(64), 10, 0, true)))
                .moments()).singleElement().extracting(Moment::sentence)
                .isEqualTo("TCU-0001 finds another map in its memory than before.");
    }

    @Test
    void aRefusalSaysWhatItLooksLike() {
        assertThat(Story.of(Histories.freeze(true)).moments()).filteredOn(m -> m.tone() == Tone.DEFENCE)
                .extracting(Moment::sentence)
                .contains("TCU-0001 refuses director timestamp: this looks like freeze.",
                        "The vehicle reports an attack to the Director: freeze.");
    }

    @Test
    void anImageThatIsSupersededOrUnknownIsHarm() {
        assertThat(Story.of(Histories.freeze(false)).moments()).filteredOn(m -> m.tone() == Tone.HARM)
                .extracting(Moment::sentence)
                .contains("BRAKE-0001 now holds brake-v2.hex, although newer software has been released.");
        assertThat(Story.of(Histories.of(new Event.Installed("X", "e".repeat(64), 1, 0))).moments()).singleElement()
                .extracting(Moment::sentence)
                .isEqualTo("X now holds an unknown image (eeeeeeee…), which was never released for it.");
    }

    @Test
    void aLongHistoryIsCutToWhatMatters() {
        Event[] events = IntStream.range(0, 500)
                .<Event>mapToObj(i -> i % 2 == 0
                        ? new Event.CycleStarted("A")
                        : new Event.TimeAccepted("A", Instant.EPOCH))
                .toArray(Event[]::new);

        Story story = Story.of(Histories.of(events));

        assertThat(story.moments()).hasSize(40).allMatch(moment -> moment.tone() == Tone.PLAIN);
        assertThat(story.omitted()).isEqualTo(460);
    }

    @Test
    void theAttackIsTheLastToBeCut() {
        List<Event> events = new ArrayList<>();
        for (String beat : List.of("baseline", "attack", "recovery")) {
            events.add(new Event.BeatStarted(beat, List.of()));
            for (int i = 0; i < 25; i++) {
                events.add(new Event.TimeAccepted("A", Instant.EPOCH.plusSeconds(i)));
                events.add(new Event.CycleStarted("A"));
            }
        }

        Story story = Story.of(Histories.of(events.toArray(Event[]::new)));

        assertThat(story.moments()).hasSize(40);
        assertThat(story.chapters()).extracting(Story.Chapter::beat).containsExactly("baseline", "attack", "recovery");
        assertThat(story.chapters()).filteredOn(chapter -> !chapter.beat().equals("attack"))
                .allMatch(chapter -> chapter.moments().size() == 8)
                .allMatch(chapter -> chapter.moments().stream().noneMatch(m -> m.tone() == Tone.ROUTINE));
        assertThat(story.chapters().get(1).moments().getLast().tone()).isEqualTo(Tone.PLAIN);
    }

    @Test
    void whatIsWrongIsToldHoweverLongTheAttackIs() {
        List<Event> events = new ArrayList<>(List.of(new Event.BeatStarted("attack", List.of())));
        for (int i = 0; i < 100; i++) {
            events.add(i == 50 ? new Event.Installed("A", "e".repeat(64), 1, 0) : new Event.CycleStarted("A"));
        }

        assertThat(Story.of(Histories.of(events.toArray(Event[]::new))).moments()).hasSize(40)
                .filteredOn(moment -> moment.tone() == Tone.HARM).hasSize(1);
    }

    @Test
    void aChapterOfNothingButRoutineMayBeLeftOutWhole() {
        Recorder recorder = new Recorder(() -> 0);
        recorder.record(new Event.Released("factory.bin", 1, "f", 0, List.of("A"), List.of("h")));
        recorder.record(new Event.Booted("A", "f"));
        recorder.record(new Event.BeatStarted("baseline", List.of()));
        for (int i = 0; i < 60; i++) {
            recorder.record(new Event.Installed("A", "image" + i, 1, 0));
        }

        Story story = Story.of(recorder.history());

        assertThat(story.chapters()).extracting(Story.Chapter::beat).containsExactly("baseline");
        assertThat(HtmlReport.render(Runs.report(Runs.trial("UPT-FRZ-001", "brake", Verdict.DEFENDED, "it held")),
                new Stories(any -> Optional.of(recorder.history())), Map.of())).contains("image59");
    }
}
