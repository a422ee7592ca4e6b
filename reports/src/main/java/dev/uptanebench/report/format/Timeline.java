package dev.uptanebench.report.format;

import dev.uptanebench.report.format.Moment.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a story as lanes from left to right. Each moment has a step of its own, so that none hides another; long waits
 * become one wider step with a broken line and the time that passed.
 */
final class Timeline {
    private static final int STEP = 29;
    private static final int LEAP = 64;
    private static final long LEAP_NANOS = 60_000_000_000L;
    private static final int TOP = 30;
    private static final int LANE = 44;
    private static final int BOTTOM = 26;
    private static final int LABEL = 66;

    private final Story story;
    private final String prefix;
    private final List<Lane> lanes;
    private final List<Integer> places = new ArrayList<>();
    private final int width;

    /** @param prefix of the ids of the moments' sentences: {@code prefix + number} */
    Timeline(Story story, String prefix) {
        this.story = story;
        this.prefix = prefix;
        this.lanes = story.lanes();
        this.width = place();
    }

    /** Returns how wide the drawing becomes. */
    private int place() {
        int x = 8;
        Moment before = null;
        for (Story.Chapter chapter : story.chapters()) {
            x += 10;
            for (Moment moment : chapter.moments()) {
                boolean leap = before != null && moment.at() - before.at() >= LEAP_NANOS;
                x += leap ? LEAP : STEP;
                places.add(x);
                before = moment;
            }
            x += 10;
        }
        return x + STEP;
    }

    void draw(Markup html) {
        html.open("div", "class", "timeline");
        html.open("div", "class", "lanes", "aria-hidden", "true");
        for (Lane lane : lanes) {
            html.open("div", "class", "lane " + lane.place().name().toLowerCase(Locale.ROOT));
            html.leaf("b", lane.name()).leaf("small", lane.caption()).close();
        }
        html.close().open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "Timeline");
        int height = TOP + lanes.size() * LANE + BOTTOM;
        html.open("svg", "width", "" + width, "height", "" + height, "viewBox", "0 0 " + width + " " + height, "role",
                "img", "aria-label", "What happened, told in words below");
        chapters(html);
        for (int i = 0; i < lanes.size(); i++) {
            html.open("path", "class", "rail", "d", "M0 " + y(i) + "H" + width).close();
        }
        moments(html);
        html.close().close().close();
    }

    private void chapters(Markup html) {
        int first = 0;
        for (Story.Chapter chapter : story.chapters()) {
            int last = first + chapter.moments().size() - 1;
            int x = places.get(first) - STEP / 2 - 5;
            int length = places.get(last) - places.get(first) + STEP + 10;
            String style = chapter.beat().equals("attack") ? "band hot" : "band";
            html.open("rect", "class", style, "x", "" + x, "y", "2", "width", "" + length, "height",
                    "" + (TOP + lanes.size() * LANE - 4), "rx", "6").close();
            html.leaf("text", title(chapter.beat(), length), "class", "beat", "x", "" + (x + 8), "y", "19");
            first = last + 1;
        }
    }

    /** The words if there is room for them, otherwise the bare name. */
    private static String title(String beat, int length) {
        String words = Words.beat(beat);
        String shorter = words.length() * 7 < length ? words : beat;
        return shorter.length() * 7 < length ? shorter : "";
    }

    private void moments(Markup html) {
        List<Moment> moments = story.moments();
        int labelEnd = -LABEL;
        String lastTime = "";
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            int x = places.get(i);
            String time = "+" + Words.span(moment.at());
            boolean leap = i > 0 && moment.at() - moments.get(i - 1).at() >= LEAP_NANOS;
            if (leap) {
                leap(html, (x + places.get(i - 1)) / 2, moment.at() - moments.get(i - 1).at());
                labelEnd = (x + places.get(i - 1)) / 2 + LABEL / 2;
            } else if (x - LABEL / 2 > labelEnd && !time.equals(lastTime)) {
                html.leaf("text", time, "class", "tick", "x", "" + x, "y", "" + (bottom() + 17));
                labelEnd = x + LABEL / 2;
                lastTime = time;
            }
            moment(html, moment, x, i + 1);
        }
    }

    private void leap(Markup html, int x, long nanos) {
        html.open("path", "class", "leap", "d",
                "M" + x + " " + TOP + "l4 6l-8 12l4 6".repeat(lanes.size() * LANE / 24))
                .close();
        html.leaf("text", Words.span(nanos) + " later", "class", "tick", "x", "" + x, "y", "" + (bottom() + 17));
    }

    private void moment(Markup html, Moment moment, int x, int number) {
        int y = y(lanes.indexOf(moment.from()));
        html.open("a", "href", "#" + prefix + number, "class", style(moment.tone()));
        html.leaf("title", moment.sentence());
        if (moment.to() != null && !moment.to().equals(moment.from())) {
            int end = y(lanes.indexOf(moment.to()));
            int tip = end > y ? -1 : 1;
            html.open("path", "class", "reach", "d",
                    "M" + x + " " + y + "V" + end + "m-4 " + 6 * tip + "l4 " + -6 * tip + "l4 "
                            + 6 * tip)
                    .close();
        }
        html.open("use", "href", "#mark-" + style(moment.tone()), "x", "" + x, "y", "" + y).close();
        html.leaf("text", "" + number, "x", "" + x, "y", "" + (y + 4)).close();
    }

    /** The shapes that drawings refer to, once for the whole page. */
    static void shapes(Markup html) {
        html.raw("<svg width=\"0\" height=\"0\" aria-hidden=\"true\" class=\"shapes\"><defs>");
        for (Moment.Tone tone : Moment.Tone.values()) {
            html.open("path", "id", "mark-" + style(tone), "d", shape(tone)).close();
        }
        html.raw("</defs></svg>");
    }

    static String style(Moment.Tone tone) {
        return tone.name().toLowerCase(Locale.ROOT);
    }

    private static String shape(Moment.Tone tone) {
        return switch (tone) {
            case PLAIN -> "M-10 0a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z";
            case ROUTINE -> "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z";
            case ATTACK -> "M0 -14l14 14l-14 14l-14 -14z";
            case DEFENCE -> "M-11 -8l11 -4l11 4v8c0 7 -5 10 -11 13c-6 -3 -11 -6 -11 -13z";
            case HARM -> "M-5 -13h10l8 8v10l-8 8h-10l-8 -8v-10z";
        };
    }

    private int bottom() {
        return TOP + lanes.size() * LANE;
    }

    private static int y(int lane) {
        return TOP + lane * LANE + LANE / 2;
    }
}
